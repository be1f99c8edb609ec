import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { PasswordField } from '../../face/password-field.tsx';
import { useApi } from '../../platform/react.tsx';
import { buildingsQuery } from '../rooms/index.ts';
import { type CameraEntry, canTry, type Task, tasks, trialOf } from './entry.ts';
import { useSaveCamera } from './queries.ts';
import { Trial } from './trial-result.tsx';

const profiles = ['quick', 'standard', 'crowded'] as const;

interface CameraFormProps {
  start: CameraEntry;
  /** Of a camera that is there already; its task stays over parking spaces, or in a room. */
  cameraId?: string;
  /** How its address is shown where it was found on the network; absent: it is typed in. */
  found?: string;
  onSaved: (camera: { id: string; task: Task }) => void;
}

/** One camera: what it looks at, how it is reached, and whether it answers. Nothing is kept before it is saved. */
export function CameraForm({ start, cameraId, found, onSaved }: CameraFormProps) {
  const { t } = useTranslation('cameras');
  const [entry, setEntry] = useState(start);
  const save = useSaveCamera(cameraId);
  const set = (part: Partial<CameraEntry>) => setEntry({ ...entry, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(entry, { onSuccess: (id) => onSaved({ id, task: entry.task }) });
  };
  return (
    <form className="camera-form" onSubmit={submit}>
      <TextInput
        label={t('name')}
        required
        maxLength={80}
        value={entry.name}
        onChange={({ currentTarget: { value } }) => set({ name: value })}
      />
      <TaskFields entry={entry} onEntry={set} isKept={cameraId !== undefined} />
      {found === undefined ? (
        <AddressFields entry={entry} onEntry={set} isKept={cameraId !== undefined} />
      ) : (
        <p>
          {t('foundAt')} <code className="camera-address">{found}</code>
        </p>
      )}
      <Trial wish={canTry(entry, cameraId) ? trialOf(entry, cameraId) : undefined} />
      {save.error && <Failed error={save.error} />}
      <Button type="submit" loading={save.isPending}>
        {t(cameraId === undefined ? 'addCamera' : 'saveCamera')}
      </Button>
      <p className="quiet small">{t('sealed')}</p>
    </form>
  );
}

interface FieldsProps {
  entry: CameraEntry;
  onEntry: (part: Partial<CameraEntry>) => void;
  isKept: boolean;
}

function TaskFields({ entry, onEntry, isKept }: FieldsProps) {
  const { t } = useTranslation('cameras');
  const isParking = entry.task === 'parking';
  const offered = tasks.filter((task) => !isKept || (task === 'parking') === isParking);
  return (
    <>
      <NativeSelect
        label={t('task')}
        value={entry.task}
        data={offered.map((value) => ({ value, label: t(`task.${value}`) }))}
        onChange={({ currentTarget: { value } }) =>
          onEntry({ task: tasks.find((task) => task === value) ?? 'room' })
        }
      />
      {!isParking && <RoomField entry={entry} onEntry={onEntry} />}
      {!isParking && (
        <NativeSelect
          label={t('profile')}
          description={t(`profileMeans.${entry.profile}`)}
          value={entry.profile}
          data={profiles.map((value) => ({ value, label: t(`profile.${value}`) }))}
          onChange={({ currentTarget: { value } }) =>
            onEntry({ profile: profiles.find((profile) => profile === value) ?? 'standard' })
          }
        />
      )}
    </>
  );
}

/** Rooms by building; one that must not be filmed is offered for its door only. */
function RoomField({ entry, onEntry }: Omit<FieldsProps, 'isKept'>) {
  const { t } = useTranslation('cameras');
  const buildings = useQuery(buildingsQuery(useApi())).data ?? [];
  return (
    <NativeSelect
      label={t('room')}
      description={t('roomMeans')}
      required
      value={entry.roomId}
      data={[
        { value: '', label: t('choose'), disabled: true },
        ...buildings.map(({ name, rooms }) => ({
          group: name,
          items: rooms.map((room) => ({
            value: room.id,
            label: room.isFilmFree ? t('filmFree', { room: room.name }) : room.name,
            disabled: room.isFilmFree === true && entry.task === 'room',
          })),
        })),
      ]}
      onChange={({ currentTarget: { value } }) => onEntry({ roomId: value })}
    />
  );
}

function AddressFields({ entry, onEntry, isKept }: FieldsProps) {
  const { t } = useTranslation('cameras');
  return (
    <fieldset className="camera-part camera-address-fields">
      <legend>{t('address')}</legend>
      <TextInput
        label={t('source')}
        description={t(isKept ? 'sourceKept' : 'sourceMeans')}
        required={!isKept}
        type="url"
        inputMode="url"
        pattern="(rtsps?|https?)://.+"
        autoComplete="off"
        placeholder="rtsp://192.168.1.20:554/sub"
        value={entry.source}
        onChange={({ currentTarget: { value } }) => onEntry({ source: value })}
      />
      <LoginFields entry={entry} onEntry={onEntry} />
    </fieldset>
  );
}

/** Name and password of the camera itself; browsers must not offer those of the person. */
export function LoginFields({
  entry: { username, password },
  onEntry,
}: {
  entry: Pick<CameraEntry, 'username' | 'password'>;
  onEntry: (part: { username?: string; password?: string }) => void;
}) {
  const { t } = useTranslation('cameras');
  return (
    <div className="camera-login">
      <TextInput
        label={t('username')}
        autoComplete="off"
        autoCapitalize="none"
        maxLength={200}
        required={password !== ''}
        value={username}
        onChange={({ currentTarget: { value } }) => onEntry({ username: value })}
      />
      <PasswordField
        label={t('password')}
        autoComplete="new-password"
        maxLength={200}
        value={password}
        onChange={({ currentTarget: { value } }) => onEntry({ password: value })}
      />
    </div>
  );
}
