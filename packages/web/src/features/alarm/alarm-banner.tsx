import IconArrowRight from '@tabler/icons-react/icons/IconArrowRight';
import { Link } from '@tanstack/react-router';
import type { Incident } from '@vigie/contracts/evacuation';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../platform/react.tsx';
import { stopwatchText } from '../../platform/time.ts';
import { KindShape } from './kind-shape.tsx';
import { useActiveIncidents } from './queries.ts';
import './alarm.css';

/** Every incident that goes on, across every page. Said aloud once, when it begins. */
export function AlarmBanner() {
  const { incidents } = useActiveIncidents();
  return (
    <div role="alert">
      {incidents.map((incident) => (
        <BannerLine key={incident.id} incident={incident} />
      ))}
    </div>
  );
}

function BannerLine({ incident }: { incident: Incident }) {
  const { t } = useTranslation('alarm');
  const nowMs = useNow();
  return (
    <Link
      to="/incidents/$incidentId"
      params={{ incidentId: incident.id }}
      className={`alarm-banner alarm-${incident.kind}`}
      data-testid="alarm-banner"
    >
      <KindShape kind={incident.kind} size={26} />
      <span className="alarm-banner-text">
        <strong>{t(`banner.${incident.kind}`)}</strong>
        <span>{incident.buildingName}</span>
      </span>
      <span className="alarm-banner-clock" aria-hidden>
        {stopwatchText(nowMs - Date.parse(incident.startedAt))}
      </span>
      <span className="alarm-banner-open">
        {t('openBoard')} <IconArrowRight size={20} aria-hidden />
      </span>
    </Link>
  );
}
