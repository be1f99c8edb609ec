import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { PersonErasure, PersonExport, PersonFound } from '@vigie/contracts/persons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { ReasonForm } from '../../face/reason-form.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useApi } from '../../platform/react.tsx';
import { saveFile } from '../../platform/save-file.ts';
import { useMay } from '../accounts/index.ts';

/** What is held about one person: found, handed over, erased. */
export function Person() {
  const { t } = useTranslation('privacy');
  const api = useApi();
  const [who, setWho] = useState('');
  const search = useMutation({
    mutationFn: (asked: string) => api.post('/persons/search', { who: asked }, PersonFound),
  });
  return (
    <section className="section">
      <h2>{t('person')}</h2>
      <form
        className="privacy-line"
        onSubmit={(event) => {
          event.preventDefault();
          search.mutate(who.trim());
        }}
      >
        <TextInput
          label={t('who')}
          value={who}
          maxLength={200}
          onChange={({ currentTarget }) => setWho(currentTarget.value)}
        />
        <Button type="submit" loading={search.isPending} disabled={who.trim().length < 2}>
          {t('search')}
        </Button>
      </form>
      <div role="status">
        {search.error && <Failed error={search.error} />}
        {search.data && <Found key={search.variables} who={search.variables} found={search.data} />}
      </div>
    </section>
  );
}

function Found({ who, found: { account, parts } }: { who: string; found: PersonFound }) {
  const { t } = useTranslation('privacy');
  const mayErase = useMay()('accounts.write');
  if (parts.length === 0) return <p>{t('nothing')}</p>;
  return (
    <>
      <p>{account ? t('account', account) : t('noAccount')}</p>
      <ScrollTable label={t('person')}>
        <thead>
          <tr>
            <th scope="col">{t('kind')}</th>
            <th scope="col" className="number">
              {t('rows')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ kind, rows }) => (
            <tr key={kind}>
              <td>{t(`kind.${kind}`)}</td>
              <td className="number">{rows}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <ExportPerson who={who} />
      {mayErase && <ErasePerson who={who} />}
    </>
  );
}

function ExportPerson({ who }: { who: string }) {
  const { t } = useTranslation('privacy');
  const api = useApi();
  const take = useMutation({
    mutationFn: () => api.post('/persons/export', { who }, PersonExport),
    onSuccess: (answer) =>
      saveFile('personne.json', JSON.stringify(answer, null, 2), 'application/json'),
  });
  return (
    <>
      {take.error && <Failed error={take.error} />}
      <Button mt="md" variant="default" loading={take.isPending} onClick={() => take.mutate()}>
        {t('export')}
      </Button>
    </>
  );
}

function ErasePerson({ who }: { who: string }) {
  const { t } = useTranslation('privacy');
  const api = useApi();
  const [isAsked, setAsked] = useState(false);
  const erase = useMutation({
    mutationFn: (reason: string) => api.post('/persons/erasure', { who, reason }, PersonErasure),
  });
  if (erase.data) {
    const { pseudonym, left } = erase.data;
    const kinds = left.map((kind) => t(`kind.${kind}`)).join(', ');
    return (
      <p>
        {t('erased', { pseudonym })} {left.length > 0 && t('left', { kinds })}
      </p>
    );
  }
  if (!isAsked)
    return (
      <Button mt="md" ml="sm" variant="default" onClick={() => setAsked(true)}>
        {t('erase')}
      </Button>
    );
  return (
    <div className="card privacy-erase">
      <ReasonForm
        label={t('eraseReason')}
        description={t('eraseHint')}
        missing={t('eraseMissing')}
        confirm={t('eraseConfirm')}
        fewest={10}
        error={erase.error}
        isPending={erase.isPending}
        onReason={(reason) => erase.mutate(reason)}
      />
    </div>
  );
}
