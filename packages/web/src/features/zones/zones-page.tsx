import IconMapPins from '@tabler/icons-react/icons/IconMapPins';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SpaceView, Zone } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { spacesQuery, zonesQuery } from '../parking/index.ts';
import { useRuleWords } from './rule-words.tsx';
import './zones.css';

/** All zones, each with its rules in a line. */
export function ZonesPage() {
  const { t } = useTranslation(['zones', 'parking']);
  const zones = useQuery(zonesQuery(useApi()));
  const spaces = useQuery(spacesQuery(useApi())).data;
  return (
    <Page title={t('title')} back={{ to: '/parking', text: t('parking:title') }}>
      <Answer query={zones} waiting={<Waiting rows={3} height={110} />}>
        {(all) =>
          all.length === 0 ? (
            <Empty
              icon={<IconMapPins size={22} aria-hidden />}
              text={t('noZone')}
              hint={t('parking:noneHint')}
            />
          ) : (
            <ul className="zones">
              {all.map((zone) => (
                <ZoneRow key={zone.id} zone={zone} spaces={spaces} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Page>
  );
}

function ZoneRow({ zone, spaces }: { zone: Zone; spaces: SpaceView[] | undefined }) {
  const { t } = useTranslation('zones');
  const words = useRuleWords();
  return (
    <li>
      <Link to="/zones/$zoneId" params={{ zoneId: zone.id }} className="card zone-row">
        <strong className="zone-row-name">{zone.name}</strong>
        <span>
          {words(zone, 'allowedDays')} · {words(zone, 'dayRule')}
        </span>
        <span className="quiet small">
          {t('toldInOrder')} {words(zone, 'recipients')}
        </span>
        <ZoneCount spaces={spaces?.filter(({ zoneId }) => zoneId === zone.id)} />
      </Link>
    </li>
  );
}

/** How many spaces the zone has and how many cars stand there; nothing while that is on its way. */
export function ZoneCount({ spaces }: { spaces: SpaceView[] | undefined }) {
  const { t } = useTranslation('zones');
  if (!spaces) return null;
  const parked = spaces.filter(({ display }) => display.day !== null).length;
  return (
    <span className="quiet small">
      {t('spaces', { count: spaces.length })}, {t('cars', { count: parked })}
    </span>
  );
}
