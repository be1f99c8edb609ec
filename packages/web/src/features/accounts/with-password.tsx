import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { PasswordField } from '../../face/password-field.tsx';

interface WithPasswordProps {
  act: {
    error: Error | null;
    isPending: boolean;
    mutate(given: { password: string }): void;
  };
  text: string;
}

/** An act that wants the password once more, and asks for it only when it is wanted. */
export function WithPassword({ act, text }: WithPasswordProps) {
  const [isAsked, setAsked] = useState(false);
  return (
    <div className="account-asked">
      {isAsked ? (
        <PasswordAgain act={act} text={text} />
      ) : (
        <Button variant="default" onClick={() => setAsked(true)}>
          {text}
        </Button>
      )}
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
