import { Button } from '@mantine/core';
import type { ApiToken } from '@vigie/contracts/api-tokens';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Empty, Failed } from '../../face/notice.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { Limits } from './limits.tsx';
import { useRevokeToken } from './queries.ts';

/** Programs with a token: what they may do, when they last came, and a way to end it. */
export function TokenTable({ tokens }: { tokens: readonly ApiToken[] }) {
  const { t } = useTranslation('people');
  const revoke = useRevokeToken();
  if (tokens.length === 0) return <Empty text={t('noTokens')} />;
  return (
    <>
      {revoke.error && <Failed error={revoke.error} />}
      <ScrollTable label={t('tokens')}>
        <thead>
          <tr>
            <th scope="col">{t('tokenName')}</th>
            <th scope="col">{t('rights')}</th>
            <th scope="col">{t('limits')}</th>
            <th scope="col">{t('lastUsed')}</th>
            <th scope="col">{t('expires')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('revoke')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => revoke.mutate(token.id)} />
          ))}
        </tbody>
      </ScrollTable>
    </>
  );
}

function TokenRow({ token, onRevoke }: { token: ApiToken; onRevoke: () => void }) {
  const { t } = useTranslation('people');
  const { name, permissions, scope, lastUsedAt, expiresAt } = token;
  return (
    <tr>
      <td>{name}</td>
      <td>{permissions.map((right) => t(`right.${right}`)).join(', ')}</td>
      <td>
        <Limits scope={scope} />
      </td>
      <td>{lastUsedAt ? <Moment at={lastUsedAt} nowMs={Date.now()} /> : t('never')}</td>
      <td>
        <Moment at={expiresAt} nowMs={Date.now()} />
      </td>
      <td>
        <Button size="xs" variant="default" onClick={onRevoke}>
          {t('revoke')}
        </Button>
      </td>
    </tr>
  );
}
