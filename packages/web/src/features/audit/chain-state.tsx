import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { AuditVerification } from '@vigie/contracts/audit';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { exactTime } from '../../platform/time.ts';

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);

/** Whether the log is as it was written, as far as it was checked on this page. */
export function ChainState() {
  const { t } = useTranslation('audit');
  const api = useApi();
  const [head, setHead] = useState('');
  const given = head.trim().toLowerCase();
  const check = useMutation({
    mutationFn: () =>
      api.post('/audit/verification', given ? { head: given } : {}, AuditVerification),
  });
  return (
    <section className="card audit-chain">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          check.mutate();
        }}
      >
        <TextInput
          label={t('headGiven')}
          description={t('headHint')}
          value={head}
          onChange={({ currentTarget }) => setHead(currentTarget.value)}
          spellCheck={false}
        />
        <Button type="submit" loading={check.isPending} disabled={given !== '' && !isHash(given)}>
          {t('check')}
        </Button>
      </form>
      <div role="status">
        {check.isError && <p className="state-fault">{check.error.message}</p>}
        {check.data ? <Result result={check.data} /> : <p className="quiet">{t('unchecked')}</p>}
      </div>
    </section>
  );
}

function Result({ result: { at, rows, head, faults } }: { result: AuditVerification }) {
  const { t } = useTranslation('audit');
  const style = useTimeStyle();
  const { seq } = head;
  if (faults.length === 0)
    return (
      <>
        <p>{t('whole', { count: rows, seq, at: exactTime(Date.parse(at), style) })}</p>
        <p className="small">
          <span className="quiet">{t('head', { seq })}</span>{' '}
          <code className="audit-hash">{head.hash}</code>
        </p>
      </>
    );
  return (
    <>
      <p className="state-fault">
        <strong>{t('broken')}</strong>
      </p>
      <ul>
        {faults.map(({ seq: at, kind, text }) => (
          <li key={`${at} ${kind}`}>{text}</li>
        ))}
      </ul>
    </>
  );
}
