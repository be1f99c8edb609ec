import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Drills, PlannedDrill } from '@vigie/contracts/drills';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi, useNow, useTimeStyle } from '../../platform/react.tsx';
import { dayAndTime } from '../../platform/time.ts';
import { useMay } from '../accounts/index.ts';
import { DrillsLink, DueText } from './due-list.tsx';
import { drillNeeds } from './needs.ts';
import { drillsQuery, useDrills } from './queries.ts';
import './drills.css';

/** What is to be done about drills, one per line: begin one whose hour has come, plan a missing one. */
export function DrillLines({ drills: { due, planned } }: { drills: Drills }) {
  const mayPlan = useMay()('drills.plan');
  if (due.length + planned.length === 0) return null;
  return (
    <ul className="drill-lines card" data-testid="drill-needs">
      {planned.map((drill) => (
        <li key={drill.id}>
          <span>
            <strong>{drill.buildingName}</strong> · <PlanText drill={drill} />
          </span>
          {drill.state === 'due' ? (
            <StartDrill drill={drill} />
          ) : (
            mayPlan && <DrillsLink to="change" />
          )}
        </li>
      ))}
      {due.map((drill) => (
        <li key={drill.buildingId}>
          <span>
            <strong>{drill.buildingName}</strong> · <DueText drill={drill} />
          </span>
          {mayPlan && <DrillsLink to="plan" />}
        </li>
      ))}
    </ul>
  );
}

/** What is to be done about drills, for those who may do it. */
export function DrillNotice() {
  const may = useMay();
  const nowMs = useNow();
  const { data } = useQuery(drillsQuery(useApi()));
  if (!data || !may('alarm.sound')) return null;
  const { due, planned } = drillNeeds(data, nowMs);
  return <DrillLines drills={{ due: may('drills.plan') ? due : [], planned }} />;
}

/** The hour of a plan, and where it stands. */
export function PlanText({ drill: { at, state, startsItself } }: { drill: PlannedDrill }) {
  const { t } = useTranslation('drills');
  const when = dayAndTime(Date.parse(at), useTimeStyle());
  if (state === 'missed')
    return <strong className="state-fault">{t('state.missed', { when })}</strong>;
  return (
    <span>
      {t(`state.${state}`, { when })} · {t(startsItself ? 'byItself' : 'byHand')}
    </span>
  );
}

/** One press begins it and opens the board. */
export function StartDrill({ drill }: { drill: PlannedDrill }) {
  const { t } = useTranslation('drills');
  const may = useMay()('alarm.sound');
  const navigate = useNavigate();
  const { start } = useDrills();
  if (!may) return null;
  return (
    <span className="drill-start">
      <Button
        loading={start.isPending}
        onClick={() =>
          start.mutate(drill, {
            onSuccess: ({ id }) =>
              void navigate({ to: '/incidents/$incidentId', params: { incidentId: id } }),
          })
        }
      >
        {t('start')}
      </Button>
      {start.error && <Failed error={start.error} />}
    </span>
  );
}
