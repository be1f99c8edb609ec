import { Button, Checkbox, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  type Account,
  type AccountReset,
  canBeLimited,
  everywhere,
  PersonRole,
} from '@vigie/contracts/accounts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { ShownOnce } from '../../face/shown-once.tsx';
import { useApi } from '../../platform/react.tsx';
import { providerQuery } from '../accounts/index.ts';
import { stateOf } from './invitation.ts';
import { useChangeAccount, useInvite, useInviteByProvider, useReset } from './queries.ts';
import { ScopeFields } from './scope-fields.tsx';

const begun = { name: '', role: 'viewer' as PersonRole, scope: everywhere, isDisabled: false };
type Draft = Pick<Account, 'name' | 'role' | 'scope' | 'isDisabled'>;

/** A new person: with a password of Vigie, or one whom the provider lets in. */
export function InviteForm() {
  const { t } = useTranslation('people');
  const offer = useQuery(providerQuery(useApi())).data;
  const [way, setWay] = useState('provider');
  if (!offer?.name) return <InviteWithPassword />;
  const ways = [
    { value: 'provider', label: offer.name },
    { value: 'password', label: t('wayPassword') },
  ];
  return (
    <div className="people-form">
      <SegmentedControl aria-label={t('way')} data={ways} value={way} onChange={setWay} fullWidth />
      {way === 'provider' ? <InviteByProvider name={offer.name} /> : <InviteWithPassword />}
    </div>
  );
}

/** The drawn password is shown this once. */
function InviteWithPassword() {
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

/** Whoever comes by the provider with the address, verified, takes the account. */
function InviteByProvider({ name: provider }: { name: string }) {
  const { t } = useTranslation('people');
  const invite = useInviteByProvider();
  const [email, setEmail] = useState('');
  const [draft, setDraft] = useState<Draft>(begun);
  if (invite.data) return <Invitation account={invite.data} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, role, scope } = limited(draft);
    invite.mutate({ email: email.trim(), name, role, scope });
  };
  return (
    <form className="people-form" onSubmit={submit}>
      <TextInput
        label={t('email', { provider })}
        type="email"
        required
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <DraftFields draft={draft} onChange={setDraft} />
      {invite.error && <Failed error={invite.error} />}
      <Button type="submit" loading={invite.isPending}>
        {t('inviteByProvider')}
      </Button>
    </form>
  );
}

/** How somebody comes by the provider, or until when he may begin to. */
function Invitation({ account: { provider } }: { account: Pick<Account, 'provider'> }) {
  const { t } = useTranslation('people');
  const state = stateOf(provider);
  if (!provider || !state) return null;
  const { email, invitedUntil } = provider;
  return (
    <p role="status" className="quiet">
      <Around text={t(`invitation.${state}`, { email, until: '\0' })}>
        <Moment at={invitedUntil} nowMs={Date.now()} />
      </Around>
    </p>
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
      <Invitation account={account} />
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
      <Reset account={account} reset={reset} />
    </form>
  );
}

/** A new password, or what else lets in again who is shut out. */
function Reset({ account, reset }: { account: Account; reset: ReturnType<typeof useReset> }) {
  const { t } = useTranslation('people');
  const [lostSecondFactor, setLost] = useState(false);
  const mayBeLost = !account.provider && (account.hasSecondFactor || account.hasPasskey);
  return (
    <>
      <p className="quiet small">{t(resetHintOf(account))}</p>
      {mayBeLost && (
        <Checkbox
          label={t('lostFactor')}
          description={t('lostFactorHint')}
          checked={lostSecondFactor}
          onChange={(event) => setLost(event.currentTarget.checked)}
        />
      )}
      <Button
        variant="default"
        loading={reset.isPending}
        onClick={() => reset.mutate({ lostSecondFactor })}
      >
        {t('reset')}
      </Button>
    </>
  );
}

function resetHintOf({ directory, provider }: Account) {
  if (provider) return 'resetHintProvider';
  return directory ? 'resetHintDirectory' : 'resetHint';
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

function Drawn({ made }: { made: AccountReset }) {
  const { t } = useTranslation('people');
  const { username, password } = made;
  if (made.provider) return <Invitation account={made} />;
  if (password === null) return <p role="status">{t('resetDone', { username })}</p>;
  return <ShownOnce text={t('passwordOnce', { username })} secret={password} />;
}
