import { Button } from '@mantine/core';
import type { OwnPassword } from '@vigie/contracts/own-account';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { PasswordField } from '../../face/password-field.tsx';
import { useMe } from './session.ts';

interface WithPasswordProps {
  act: {
    error: Error | null;
    isPending: boolean;
    mutate(given: OwnPassword): void;
  };
  text: string;
}

/** An act that wants the password once more, and asks for it only when it is wanted; who came by the provider has none. */
export function WithPassword({ act, text }: WithPasswordProps) {
  const { isFromProvider } = useMe();
  const [isAsked, setAsked] = useState(false);
  if (isAsked) {
    return (
      <div className="account-asked">
        <PasswordAgain act={act} text={text} />
      </div>
    );
  }
  const begin = () => (isFromProvider ? act.mutate({}) : setAsked(true));
  return (
    <div className="account-asked">
      {act.error && <Failed error={act.error} />}
      <Button variant="default" loading={act.isPending} onClick={begin}>
        {text}
      </Button>
    </div>
  );
}

function PasswordAgain({ act, text }: WithPasswordProps) {
  const { t } = useTranslation('accounts');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '') act.mutate({ password });
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <PasswordField
        label={t('passwordAgain')}
        autoComplete="current-password"
        autoFocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {act.error && <Failed error={act.error} />}
      <Button type="submit" variant="default" loading={act.isPending} disabled={password === ''}>
        {text}
      </Button>
    </form>
  );
}
