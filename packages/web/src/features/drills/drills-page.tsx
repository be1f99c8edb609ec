import { Button, Modal } from '@mantine/core';
import IconCalendarEvent from '@tabler/icons-react/icons/IconCalendarEvent';
import { useQuery } from '@tanstack/react-query';
import type { PlannedDrill } from '@vigie/contracts/drills';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { DrillForm } from './drill-form.tsx';
import { PlanText, StartDrill } from './drill-lines.tsx';
import { DueList } from './due-list.tsx';
import { drillsQuery, useDrills } from './queries.ts';
import './drills.css';

/** Which building needs a drill by when, and the plans of those to come. */
export function DrillsPage() {
  const { t } = useTranslation(['drills', 'face']);
  const may = useMay()('drills.plan');
  const drills = useQuery(drillsQuery(useApi()));
  /** What the form is open for; `null`: closed. */
  const [open, setOpen] = useState<PlannedDrill | 'new' | null>(null);
  const close = () => setOpen(null);
  return (
    <Page
      title={t('title')}
      back={{ to: '/register', text: t('register') }}
      actions={may && <Button onClick={() => setOpen('new')}>{t('plan')}</Button>}
    >
      <Answer query={drills} waiting={<Waiting rows={3} height={72} />}>
        {({ due, planned }) => (
          <>
            <Planned planned={planned} onChange={may ? setOpen : undefined} />
            <DueList due={due} />
          </>
        )}
      </Answer>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={open !== null}
        onClose={close}
        title={t(open === 'new' ? 'plan' : 'change')}
        centered
      >
        <DrillForm drill={open === 'new' || open === null ? undefined : open} onDone={close} />
      </Modal>
    </Page>
  );
}

interface PlannedProps {
  planned: PlannedDrill[];
  /** `undefined`: this person may not plan. */
  onChange: ((drill: PlannedDrill) => void) | undefined;
}

function Planned({ planned, onChange }: PlannedProps) {
  const { t } = useTranslation('drills');
  if (planned.length === 0)
    return <Empty icon={<IconCalendarEvent size={22} aria-hidden />} text={t('none')} />;
  return (
    <ul className="drill-lines card" aria-label={t('planned')}>
      {planned.map((drill) => (
        <li key={drill.id} data-testid={`drill-${drill.buildingId}`} data-state={drill.state}>
          <span>
            <strong>{drill.buildingName}</strong> · <PlanText drill={drill} />
            {drill.note && <span className="drill-note">{drill.note}</span>}
            <span className="quiet small drill-note">{t('by', { who: drill.plannedBy })}</span>
          </span>
          <span className="drill-buttons">
            {drill.state === 'due' && <StartDrill drill={drill} />}
            {onChange && <ChangeButtons drill={drill} onChange={onChange} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Cancelling asks once more. */
function ChangeButtons({
  drill,
  onChange,
}: {
  drill: PlannedDrill;
  onChange: (drill: PlannedDrill) => void;
}) {
  const { t } = useTranslation('drills');
  const [isAsked, setAsked] = useState(false);
  const { cancel } = useDrills();
  if (!isAsked)
    return (
      <>
        <Button variant="default" onClick={() => onChange(drill)}>
          {t('change')}
        </Button>
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('cancel')}
        </Button>
      </>
    );
  return (
    <>
      <Button loading={cancel.isPending} onClick={() => cancel.mutate(drill)}>
        {t('cancelSure')}
      </Button>
      <Button variant="default" onClick={() => setAsked(false)}>
        {t('keep')}
      </Button>
      {cancel.error && <Failed error={cancel.error} />}
    </>
  );
}
