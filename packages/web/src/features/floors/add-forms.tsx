import { Button, NumberInput, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import type { FloorView } from '@vigie/contracts/floors';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../face/notice.tsx';
import { freshId } from '../../platform/fresh-id.ts';
import { useAddToTown } from './queries.ts';

interface AddFloorProps {
  buildingId: string;
  /** of the building */
  floors: readonly FloorView[];
}

/** A further floor of a building. */
export function AddFloor({ buildingId, floors }: AddFloorProps) {
  const { t } = useTranslation('floors');
  const errorText = useErrorText();
  const adding = useAddToTown();
  const [name, setName] = useState('');
  const [level, setLevel] = useState<number | string>(0);
  const isTaken = floors.some((floor) => floor.name === name.trim());
  const add = (event: FormEvent) => {
    event.preventDefault();
    const floor = { buildingId, name: name.trim(), level: Number(level) || 0 };
    const id = freshId(`${buildingId}-${floor.name}`, Date.now().toString(36));
    adding.mutate({ floors: [{ id, ...floor }] }, { onSuccess: () => setName('') });
  };
  return (
    <form className="plan-add" onSubmit={add}>
      <TextInput
        label={t('newFloor')}
        placeholder={t('newFloorExample')}
        maxLength={40}
        value={name}
        error={isTaken ? t('floorTaken') : adding.error ? errorText(adding.error) : null}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <NumberInput
        label={t('level')}
        min={-20}
        max={200}
        allowDecimal={false}
        value={level}
        onChange={setLevel}
      />
      <AddButton isPending={adding.isPending} isReady={name.trim() !== '' && !isTaken} />
    </form>
  );
}

interface AddNamedProps {
  label: string;
  /** of the thing that is made, before its name */
  stem: string;
  onAdd: (thing: {
    id: string;
    name: string;
  }) => Parameters<ReturnType<typeof useAddToTown>['mutate']>[0];
}

/** A thing that needs nothing but a name. */
export function AddNamed({ label, stem, onAdd }: AddNamedProps) {
  const errorText = useErrorText();
  const adding = useAddToTown();
  const [name, setName] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const id = freshId(`${stem}-${name}`, Date.now().toString(36));
    adding.mutate(onAdd({ id, name: name.trim() }), { onSuccess: () => setName('') });
  };
  return (
    <form className="plan-add" onSubmit={add}>
      <TextInput
        label={label}
        maxLength={80}
        value={name}
        error={adding.error ? errorText(adding.error) : null}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <AddButton isPending={adding.isPending} isReady={name.trim() !== ''} />
    </form>
  );
}

function AddButton({ isPending, isReady }: { isPending: boolean; isReady: boolean }) {
  const { t } = useTranslation('floors');
  return (
    <Button
      type="submit"
      variant="default"
      loading={isPending}
      disabled={!isReady}
      leftSection={<IconPlus size={16} aria-hidden />}
    >
      {t('add')}
    </Button>
  );
}
