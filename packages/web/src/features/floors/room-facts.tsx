import { Button, Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import type { Room, RoomView } from '@vigie/contracts/evacuation';
import type { AssemblyPoint } from '@vigie/contracts/floors';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../face/notice.tsx';
import { useAddToTown } from './queries.ts';
import { Removal } from './removal.tsx';

interface RoomFactsProps {
  room: RoomView;
  /** names of those of its building */
  floors: readonly string[];
  /** of its building */
  points: readonly AssemblyPoint[];
}

/** What is known of a room besides where it lies on the plan; kept by a button of its own. */
export function RoomFacts({
  room: { cameras, live: _, ...stored },
  floors,
  points,
}: RoomFactsProps) {
  const { t } = useTranslation('floors');
  const errorText = useErrorText();
  const saving = useAddToTown();
  const [room, setRoom] = useState<Room>(stored);
  const looking = cameras.filter(({ watches }) => watches === 'room');
  const isFilmed = room.isFilmFree === true && looking.length > 0;
  const save = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate({ rooms: [room] });
  };
  return (
    <form className="room-facts" aria-label={t('about', { name: stored.name })} onSubmit={save}>
      <TextInput
        label={t('name')}
        required
        maxLength={80}
        value={room.name}
        onChange={({ currentTarget: { value } }) => setRoom({ ...room, name: value })}
      />
      <NativeSelect
        label={t('floor')}
        value={room.floor}
        data={[{ value: '', label: t('noFloor') }, ...floors]}
        onChange={({ currentTarget: { value } }) => setRoom({ ...room, floor: value })}
      />
      <TextInput
        label={t('use')}
        maxLength={80}
        value={room.use ?? ''}
        onChange={({ currentTarget: { value } }) => setRoom({ ...room, use: value })}
      />
      <NumberInput
        label={t('capacity')}
        min={1}
        max={100_000}
        allowDecimal={false}
        value={room.capacity ?? ''}
        onChange={(value) => setRoom({ ...room, capacity: Number(value) || null })}
      />
      <TextInput
        label={t('emptyDaily')}
        description={t('emptyDailyMeans')}
        type="time"
        value={room.emptyDailyAt ?? ''}
        onChange={({ currentTarget: { value } }) =>
          setRoom({ ...room, emptyDailyAt: value.slice(0, 5) || null })
        }
      />
      <Checkbox
        label={t('filmFree')}
        description={t('filmFreeMeans')}
        error={isFilmed && t('filmed', { names: looking.map(({ name }) => name).join(', ') })}
        checked={room.isFilmFree === true}
        onChange={({ currentTarget: { checked } }) => setRoom({ ...room, isFilmFree: checked })}
      />
      {points.length > 0 && (
        <NativeSelect
          label={t('isPoint')}
          description={t('isPointMeans')}
          value={room.assemblyPointId ?? ''}
          data={[
            { value: '', label: t('isPointNone') },
            ...points.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            setRoom({ ...room, assemblyPointId: value || null })
          }
        />
      )}
      <Instructions room={room} onRoom={setRoom} />
      <Button type="submit" variant="default" loading={saving.isPending} disabled={isFilmed}>
        {t('saveRoom')}
      </Button>
      <p role="status" className="small">
        {saving.error ? errorText(saving.error) : saving.isSuccess && t('saved')}
      </p>
      <Removal
        name={stored.name}
        path={`/rooms/${encodeURIComponent(stored.id)}`}
        effects={[
          cameras.length > 0
            ? t('goes.cameras', { names: cameras.map(({ name }) => name).join(', ') })
            : t('goes.noCamera'),
          t('goes.counts'),
          t('goes.records'),
        ]}
      />
    </form>
  );
}

/** In both languages of the pages. */
function Instructions({ room, onRoom }: { room: Room; onRoom: (room: Room) => void }) {
  const { t } = useTranslation('floors');
  const said = room.instructions ?? { fr: '', en: '' };
  return (['fr', 'en'] as const).map((language) => (
    <Textarea
      key={language}
      label={t(`instructionsIn.${language}`)}
      autosize
      minRows={2}
      maxLength={1000}
      value={said[language]}
      onChange={({ currentTarget: { value } }) =>
        onRoom({ ...room, instructions: { ...said, [language]: value } })
      }
    />
  ));
}
