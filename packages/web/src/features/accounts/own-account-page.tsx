import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OwnSession } from '@vigie/contracts/own-account';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Answer, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useApi } from '../../platform/react.tsx';
import { browserNameOf } from './browser-name.ts';
import { sessionsQuery, useEndSession } from './own-account.ts';
import { OwnPasskeys } from './own-passkeys.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondFactor } from './second-factor.tsx';
import { useMe } from './session.ts';
import './account.css';

/** One's own account: password, second factor, where one is signed in. */
export function OwnAccountPage() {
  const { t } = useTranslation('accounts');
  const { name, username, role, isFromDirectory, isFromProvider } = useMe();
  const sessions = useQuery(sessionsQuery(useApi()));
  return (
    <Page title={t('ownAccount')}>
      <p className="quiet">{`${name} · ${username} · ${t(`role.${role}`)}`}</p>
      <section className="card account-part">
        <h2>{t('password')}</h2>
        {isFromProvider && <p>{t('passwordNone')}</p>}
        {isFromDirectory && <p>{t('passwordElsewhere')}</p>}
        {!isFromProvider && !isFromDirectory && <PasswordForm />}
      </section>
      <section className="card account-part">
        <h2>{t('secondFactor')}</h2>
        <SecondFactor />
      </section>
      {!isFromProvider && (
        <section className="card account-part">
          <h2>{t('passkeys')}</h2>
          <OwnPasskeys />
        </section>
      )}
      <section className="card account-part">
        <h2>{t('sessions')}</h2>
        <Answer query={sessions} waiting={<Waiting rows={2} height={48} />}>
          {(all) => <Sessions sessions={all} />}
        </Answer>
      </section>
    </Page>
  );
}

function Sessions({ sessions }: { sessions: readonly OwnSession[] }) {
  const { t } = useTranslation('accounts');
  const end = useEndSession();
  return (
    <>
      {end.error && <Failed error={end.error} />}
      <ScrollTable label={t('sessions')}>
        <thead>
          <tr>
            <th scope="col">{t('browser')}</th>
            <th scope="col">{t('since')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('endSession')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, createdAt, address, userAgent, isCurrent }) => (
            <tr key={id}>
              <td title={userAgent ?? undefined}>
                {userAgent === null ? '–' : browserNameOf(userAgent)}
                <span className="account-under">{address ?? '–'}</span>
              </td>
              <td>
                <Moment at={createdAt} nowMs={Date.now()} />
              </td>
              <td>
                {isCurrent ? (
                  t('thisSession')
                ) : (
                  <Button size="xs" variant="default" onClick={() => end.mutate(id)}>
                    {t('endSession')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </>
  );
}
