import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import {
  type Account,
  type AccountReset,
  canBeLimited,
  everywhere,
  PersonRole,
} from '@vigie/contracts/accounts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useChangeAccount, useInvite, useReset } from './queries.ts';
import { ScopeFields } from './scope-fields.tsx';
import { ShownOnce } from './shown-once.tsx';

const begun = { name: '', role: 'viewer' as PersonRole, scope: everywhere, isDisabled: false };
type Draft = Pick<Account, 'name' | 'role' | 'scope' | 'isDisabled'>;

/** A new person; the drawn password is shown this once. */
export function InviteForm() {
  const { t } = useTranslation('people');
  const invite = useInvite();
  const [username, setUsername] = useState('');
  const [draft, setDraft] = useState<Draft>(begun);
  if (invite.data) return <Drawn made={invite.data} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, role, scope } = limited(draft);
    invite.mutate({ username: username.trim(), name, role, scope });
  };
  return (
    <form className="people-form" onSubmit={submit}>
      <TextInput
        label={t('username')}
        required
        autoCapitalize="none"
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <DraftFields draft={draft} onChange={setDraft} />
      {invite.error && <Failed error={invite.error} />}
      <Button type="submit" loading={invite.isPending}>
        {t('invite')}
      </Button>
    </form>
  );
}

/** One person: role, limits, disabled; and a way back in for who lost the password. */
export function AccountForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const { t } = useTranslation('people');
  const { name, role, scope, isDisabled } = account;
  const [draft, setDraft] = useState<Draft>({ name, role, scope, isDisabled });
  const change = useChangeAccount(account.id);
  const reset = useReset(account.id);
  if (reset.data) return <Drawn made={reset.data} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(limited(draft), { onSuccess: onDone });
  };
  const failure = change.error ?? reset.error;
  return (
    <form className="people-form" onSubmit={submit}>
      {account.directory ? (
        <p className="quiet">{t('fromDirectoryHint')}</p>
      ) : (
        <DraftFields draft={draft} onChange={setDraft} />
      )}
      <Checkbox
        label={t('disabled')}
        description={t('disabledHint')}
        checked={draft.isDisabled}
        onChange={(event) => setDraft({ ...draft, isDisabled: event.currentTarget.checked })}
      />
      {failure && <Failed error={failure} />}
      <Button type="submit" loading={change.isPending}>
        {t('save')}
      </Button>
      <p className="quiet small">{t(account.directory ? 'resetHintDirectory' : 'resetHint')}</p>
      <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate(undefined)}>
        {t('reset')}
      </Button>
    </form>
  );
}

/** A role with rights over the whole town has no limits. */
const limited = (draft: Draft): Draft =>
  canBeLimited(draft.role) ? draft : { ...draft, scope: everywhere };

function DraftFields({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { t } = useTranslation(['people', 'accounts']);
  const { name, role, scope } = draft;
  return (
    <>
      <TextInput
        label={t('name')}
        required
        value={name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('role')}
        value={role}
        onChange={(event) =>
          onChange({ ...draft, role: PersonRole.parse(event.currentTarget.value) })
        }
        data={PersonRole.options.map((value) => ({ value, label: t(`accounts:role.${value}`) }))}
      />
      {canBeLimited(role) ? (
        <ScopeFields value={scope} onChange={(next) => onChange({ ...draft, scope: next })} />
      ) : (
        <p className="quiet small">{t('wholeTown')}</p>
      )}
    </>
  );
}

function Drawn({ made: { username, password } }: { made: AccountReset }) {
  const { t } = useTranslation('people');
  if (password === null) return <p role="status">{t('resetDone', { username })}</p>;
  return <ShownOnce text={t('passwordOnce', { username })} secret={password} />;
}
