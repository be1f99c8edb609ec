import { Button, TextInput } from '@mantine/core';
import type { SecondFactorSetup } from '@vigie/contracts/own-account';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { BackupCodes, CodeSheet } from './backup-codes.tsx';
import {
  useConfirmSecondFactor,
  useRemoveSecondFactor,
  useSetUpSecondFactor,
} from './own-account.ts';
import { useMe } from './session.ts';
import { WithPassword } from './with-password.tsx';

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
        <BackupCodes />
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
      <CodeSheet codes={setup.backupCodes} />
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
