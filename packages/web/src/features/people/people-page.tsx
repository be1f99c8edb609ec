import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Account } from '@vigie/contracts/accounts';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useApi } from '../../platform/react.tsx';
import { AccountForm, InviteForm } from './account-form.tsx';
import { stateOf } from './invitation.ts';
import { Limits } from './limits.tsx';
import { accountsQuery, tokensQuery } from './queries.ts';
import { TokenForm } from './token-form.tsx';
import { TokenTable } from './token-table.tsx';
import './people.css';

/** What the dialog is about. */
type Open = { about: 'invite' } | { about: 'token' } | { about: 'account'; account: Account };

/** Everybody with an account, and the programs with a token. */
export function PeoplePage() {
  const { t } = useTranslation('people');
  const api = useApi();
  const accounts = useQuery(accountsQuery(api));
  const tokens = useQuery(tokensQuery(api));
  const [open, setOpen] = useState<Open>();
  return (
    <Page
      title={t('title')}
      actions={
        <div className="people-acts">
          <Link to="/accounts/directory" className="page-action">
            {t('directory')}
          </Link>
          <Button onClick={() => setOpen({ about: 'invite' })}>{t('inviteTitle')}</Button>
        </div>
      }
    >
      <Answer query={accounts} waiting={<Waiting rows={4} height={48} />}>
        {(all) => (
          <AccountTable
            accounts={all}
            onOpen={(account) => setOpen({ about: 'account', account })}
          />
        )}
      </Answer>
      <div className="page-head people-tokens">
        <h2>{t('tokens')}</h2>
        <Button variant="default" onClick={() => setOpen({ about: 'token' })}>
          {t('tokenTitle')}
        </Button>
      </div>
      <Answer query={tokens} waiting={<Waiting rows={2} height={48} />}>
        {(all) => <TokenTable tokens={all} />}
      </Answer>
      <Dialog open={open} onClose={() => setOpen(undefined)} />
    </Page>
  );
}

function Dialog({ open, onClose }: { open: Open | undefined; onClose: () => void }) {
  const { t } = useTranslation(['people', 'face']);
  const titles = {
    invite: t('inviteTitle'),
    token: t('tokenTitle'),
    account: open?.about === 'account' ? open.account.name : '',
  };
  const bodies: Record<Open['about'], ReactNode> = {
    invite: <InviteForm />,
    token: <TokenForm />,
    account: open?.about === 'account' && <AccountForm account={open.account} onDone={onClose} />,
  };
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('face:close') }}
      opened={open !== undefined}
      onClose={onClose}
      title={open && titles[open.about]}
      centered
    >
      {open && bodies[open.about]}
    </Modal>
  );
}

interface AccountTableProps {
  accounts: readonly Account[];
  onOpen: (account: Account) => void;
}

function AccountTable({ accounts, onOpen }: AccountTableProps) {
  const { t } = useTranslation(['people', 'accounts']);
  return (
    <ScrollTable label={t('title')}>
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('role')}</th>
          <th scope="col">{t('limits')}</th>
          <th scope="col">{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} onOpen={() => onOpen(account)} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

function AccountRow({ account, onOpen }: { account: Account; onOpen: () => void }) {
  const { t } = useTranslation(['people', 'accounts', 'directory']);
  const refusal = account.directory?.refusal;
  const invitation = stateOf(account.provider);
  const states = [
    invitation && t(`state.${invitation}`),
    account.directory !== null && t('directory:fromDirectory'),
    refusal !== null && refusal !== undefined && t(`directory:refusal.${refusal}`),
    account.isDisabled && t('isDisabled'),
    account.mustChangePassword && t('mustChangePassword'),
    account.hasSecondFactor && t('hasSecondFactor'),
    account.hasPasskey && t('hasPasskey'),
  ].filter((state) => state !== false && state !== undefined);
  return (
    <tr>
      <td>
        <button type="button" className="people-name" onClick={onOpen}>
          {account.name}
        </button>
        <span className="quiet small">{account.username}</span>
      </td>
      <td>{t(`accounts:role.${account.role}`)}</td>
      <td>
        <Limits scope={account.scope} />
      </td>
      <td>{states.join(', ') || '–'}</td>
    </tr>
  );
}
