import { Modal } from '@mantine/core';
import type { Incident } from '@vigie/contracts/evacuation';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonForm } from '../../face/reason-form.tsx';
import { useMay } from '../accounts/index.ts';
import { useEndIncident } from './queries.ts';

/** Ends an incident, with a reason that stays. */
export function EndIncident({ incident }: { incident: Incident }) {
  const { t } = useTranslation(['alarm', 'face']);
  const may = useMay()('alarm.end');
  const [isAsking, setAsking] = useState(false);
  if (!may || incident.endedAt) return null;
  return (
    <>
      <button type="button" className="board-leave" onClick={() => setAsking(true)}>
        {t('end')}
      </button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('endTitle')}
        centered
      >
        <EndForm incidentId={incident.id} />
      </Modal>
    </>
  );
}

function EndForm({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('alarm');
  const end = useEndIncident(incidentId);
  return (
    <ReasonForm
      label={t('endReason')}
      description={t('endWhy')}
      missing={t('endMissing')}
      confirm={t('end')}
      error={end.error}
      isPending={end.isPending}
      onReason={(reason) => end.mutate({ reason })}
    />
  );
}
