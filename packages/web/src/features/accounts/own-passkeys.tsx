import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OwnPasskey } from '@vigie/contracts/passkeys';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Answer, Failed, Waiting } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { useProof } from './passkey-proof.tsx';
import { passkeysQuery, useRemovePasskey, useRenamePasskey } from './passkeys.ts';
import { useMe } from './session.ts';

/** One's passkeys: those there are, and one more. */
export function OwnPasskeys() {
  const { t } = useTranslation('accounts');
  const passkeys = useQuery(passkeysQuery(useApi()));
  const { mustKeepSecondFactor, hasSecondFactor } = useMe();
  return (
    <Answer query={passkeys} waiting={<Waiting rows={1} height={48} />}>
      {(all) => (
        <>
          <p>{t('passkeysHint')}</p>
          {all.length > 0 && <PasskeyList passkeys={all} />}
          {all.length === 1 && mustKeepSecondFactor && !hasSecondFactor && (
            <p className="account-warning">{t('passkeyAlone')}</p>
          )}
          <AddPasskey number={all.length + 1} />
        </>
      )}
    </Answer>
  );
}

/** What is asked about one passkey. */
interface Asked {
  what: 'rename' | 'remove';
  passkey: OwnPasskey;
}

function PasskeyList({ passkeys }: { passkeys: readonly OwnPasskey[] }) {
  const { t } = useTranslation(['accounts', 'face']);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  return (
    <>
      <ul className="account-list" aria-label={t('passkeys')}>
        {passkeys.map((passkey) => (
          <PasskeyLine key={passkey.id} passkey={passkey} onAsk={setAsked} />
        ))}
      </ul>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={asked !== undefined}
        onClose={close}
        title={
          asked &&
          t(asked.what === 'rename' ? 'passkeyRenameAsk' : 'passkeyRemoveAsk', asked.passkey)
        }
        centered
      >
        {asked?.what === 'rename' && <Rename passkey={asked.passkey} onDone={close} />}
        {asked?.what === 'remove' && <Remove passkey={asked.passkey} onDone={close} />}
      </Modal>
    </>
  );
}

function PasskeyLine({ passkey, onAsk }: { passkey: OwnPasskey; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('accounts');
  const { name, createdAt, lastUsedAt } = passkey;
  const act = (what: Asked['what']) => (
    <Button
      size="xs"
      variant="default"
      aria-label={t(`passkey.${what}Named`, { name })}
      onClick={() => onAsk({ what, passkey })}
    >
      {t(`passkey.${what}`)}
    </Button>
  );
  return (
    <li>
      <span>
        {name}
        <span className="account-under">
          {t('passkeyAdded')} <Moment at={createdAt} nowMs={Date.now()} />
          {' · '}
          {lastUsedAt === null ? (
            t('passkeyUnused')
          ) : (
            <>
              {t('passkeyUsed')} <Moment at={lastUsedAt} nowMs={Date.now()} />
            </>
          )}
        </span>
      </span>
      <span className="account-acts">
        {act('rename')}
        {act('remove')}
      </span>
    </li>
  );
}

interface ActProps {
  passkey: OwnPasskey;
  onDone: () => void;
}

function Rename({ passkey: { id, name: before }, onDone }: ActProps) {
  const { t } = useTranslation('accounts');
  const [name, setName] = useState(before);
  const rename = useRenamePasskey();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ id, name: name.trim() }, { onSuccess: onDone });
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <TextInput
        label={t('passkeyName')}
        data-autofocus
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {rename.error && <Failed error={rename.error} />}
      <Button type="submit" loading={rename.isPending} disabled={name.trim() === ''}>
        {t('passkey.rename')}
      </Button>
    </form>
  );
}

function Remove({ passkey: { id }, onDone }: ActProps) {
  const { t } = useTranslation('accounts');
  const remove = useRemovePasskey();
  const { proof, field, isReady } = useProof(remove.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate({ id, proof }, { onSuccess: onDone });
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <p>{t('passkeyRemoveEffect')}</p>
      {field}
      {remove.error && <Failed error={remove.error} />}
      <Button type="submit" color="red" loading={remove.isPending} disabled={!isReady}>
        {t('passkey.remove')}
      </Button>
    </form>
  );
}
