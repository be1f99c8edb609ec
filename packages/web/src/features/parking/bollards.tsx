import { useQuery } from '@tanstack/react-query';
import type { Bollard } from '@vigie/contracts/devices';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { bollardsQuery, useParkingNow } from './queries.ts';

/** The devices of a space; how they are, for those who look after them. */
export function Bollards({ ids }: { ids: string[] }) {
  const { t } = useTranslation('parking');
  const may = useMay()('devices.read');
  const bollards = useQuery({ ...bollardsQuery(useApi()), enabled: may });
  return (
    <section className="section">
      <h2>{t('bollards')}</h2>
      {ids.length === 0 ? (
        <p className="quiet">{t('noBollard')}</p>
      ) : (
        <ul className="bollards">
          {ids.map((id) => (
            <li key={id}>
              <strong>{id}</strong>
              <BollardHealth bollard={bollards.data?.find((one) => one.id === id)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function BollardHealth({ bollard }: { bollard: Bollard | undefined }) {
  const { t } = useTranslation('parking');
  const nowMs = useParkingNow();
  if (!bollard) return null;
  return (
    <span className="quiet small">
      {t(bollard.online ? 'online' : 'offline')}
      {bollard.batteryPercent !== null &&
        ` · ${t('battery', { percent: Math.round(bollard.batteryPercent) })}`}
      {bollard.lastSeenAt && (
        <>
          {' · '}
          <Around text={t('lastSeen', { when: '\0' })}>
            <Moment at={bollard.lastSeenAt} nowMs={nowMs} />
          </Around>
        </>
      )}
    </span>
  );
}
