import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AlarmInput, AlarmInputSettings } from '@vigie/contracts/alarm-inputs';
import { IncidentKind } from '@vigie/contracts/evacuation';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { freshId } from '../../platform/fresh-id.ts';
import { useApi } from '../../platform/react.tsx';
import { buildingsQuery } from '../rooms/index.ts';
import { useInputs } from './queries.ts';
import { Trial } from './trial.tsx';

/** What is written in, complete or not. */
type Draft = Omit<AlarmInputSettings, 'address'> & { address: number | undefined };

const empty: Draft = {
  buildingId: '',
  name: '',
  host: '',
  port: 502,
  unit: 1,
  register: 'discrete-input',
  address: undefined,
  bit: null,
  // A cut line then alarms instead of being silent.
  contact: 'normally-closed',
  kind: 'fire',
};

interface InputFormProps {
  /** `undefined`: a new one. */
  input: AlarmInput | undefined;
  onDone: () => void;
}

/** Where and how a contact is read; it can be tried before it is kept. */
export function InputForm({ input, onDone }: InputFormProps) {
  const { t } = useTranslation('inputs');
  const buildings = useQuery(buildingsQuery(useApi())).data ?? [];
  const [draft, setDraft] = useState<Draft>(input ?? empty);
  const { keep } = useInputs();
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const buildingId = draft.buildingId || (buildings[0]?.id ?? '');
  const { data: settings } = AlarmInputSettings.safeParse({ ...draft, buildingId });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!settings) return;
    const id = input?.id ?? freshId(settings.name, crypto.randomUUID());
    keep.mutate({ ...settings, id }, { onSuccess: onDone });
  };
  return (
    <form className="input-form" onSubmit={submit}>
      <TextInput
        label={t('name')}
        required
        maxLength={80}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      <NativeSelect
        label={t('building')}
        value={buildingId}
        onChange={({ currentTarget: { value } }) => change({ buildingId: value })}
        data={buildings.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ModuleFields draft={draft} onChange={change} />
      <ContactFields draft={draft} onChange={change} />
      {keep.error && <Failed error={keep.error} />}
      <div className="input-buttons">
        <Trial settings={settings} />
        <Button type="submit" disabled={!settings} loading={keep.isPending}>
          {t('keep')}
        </Button>
      </div>
    </form>
  );
}

interface FieldsProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

function ModuleFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('inputs');
  return (
    <>
      <TextInput
        label={t('host')}
        description={t('hostHint')}
        required
        autoComplete="off"
        value={draft.host}
        onChange={({ currentTarget: { value } }) => onChange({ host: value.trim() })}
      />
      <div className="input-numbers">
        <Whole label={t('port')} value={draft.port} onValue={(port = 502) => onChange({ port })} />
        <Whole label={t('unit')} value={draft.unit} onValue={(unit = 1) => onChange({ unit })} />
        <Whole
          label={t('address')}
          value={draft.address}
          onValue={(address) => onChange({ address })}
        />
      </div>
    </>
  );
}

function ContactFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation(['inputs', 'alarm']);
  const isWord = draft.register.endsWith('-register');
  return (
    <>
      <NativeSelect
        label={t('registerLabel')}
        value={draft.register}
        onChange={({ currentTarget: { value } }) =>
          onChange({ register: AlarmInput.shape.register.parse(value), bit: null })
        }
        data={AlarmInput.shape.register
          .unwrap()
          .options.map((value) => ({ value, label: t(`register.${value}`) }))}
      />
      {isWord && (
        <Whole
          label={t('bit')}
          value={draft.bit ?? undefined}
          onValue={(bit) => onChange({ bit: bit ?? null })}
        />
      )}
      <NativeSelect
        label={t('contactLabel')}
        description={t('contactHint')}
        value={draft.contact}
        onChange={({ currentTarget: { value } }) =>
          onChange({ contact: AlarmInput.shape.contact.parse(value) })
        }
        data={AlarmInput.shape.contact.options.map((value) => ({
          value,
          label: t(`contact.${value}`),
        }))}
      />
      <NativeSelect
        label={t('kind')}
        value={draft.kind}
        onChange={({ currentTarget: { value } }) => onChange({ kind: IncidentKind.parse(value) })}
        data={IncidentKind.options.map((value) => ({ value, label: t(`alarm:kind.${value}`) }))}
      />
    </>
  );
}

interface WholeProps {
  label: string;
  value: number | undefined;
  onValue: (value: number | undefined) => void;
}

const Whole = ({ label, value, onValue }: WholeProps) => (
  <NumberInput
    label={label}
    allowDecimal={false}
    allowNegative={false}
    hideControls
    value={value ?? ''}
    onChange={(given) => onValue(typeof given === 'number' ? given : undefined)}
  />
);
