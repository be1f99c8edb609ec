import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { knownModels } from '@vigie/contracts/devices';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../platform/react.tsx';
import { spacesQuery } from '../parking/index.ts';

interface FieldProps {
  value: string;
  onChange: (value: string) => void;
}

export function IdField({ value, onChange }: FieldProps) {
  const { t } = useTranslation('devices');
  return (
    <TextInput
      label={t('id')}
      description={t('idHint')}
      required
      maxLength={64}
      pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** The EUI of a LoRaWAN device; empty for one that speaks MQTT or HTTP. */
export function EuiField({ value, onChange }: FieldProps) {
  const { t } = useTranslation('devices');
  return (
    <TextInput
      label={t('eui')}
      description={t('euiHint')}
      pattern="[0-9a-f]{16}"
      value={value}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value.replaceAll(/[\s:-]/g, '').toLowerCase())
      }
    />
  );
}

export function ModelField({ value, onChange }: FieldProps) {
  const { t } = useTranslation('devices');
  return (
    <Autocomplete
      label={t('model')}
      required
      maxLength={80}
      data={[...knownModels]}
      value={value}
      onChange={onChange}
    />
  );
}

/** So many are offered at once; typing narrows them. */
const mostOffered = 50;

export function SpaceField({ value, onChange }: FieldProps) {
  const { t } = useTranslation('devices');
  const spaces = useQuery(spacesQuery(useApi())).data ?? [];
  return (
    <Select
      label={t('whichSpace')}
      required
      searchable
      limit={mostOffered}
      nothingFoundMessage={t('noSpace')}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      data={spaces.map(({ id, label, address, zoneName }) => ({
        value: id,
        label: `${label} · ${address || zoneName}`,
      }))}
    />
  );
}
