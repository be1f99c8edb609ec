import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../face/language-switch.tsx';
import { useWindowTitle } from '../../face/page.tsx';
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
        <p>{t(first === 'password' ? 'dutyPassword' : 'dutySecondFactor')}</p>
        {first === 'password' ? <PasswordForm /> : <SecondFactor />}
        <Button variant="subtle" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('signOut')}
        </Button>
      </div>
      <LanguageSwitch />
    </main>
  );
}
