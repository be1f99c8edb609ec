import { Button, Textarea } from '@mantine/core';
import type { IncidentReport } from '@vigie/contracts/report';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeOfDay } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { useMay } from '../accounts/index.ts';
import { useObserve } from './queries.ts';

/** What people saw, in their words, and the place for more. */
export function Observations({ report }: { report: IncidentReport }) {
  const { t } = useTranslation('incidents');
  const may = useMay()('incidents.note');
  return (
    <>
      {report.observations.length === 0 && <p className="quiet">{t('noObservations')}</p>}
      <ul className="observations">
        {report.observations.map(({ at, by, text }) => (
          <li key={`${at} ${by}`} className="card">
            <span className="quiet small">
              <TimeOfDay at={at} /> · {by}
            </span>
            <span className="observation-text">{text}</span>
          </li>
        ))}
      </ul>
      {may && <NewObservation incidentId={report.incident.id} />}
    </>
  );
}

function NewObservation({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('incidents');
  const observe = useObserve(incidentId);
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!text.trim()) return;
    const sent = { text: text.trim() };
    observe.mutate(sent, {
      onSuccess: () => {
        setText('');
        setTried(false);
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Textarea
        label={t('observe')}
        description={t('observeHint')}
        maxLength={2000}
        autosize
        minRows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={tried && !text.trim() && t('observeMissing')}
      />
      {observe.error && <Failed error={observe.error} />}
      <Button mt="sm" type="submit" loading={observe.isPending}>
        {t('observeSend')}
      </Button>
    </form>
  );
}
