import { Link } from '@tanstack/react-router';
import type { DrillDue } from '@vigie/contracts/report';
import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../platform/react.tsx';
import './drills.css';

/** When each building needs its next drill. */
export function DueList({ due }: { due: DrillDue[] }) {
  const { t } = useTranslation('drills');
  return (
    <section className="section">
      <h2>{t('nextDrills')}</h2>
      <p className="quiet small">{t('sixMonths')}</p>
      <ul className="drills">
        {due.map((drill) => (
          <li key={drill.buildingId} className="card">
            <strong>{drill.buildingName}</strong>
            <DueText drill={drill} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** By when the next drill is due, or since when. */
export function DueText({ drill: { dueAt, isOverdue } }: { drill: DrillDue }) {
  const { t } = useTranslation('drills');
  const { language, timeZone } = useTimeStyle();
  if (dueAt === null) return <strong className="state-fault">{t('noDrill')}</strong>;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(
    Date.parse(dueAt),
  );
  return isOverdue ? (
    <strong className="state-fault">{t('overdue', { date })}</strong>
  ) : (
    <span>{t('due', { date })}</span>
  );
}

/** The way to the plans of drills. `to`: what one would do there. */
export function DrillsLink({ to }: { to: 'plan' | 'change' }) {
  const { t } = useTranslation('drills');
  return (
    <Link to="/drills" className="small">
      {t(to)}
    </Link>
  );
}
