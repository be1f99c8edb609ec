import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../face/language-switch.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { EnterWithPasskey } from './enter-with-passkey.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondFactor } from './second-factor.tsx';
import { useMe, useSignOut } from './session.ts';
import './sign-in.css';
import './account.css';

/** What comes before every other page: a password of one's own, then a second factor. */
export function FirstSteps() {
  const { t } = useTranslation('accounts');
  const { duties, name } = useMe();
  const signOut = useSignOut();
  const [first] = duties;
  useWindowTitle(t('firstSteps'));
  return (
    <main className="sign-in">
      <div className="sign-in-card card account-first">
        <h1>{t('firstSteps')}</h1>
        <p className="quiet">{t('account', { name })}</p>
        {first === 'password' ? <PasswordFirst /> : <SecondFactorFirst />}
        <Button variant="subtle" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('signOut')}
        </Button>
      </div>
      <LanguageSwitch />
    </main>
  );
}

function PasswordFirst() {
  const { t } = useTranslation('accounts');
  return (
    <>
      <p>{t('dutyPassword')}</p>
      <PasswordForm />
    </>
  );
}

/** The passkey that there is, or else an app or a new passkey. Whom an OpenID provider lets in has the app alone. */
function SecondFactorFirst() {
  const { t } = useTranslation('accounts');
  const { hasPasskey, isFromProvider } = useMe();
  if (hasPasskey && !isFromProvider) {
    return (
      <>
        <p>{t('dutyPasskey')}</p>
        <EnterWithPasskey />
      </>
    );
  }
  return (
    <>
      <p>{t('dutySecondFactor')}</p>
      <h2>{t('factorApp')}</h2>
      <SecondFactor />
      {!isFromProvider && (
        <>
          <h2>{t('factorPasskey')}</h2>
          <AddPasskey number={1} />
        </>
      )}
    </>
  );
}
