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

/** An act that wants the password once more; who came by the provider has none. */
export function WithPassword({ act, text }: WithPasswordProps) {
  const { t } = useTranslation('accounts');
  const { isFromProvider } = useMe();
  const [password, setPassword] = useState('');
  const isReady = isFromProvider || password !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) act.mutate(isFromProvider ? {} : { password });
  };
  return (
    <form className="account-form" onSubmit={submit}>
      {!isFromProvider && (
        <PasswordField
          label={t('passwordAgain')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
      {act.error && <Failed error={act.error} />}
      <Button type="submit" variant="default" loading={act.isPending} disabled={!isReady}>
        {text}
      </Button>
    </form>
  );
}
