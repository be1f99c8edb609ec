import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { hasPermission, isWithin } from '@vigie/contracts/accounts';
import type { RoomView } from '@vigie/contracts/evacuation';
import type { FloorView, Warden } from '@vigie/contracts/floors';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { accountsQuery } from '../people/index.ts';
import { useAddToTown } from './queries.ts';

export interface WardenFormProps {
  warden: Warden;
  /** of the building */
  floors: readonly FloorView[];
  rooms: readonly RoomView[];
  wardens: readonly Warden[];
  onDone: () => void;
}

/** Who has which task in an evacuation, and where. */
export function WardenForm({ warden, floors, rooms, wardens, onDone }: WardenFormProps) {
  const { t } = useTranslation('floors');
  const saving = useAddToTown();
  const [draft, setDraft] = useState(warden);
  const change = (given: Partial<Warden>) => setDraft({ ...draft, ...given });
  const save = (event: FormEvent) => {
    event.preventDefault();
    const kept = { ...draft, name: draft.name.trim(), phone: draft.phone.trim() };
    saving.mutate({ wardens: [kept] }, { onSuccess: onDone });
  };
  const whole = new Set(
    floors.filter(({ id }) => draft.floors.includes(id)).map(({ name }) => name),
  );
  return (
    <form className="warden-form" onSubmit={save}>
      <TextInput
        label={t('name')}
        required
        maxLength={80}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      <NativeSelect
        label={t('task')}
        value={draft.role}
        data={(['guide', 'sweeper'] as const).map((value) => ({
          value,
          label: t(`roleOne.${value}`),
        }))}
        onChange={({ currentTarget: { value } }) =>
          change({ role: value === 'sweeper' ? 'sweeper' : 'guide' })
        }
      />
      <AccountField draft={draft} onChange={change} />
      <TextInput
        label={t('phone')}
        type="tel"
        maxLength={40}
        value={draft.phone}
        onChange={({ currentTarget: { value } }) => change({ phone: value })}
      />
      <NativeSelect
        label={t('deputyFor')}
        description={t('deputyMeans')}
        value={draft.deputyOf ?? ''}
        data={[
          { value: '', label: t('nobody') },
          ...wardens
            .filter(({ id, deputyOf }) => id !== draft.id && deputyOf === null)
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) => change({ deputyOf: value || null })}
      />
      <Ticks
        title={t('wholeFloors')}
        things={floors}
        ticked={draft.floors}
        onTicked={(ids) => change({ floors: ids })}
      />
      <Ticks
        title={t('furtherRooms')}
        things={rooms.filter(({ floor }) => !whole.has(floor))}
        ticked={draft.rooms}
        onTicked={(ids) => change({ rooms: ids })}
      />
      {saving.error && <Failed error={saving.error} />}
      <Button type="submit" loading={saving.isPending} disabled={draft.name.trim() === ''}>
        {t('save')}
      </Button>
    </form>
  );
}

interface AccountFieldProps {
  draft: Warden;
  onChange: (given: Partial<Warden>) => void;
}

/** The accounts that can sweep this building; one that cannot is said. */
function AccountField({ draft, onChange }: AccountFieldProps) {
  const { t } = useTranslation('floors');
  const canList = useMay()('accounts.write');
  const accounts = useQuery({ ...accountsQuery(useApi()), enabled: canList }).data;
  const able = (accounts ?? []).filter(
    ({ isDisabled, role, scope }) =>
      !isDisabled && hasPermission(role, 'rooms.declare-empty') && isWithin(scope, draft),
  );
  const named = draft.username?.toLowerCase();
  const isAble = able.some(({ username }) => username.toLowerCase() === named);
  const choices = able.map(({ username, name }) => ({
    value: username.toLowerCase(),
    label: `${name} (${username})`,
  }));
  if (named && !isAble) choices.push({ value: named, label: draft.username ?? named });
  return (
    <NativeSelect
      label={t('account')}
      description={t('accountMeans')}
      error={accounts && named && !isAble ? t('accountUnable') : null}
      value={named ?? ''}
      data={[{ value: '', label: t('noAccount') }, ...choices]}
      onChange={({ currentTarget: { value } }) => {
        const name = draft.name || able.find(({ username }) => username === value)?.name;
        onChange({ username: value || null, ...(name ? { name } : {}) });
      }}
    />
  );
}

interface TicksProps {
  title: string;
  things: readonly { id: string; name: string }[];
  /** ids */
  ticked: readonly string[];
  onTicked: (ids: string[]) => void;
}

function Ticks({ title, things, ticked, onTicked }: TicksProps) {
  if (things.length === 0) return null;
  return (
    <fieldset className="warden-places">
      <legend>{title}</legend>
      {things.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={ticked.includes(id)}
          onChange={({ currentTarget: { checked } }) =>
            onTicked([...ticked.filter((one) => one !== id), ...(checked ? [id] : [])])
          }
        />
      ))}
    </fieldset>
  );
}
