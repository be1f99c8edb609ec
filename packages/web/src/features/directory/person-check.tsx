import { Button, TextInput } from '@mantine/core';
import type { DirectoryCheck } from '@vigie/contracts/directory';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useCheckPerson } from './queries.ts';
import { Rights } from './rights.tsx';

/** What would happen if one person signed in, by the table in force. */
export function PersonCheck() {
  const { t } = useTranslation('directory');
  const check = useCheckPerson();
  const [username, setUsername] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (username.trim() !== '') check.mutate(username.trim());
  };
  return (
    <section className="card directory-part" aria-label={t('checkTitle')}>
      <h2>{t('checkTitle')}</h2>
      <form className="directory-check" onSubmit={submit}>
        <TextInput
          label={t('username')}
          autoCapitalize="none"
          spellCheck={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={check.isPending}>
          {t('check')}
        </Button>
      </form>
      {check.error && <Failed error={check.error} />}
      {check.data && <Found check={check.data} />}
    </section>
  );
}

function Found({ check }: { check: DirectoryCheck }) {
  const { t } = useTranslation('directory');
  const { username, name, dn, groups, rights, refusal } = check;
  return (
    <div role="status" className="directory-found">
      <p>
        <strong>{name ?? username}</strong> : <Rights rights={rights} refusal={refusal} />
      </p>
      {dn !== null && <p className="quiet small directory-group">{dn}</p>}
      {groups.length > 0 && <p className="small">{t('groupsOf', { groups: groups.join(', ') })}</p>}
    </div>
  );
}
