import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OwnSession } from '@vigie/contracts/own-account';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Answer, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
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
      <ul className="account-list" aria-label={t('sessions')}>
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
    </>
  );
}

function SessionLine({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const { t } = useTranslation('accounts');
  const { createdAt, address, userAgent, isCurrent } = session;
  return (
    <li>
      <span title={userAgent ?? undefined}>
        {userAgent === null ? '–' : browserNameOf(userAgent)}
        <span className="account-under">
          {t('since')} <Moment at={createdAt} nowMs={Date.now()} />
          {address !== null && ` · ${address}`}
        </span>
      </span>
      {isCurrent ? (
        <span className="quiet">{t('thisSession')}</span>
      ) : (
        <Button size="xs" variant="default" onClick={onEnd}>
          {t('endSession')}
        </Button>
      )}
    </li>
  );
}
