import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../face/notice.tsx';
import { TimeZoneProvider, useApi } from '../../platform/react.tsx';
import { FirstSteps } from './first-steps.tsx';
import { isSignedOut, MeProvider, meQuery } from './session.ts';
import { SignIn } from './sign-in.tsx';

/**
 * Lets the pages be seen by whoever is signed in; the others get the sign-in page at the same address, and
 * are where they wanted to go once they are in. `atDoor` stands on the sign-in page.
 */
export function Gate({ children, atDoor }: { children: ReactNode; atDoor: ReactNode }) {
  const me = useQuery(meQuery(useApi()));
  if (isSignedOut(me.error)) return <SignIn atDoor={atDoor} />;
  if (me.data) {
    return (
      <MeProvider value={me.data}>
        <TimeZoneProvider value={me.data.timeZone}>
          {me.data.duties.length > 0 ? <FirstSteps /> : children}
        </TimeZoneProvider>
      </MeProvider>
    );
  }
  if (me.error) return <Unreachable error={me.error} onRetry={() => void me.refetch()} />;
  return null;
}

function Unreachable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation(['accounts', 'face']);
  const errorText = useErrorText();
  return (
    <main className="sign-in">
      <div className="card sign-in-card" role="alert">
        <h1>{t('unreachable')}</h1>
        <p>{errorText(error)}</p>
        <Button onClick={onRetry}>{t('face:retry')}</Button>
      </div>
    </main>
  );
}
