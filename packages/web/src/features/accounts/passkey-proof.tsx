import type { OwnProof } from '@vigie/contracts/passkeys';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../face/password-field.tsx';
import { ApiError } from '../../platform/api.ts';

interface Proof {
  /** What to send along. */
  proof: OwnProof;
  /** Asks for the password, once the server did. */
  field: ReactNode;
  isReady: boolean;
}

/** The password once more, only if one signed in too long ago: `error` is what the server last said. */
export function useProof(error: Error | null): Proof {
  const { t } = useTranslation('accounts');
  const [password, setPassword] = useState('');
  const [isNeeded, setNeeded] = useState(false);
  if (!isNeeded && error instanceof ApiError && error.code === 'accounts/sign-in-stale')
    setNeeded(true);
  const field = isNeeded && (
    <PasswordField
      label={t('passwordAgain')}
      autoComplete="current-password"
      data-autofocus
      value={password}
      onChange={(event) => setPassword(event.currentTarget.value)}
    />
  );
  return {
    proof: isNeeded ? { password } : {},
    field,
    isReady: !isNeeded || password !== '',
  };
}
