import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { OwnPassword, SecondFactorSetup } from '@vigie/contracts/own-account';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import {
  useConfirmSecondFactor,
  useRemoveSecondFactor,
  useSetUpSecondFactor,
} from './own-account.ts';
import { useMe } from './session.ts';

/** Setting up a second factor, or removing it where that is allowed. */
export function SecondFactor() {
  const { t } = useTranslation('accounts');
  const { hasSecondFactor, mustKeepSecondFactor, isFromProvider } = useMe();
  const setUp = useSetUpSecondFactor();
  const remove = useRemoveSecondFactor();
  if (hasSecondFactor) {
    return (
      <>
        <p>{t('secondFactorOn')}</p>
        {mustKeepSecondFactor ? (
          <p className="quiet small">{t('secondFactorKept')}</p>
        ) : (
          <WithPassword act={remove} text={t('secondFactorRemove')} />
        )}
      </>
    );
  }
  if (setUp.data) return <Confirm setup={setUp.data} />;
  return (
    <>
      <p>{t(isFromProvider ? 'secondFactorHintProvider' : 'secondFactorHint')}</p>
      <WithPassword act={setUp} text={t('secondFactorSetUp')} />
    </>
  );
}

interface WithPasswordProps {
  act: {
    error: Error | null;
    isPending: boolean;
    mutate(given: OwnPassword): void;
  };
  text: string;
}

/** An act that wants the password once more; who came by the provider has none. */
function WithPassword({ act, text }: WithPasswordProps) {
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
        <PasswordInput
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

/** The picture for the app, the codes for the drawer, and the first code as proof. */
function Confirm({ setup }: { setup: SecondFactorSetup }) {
  const { t } = useTranslation('accounts');
  const [code, setCode] = useState('');
  const confirm = useConfirmSecondFactor();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ code: code.replaceAll(' ', '') });
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <p>{t('scan')}</p>
      <img className="account-qr" src={setup.qr} alt={t('qr')} width={200} height={200} />
      <p className="small">
        {t('typeSecret')} <code>{setup.secret}</code>
      </p>
      <p>{t('backupCodes')}</p>
      <ul className="account-codes">
        {setup.backupCodes.map((one) => (
          <li key={one}>
            <code>{one}</code>
          </li>
        ))}
      </ul>
      <CodeInput value={code} onChange={setCode} label={t('code')} />
      {confirm.error && <Failed error={confirm.error} />}
      <Button type="submit" loading={confirm.isPending} disabled={code === ''}>
        {t('confirm')}
      </Button>
    </form>
  );
}

interface CodeInputProps {
  value: string;
  onChange: (code: string) => void;
  label: string;
}

/** The six digits of the app. */
export function CodeInput({ value, onChange, label }: CodeInputProps) {
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      autoComplete="one-time-code"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
