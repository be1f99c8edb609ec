import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Bollard } from '@vigie/contracts/devices';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { bollardsQuery } from '../parking/index.ts';
import { EuiField, IdField, ModelField } from './device-fields.tsx';
import { KeyOnce } from './key-once.tsx';
import { readPairingCode } from './pairing-code.ts';
import { useReplace } from './queries.ts';
import { suggestedId } from './registry.ts';
import { Scan } from './scan.tsx';

/** Another device takes the place of one; the space keeps its history. */
export function ReplaceForm({ device }: { device: Bollard }) {
  const { t } = useTranslation('devices');
  const replace = useReplace(device.id);
  const all = useQuery(bollardsQuery(useApi())).data ?? [];
  const [eui, setEui] = useState('');
  const [id, setId] = useState<string>();
  const [model, setModel] = useState(device.model);
  const name = id ?? suggestedId(eui, all);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const deviceEui = eui ? { deviceEui: eui } : {};
    replace.mutate({ id: name, model, ...deviceEui });
  };
  if (replace.data) return <KeyOnce made={replace.data} />;
  return (
    <form className="device-form" onSubmit={submit}>
      <p>{t('replaceHint')}</p>
      <Scan
        onCode={(text) => {
          const code = readPairingCode(text);
          if (!code || !('deviceEui' in code)) return t('codeNoDevice');
          setEui(code.deviceEui);
          return undefined;
        }}
      />
      <EuiField value={eui} onChange={setEui} />
      <IdField value={name} onChange={setId} />
      <ModelField value={model} onChange={setModel} />
      <TextInput label={t('spaces')} value={device.spaceIds.join(', ')} readOnly />
      {replace.error && <Failed error={replace.error} />}
      <Button type="submit" loading={replace.isPending}>
        {t('replace')}
      </Button>
    </form>
  );
}
