import { Button, Modal, TextInput } from '@mantine/core';
import IconCamera from '@tabler/icons-react/icons/IconCamera';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ParkingCamera } from '@vigie/contracts/parking-cameras';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { CameraHealthLine } from './camera-page.tsx';
import { IdField } from './device-fields.tsx';
import { type CameraEntry, parkingCamerasQuery, useAddCamera } from './queries.ts';
import './devices.css';

/** The cameras that watch parking spaces. */
export function CamerasPage() {
  const { t } = useTranslation(['devices', 'face']);
  const may = useMay()('devices.write');
  const cameras = useQuery(parkingCamerasQuery(useApi()));
  const [isAdding, setAdding] = useState(false);
  return (
    <Page
      title={t('cameras')}
      back={{ to: '/devices', text: t('title') }}
      actions={may && <Button onClick={() => setAdding(true)}>{t('addCamera')}</Button>}
    >
      <Answer query={cameras} waiting={<Waiting rows={3} height={64} />}>
        {(all) =>
          all.length === 0 ? (
            <Empty
              icon={<IconCamera size={22} aria-hidden />}
              text={t('noCameras')}
              hint={t('noCamerasHint')}
            />
          ) : (
            <ul className="device-list card" aria-label={t('cameras')}>
              {all.map((camera) => (
                <CameraRow key={camera.id} camera={camera} />
              ))}
            </ul>
          )
        }
      </Answer>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isAdding}
        onClose={() => setAdding(false)}
        title={t('addCamera')}
        centered
      >
        <CameraForm onDone={() => setAdding(false)} />
      </Modal>
    </Page>
  );
}

function CameraRow({ camera }: { camera: ParkingCamera }) {
  const { t } = useTranslation('devices');
  const taken = camera.occupancy.filter(({ occupied }) => occupied === true).length;
  const known = camera.occupancy.filter(({ occupied }) => occupied !== null).length;
  const total = camera.spaces.length;
  return (
    <li className="camera-row" data-testid={`camera-${camera.id}`}>
      <Link to="/devices/cameras/$cameraId" params={{ cameraId: camera.id }}>
        {camera.name}
      </Link>
      <CameraHealthLine camera={camera} />
      <span className="quiet small">
        {t('takenOf', { taken, total })}
        {known < total && ` · ${t('unknownOf', { count: total - known })}`}
      </span>
    </li>
  );
}

function CameraForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('devices');
  const add = useAddCamera();
  const [entry, setEntry] = useState<CameraEntry>({ id: '', name: '', source: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(entry, { onSuccess: onDone });
  };
  return (
    <form className="device-form" onSubmit={submit}>
      <TextInput
        label={t('cameraName')}
        required
        maxLength={80}
        value={entry.name}
        onChange={({ currentTarget: { value } }) => setEntry({ ...entry, name: value })}
      />
      <IdField
        label={t('cameraId')}
        value={entry.id}
        onChange={(id) => setEntry({ ...entry, id })}
      />
      <TextInput
        label={t('cameraSource')}
        description={t('cameraSourceHint')}
        required
        type="url"
        autoComplete="off"
        value={entry.source}
        onChange={({ currentTarget: { value } }) => setEntry({ ...entry, source: value })}
      />
      {add.error && <Failed error={add.error} />}
      <Button type="submit" loading={add.isPending}>
        {t('addCamera')}
      </Button>
    </form>
  );
}
