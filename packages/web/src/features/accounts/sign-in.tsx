import { Button, TextInput } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../face/language-switch.tsx';
import { useErrorText } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { PasswordField } from '../../face/password-field.tsx';
import { EnterWithPasskey } from './enter-with-passkey.tsx';
import { useSecondFactor } from './own-account.ts';
import { ProviderRefused, ProviderSignIn, useArrival } from './provider.tsx';
import { CodeInput } from './second-factor.tsx';
import { useSignIn } from './session.ts';
import './sign-in.css';

/** The only page for everybody. What was typed stays when the server refuses. */
export function SignIn({ atDoor }: { atDoor: ReactNode }) {
  const { t } = useTranslation('accounts');
  useWindowTitle(t('signIn'));
  const { refused, isCodeAsked } = useArrival();
  const [isHalfIn, setHalfIn] = useState(isCodeAsked);
  return (
    <main className="sign-in">
      <div className="sign-in-card card">
        <header className="sign-in-head">
          <img src="/vigie.svg" alt="" width={40} height={40} />
          <div>
            <h1>Vigie</h1>
            <p className="quiet small">{t('purpose')}</p>
          </div>
        </header>
        {atDoor}
        {isHalfIn ? (
          <CodeForm onBack={() => setHalfIn(false)} />
        ) : (
          <>
            {refused && <ProviderRefused code={refused} />}
            <ProviderSignIn />
            <SignInForm onHalfIn={() => setHalfIn(true)} />
            <EnterWithPasskey inField />
          </>
        )}
      </div>
      <LanguageSwitch />
    </main>
  );
}

/** The password was right; the code of the app, or a backup code, opens. */
function CodeForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('accounts');
  const errorText = useErrorText();
  const second = useSecondFactor();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = code.replaceAll(' ', '');
    const kind = /^\d{6}$/.test(given) ? 'totp' : 'backup';
    second.mutate({ kind, code: given });
  };
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <CodeInput value={code} onChange={setCode} label={t('codeAtDoor')} />
      {second.error && (
        <p className="sign-in-error" role="alert">
          <IconAlertTriangle size={20} aria-hidden />
          {errorText(second.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={second.isPending} disabled={code.length < 6}>
        {t('signIn')}
      </Button>
      <Button variant="subtle" onClick={onBack}>
        {t('back')}
      </Button>
    </form>
  );
}

function SignInForm({ onHalfIn }: { onHalfIn: () => void }) {
  const { t } = useTranslation('accounts');
  const errorText = useErrorText();
  const signIn = useSignIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!username.trim() || !password) return;
    signIn.mutate(
      { username: username.trim(), password },
      {
        onSuccess: ({ secondFactor }) => secondFactor && onHalfIn(),
        onError: () => passwordField.current?.select(),
      },
    );
  };
  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <TextInput
        label={t('username')}
        size="md"
        name="username"
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        error={tried && !username.trim() && t('missing')}
      />
      <PasswordField
        label={t('password')}
        size="md"
        name="password"
        autoComplete="current-password"
        ref={passwordField}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={tried && !password && t('missing')}
      />
      {signIn.error && (
        <p className="sign-in-error" role="alert">
          <IconAlertTriangle size={20} aria-hidden />
          {errorText(signIn.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={signIn.isPending}>
        {t('signIn')}
      </Button>
    </form>
  );
}
