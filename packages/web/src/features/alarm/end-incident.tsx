import { Button, Modal, Textarea } from '@mantine/core';
import type { Incident } from '@vigie/contracts/evacuation';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
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
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim()) end.mutate({ reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Textarea
        label={t('endReason')}
        description={t('endWhy')}
        data-autofocus
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && !reason.trim() && t('endMissing')}
      />
      {end.error && <Failed error={end.error} />}
      <Button mt="md" type="submit" loading={end.isPending}>
        {t('end')}
      </Button>
    </form>
  );
}
