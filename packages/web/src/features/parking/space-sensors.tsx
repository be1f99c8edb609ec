import { useQuery } from '@tanstack/react-query';
import type { SpaceSensor } from '@vigie/contracts/parking-statistics';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { useApi } from '../../platform/react.tsx';
import { sensorsQuery, useParkingNow } from './queries.ts';

/** Whether the sensors of a space can be believed, for whoever acts on what they say. */
export function SpaceSensors({ spaceId }: { spaceId: string }) {
  const { t } = useTranslation('parking');
  const sensors = useQuery(sensorsQuery(useApi(), spaceId)).data;
  if (!sensors) return null;
  return (
    <ul className="stay-sensors" aria-label={t('sensors')}>
      {sensors.map((sensor) => (
        <SensorLine key={sensor.bollardId} sensor={sensor} />
      ))}
      {sensors.length === 0 && <li className="quiet">{t('noBollard')}</li>}
    </ul>
  );
}

function SensorLine({ sensor }: { sensor: SpaceSensor }) {
  const { t } = useTranslation(['parking', 'statistics']);
  const nowMs = useParkingNow();
  return (
    <li>
      <strong>{t('sensor', { id: sensor.bollardId })}</strong>
      <span className={`state ${sensor.health === 'ok' ? '' : 'state-fault'}`}>
        {t(`statistics:health.${sensor.health}`)}
      </span>
      <span className="quiet small">
        {sensor.batteryPercent !== null &&
          `${t('battery', { percent: Math.round(sensor.batteryPercent) })} · `}
        {sensor.lastSeenAt && (
          <Around text={t('lastSeen', { when: '\0' })}>
            <Moment at={sensor.lastSeenAt} nowMs={nowMs} />
          </Around>
        )}
      </span>
    </li>
  );
}
