import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { bollardsQuery } from '../parking/index.ts';
import { EuiField, IdField, ModelField, SpaceField } from './device-fields.tsx';
import { KeyOnce } from './key-once.tsx';
import { readPairingCode } from './pairing-code.ts';
import { usePair } from './queries.ts';
import { suggestedId } from './registry.ts';
import { Scan } from './scan.tsx';

interface PairDialogProps {
  /** EUI to begin with, empty for none; `undefined`: closed. */
  eui: string | undefined;
  onClose: () => void;
}

/** A new device gets its space. */
export function PairDialog({ eui, onClose }: PairDialogProps) {
  const { t } = useTranslation(['devices', 'face']);
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('face:close') }}
      opened={eui !== undefined}
      onClose={onClose}
      title={t('pairTitle')}
      centered
    >
      {eui !== undefined && <PairForm begin={eui} />}
    </Modal>
  );
}

function PairForm({ begin }: { begin: string }) {
  const { t } = useTranslation('devices');
  const pair = usePair();
  const all = useQuery(bollardsQuery(useApi())).data ?? [];
  const [eui, setEui] = useState(begin);
  const [id, setId] = useState<string>();
  const [chosenModel, setModel] = useState<string>();
  const [spaceId, setSpaceId] = useState('');
  // Our own bollards have no EUI: the decoder of a sensor is chosen, never guessed.
  const model = chosenModel ?? (eui ? '' : 'vigie');
  const name = id ?? suggestedId(eui, all);
  const takeCode = (text: string): string | undefined => {
    const code = readPairingCode(text);
    if (!code) return t('codeUnknown');
    if ('deviceEui' in code) setEui(code.deviceEui);
    else setSpaceId(code.spaceId);
    return undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    pair.mutate({ id: name, spaceId, model, ...(eui ? { deviceEui: eui } : {}) });
  };
  if (pair.data) return <KeyOnce made={pair.data} />;
  return (
    <form className="device-form" onSubmit={submit}>
      <Scan onCode={takeCode} />
      <EuiField value={eui} onChange={setEui} />
      <SpaceField value={spaceId} onChange={setSpaceId} />
      <ModelField value={model} onChange={setModel} />
      <IdField value={name} onChange={setId} />
      {pair.error && <Failed error={pair.error} />}
      <Button type="submit" loading={pair.isPending}>
        {t('pair')}
      </Button>
    </form>
  );
}
