import { Button, TextInput } from '@mantine/core';
import IconKey from '@tabler/icons-react/icons/IconKey';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import type { PasskeyHindrance } from './passkey-hindrance.ts';
import { useProof } from './passkey-proof.tsx';
import { useAddPasskey, usePasskeyOffer } from './passkeys.ts';

/** Adds a passkey to one's account, or says why there are none. `number`: as which one, for its name. */
export function AddPasskey({ number }: { number: number }) {
  const offer = usePasskeyOffer();
  if (!offer) return null;
  if (offer.hindrance) return <Hindrance hindrance={offer.hindrance} origin={offer.origin} />;
  // Each one begins with a name of its own.
  return <AddForm key={number} number={number} />;
}

function AddForm({ number }: { number: number }) {
  const { t } = useTranslation('accounts');
  const [name, setName] = useState(() => t('passkeyNumber', { number }));
  const add = useAddPasskey();
  const { proof, field, isReady } = useProof(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ name: name.trim(), proof });
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <TextInput
        label={t('passkeyNameNew')}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {field}
      {add.error && <Failed error={add.error} />}
      <Button
        type="submit"
        variant="default"
        leftSection={<IconKey size={18} aria-hidden />}
        loading={add.isPending}
        disabled={name.trim() === '' || !isReady}
      >
        {t('passkeyAdd')}
      </Button>
    </form>
  );
}

interface HindranceProps {
  hindrance: PasskeyHindrance;
  /** Where they work; null: nowhere. */
  origin: string | null;
}

/** Why passkeys cannot be used on this page, and what helps. */
export function Hindrance({ hindrance, origin }: HindranceProps) {
  const { t } = useTranslation('accounts');
  return (
    <p className="quiet small">
      {t(`passkeyHindrance.${hindrance}`)}
      {hindrance === 'elsewhere' && origin !== null && (
        <>
          {' '}
          <a href={origin}>{origin}</a>
        </>
      )}
    </p>
  );
}
