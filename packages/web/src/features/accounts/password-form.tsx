import { Button } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import {
  advisedLength,
  longestPassword,
  passwordBits,
  passwordFaults,
  passwordStrength,
} from '@vigie/contracts/password-policy';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { PasswordField } from '../../face/password-field.tsx';
import { useChangePassword } from './own-account.ts';
import { useMe } from './session.ts';

/** A new password for oneself, with the rules and the bits while one types. */
export function PasswordForm() {
  const { t } = useTranslation('accounts');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useChangePassword();
  const faults = useFaults(next);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (current === '' || faults.length > 0) return;
    const clear = () => {
      setCurrent('');
      setNext('');
    };
    change.mutate({ current, next }, { onSuccess: clear });
  };
  return (
    <form className="account-form" onSubmit={submit} noValidate>
      <PasswordField
        label={t('currentPassword')}
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordField
        label={t('newPassword')}
        autoComplete="new-password"
        aria-describedby="password-meter"
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <PasswordMeter password={next} />
      {change.error && <Failed error={change.error} />}
      {change.isSuccess && next === '' && <Well text={t('passwordChanged')} />}
      <Button
        type="submit"
        loading={change.isPending}
        disabled={current === '' || faults.length > 0}
      >
        {t('changePassword')}
      </Button>
    </form>
  );
}

/** Something worked. */
function Well({ text }: { text: string }) {
  return (
    <p role="status" className="account-well">
      <IconCheck size={18} aria-hidden />
      {text}
    </p>
  );
}

function useFaults(password: string) {
  const { town, name, username, passwordMinLength: minLength } = useMe();
  return passwordFaults(password, { town, names: [name, username], minLength });
}

/** What is wrong with a password, and what it is worth: at most so many bits, and what that means. */
function PasswordMeter({ password }: { password: string }) {
  const { t } = useTranslation('accounts');
  const { role, town, passwordMinLength: count } = useMe();
  const faults = useFaults(password);
  const bits = passwordBits(password);
  const strength = passwordStrength(bits);
  const values = { count, town, longest: longestPassword };
  return (
    <div id="password-meter" className="account-meter small">
      <p className="quiet">{t('passwordRules', { ...values, advised: advisedLength(role) })}</p>
      {password !== '' && (
        <div aria-live="polite">
          <meter min={0} max={100} low={50} high={80} optimum={100} value={Math.min(bits, 100)}>
            {bits}
          </meter>
          <p>{t(`strength.${strength}`, { bits })}</p>
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{t(`fault.${fault}`, values)}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
