import { Button, Select } from '@mantine/core';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SpaceView } from '@vigie/contracts/parking';
import type { ParkingCamera } from '@vigie/contracts/parking-cameras';
import type { NormPolygon, WatchedSpace } from '@vigie/contracts/vision';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { ConfirmView } from '../commissioning/index.ts';
import { spacesQuery } from '../parking/index.ts';
import { CameraFrame } from '../rooms/index.ts';
import { nextOutline } from './outline.ts';
import { OutlineEditor } from './outline-editor.tsx';
import { parkingCamerasQuery, useConfirmView, useDrawSpaces } from './queries.ts';
import './devices.css';

/** One parking camera: its picture, the spaces drawn on it, and what it says of each. */
export function ParkingCameraPage({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('devices');
  const mayChange = useMay()('town.write');
  const cameras = useQuery(parkingCamerasQuery(useApi()));
  const camera = cameras.data?.find(({ id }) => id === cameraId);
  return (
    <Page
      title={camera?.name ?? t('cameras')}
      back={{ to: '/devices/cameras', text: t('cameras') }}
      actions={
        camera &&
        mayChange && (
          <Link to="/devices/cameras/$cameraId/settings" params={{ cameraId }}>
            {t('cameraSettings')}
          </Link>
        )
      }
    >
      <Answer query={cameras} waiting={<Waiting rows={1} height={360} />}>
        {() =>
          camera ? (
            <Fragment key={camera.id}>
              <Drawing camera={camera} />
              <View camera={camera} />
            </Fragment>
          ) : (
            <Empty text={t('noCamera')} hint={t('noCameraHint')} />
          )
        }
      </Answer>
    </Page>
  );
}

function Drawing({ camera }: { camera: ParkingCamera }) {
  const { t } = useTranslation('devices');
  const mayDraw = useMay()('devices.write');
  const all = useQuery(spacesQuery(useApi())).data ?? [];
  const save = useDrawSpaces(camera.id);
  const [draft, setDraft] = useState<WatchedSpace[]>();
  const [chosen, setChosen] = useState<string>();
  const spaces = draft ?? camera.spaces;
  const labelOf = (id: string) => all.find((space) => space.id === id)?.label ?? id;
  const draw = (spaceId: string, polygon: NormPolygon) =>
    setDraft(spaces.map((space) => (space.spaceId === spaceId ? { spaceId, polygon } : space)));
  const add = (spaceId: string) => {
    setDraft([...spaces, { spaceId, polygon: nextOutline(spaces.at(-1)?.polygon) }]);
    setChosen(spaceId);
  };
  const remove = (spaceId: string) => setDraft(spaces.filter((space) => space.spaceId !== spaceId));
  return (
    <div className="camera-drawing">
      <CameraFrame cameraId={camera.id} label={t('pictureOf', { camera: camera.name })}>
        <OutlineEditor
          {...{ spaces, labelOf, chosen, mayDraw }}
          onChoose={setChosen}
          onDraw={draw}
        />
      </CameraFrame>
      <section aria-label={t('drawnSpaces')}>
        <CameraHealthLine camera={camera} />
        {mayDraw && <AddSpace all={all} drawn={spaces} onAdd={add} />}
        <SpaceList
          {...{ camera, spaces, labelOf, chosen }}
          onChoose={setChosen}
          onRemove={mayDraw ? remove : undefined}
        />
        {save.error && <Failed error={save.error} />}
        {draft && (
          <div className="page-actions">
            <Button
              loading={save.isPending}
              onClick={() => save.mutate(draft, { onSuccess: () => setDraft(undefined) })}
            >
              {t('saveOutlines')}
            </Button>
            <Button variant="default" onClick={() => setDraft(undefined)}>
              {t('discardOutlines')}
            </Button>
          </div>
        )}
        {mayDraw && <p className="quiet small">{t('drawHint')}</p>}
      </section>
    </div>
  );
}

function View({ camera: { id, viewSince } }: { camera: ParkingCamera }) {
  const { t } = useTranslation('devices');
  const may = useMay()('devices.write');
  const confirm = useConfirmView(id);
  if (!may) return null;
  return (
    <ConfirmView
      {...{ viewSince, confirm }}
      hint={t('cameraViewHint')}
      warn={t('cameraViewWarn')}
    />
  );
}

/** How the camera is, as a word; everything but `ok` means that nothing is known of its spaces. */
export function CameraHealthLine({ camera: { health } }: { camera: ParkingCamera }) {
  const { t } = useTranslation('devices');
  return (
    <p className={health === 'ok' ? 'quiet' : 'state-fault'}>{t(`camera.${health ?? 'silent'}`)}</p>
  );
}

interface AddSpaceProps {
  all: readonly SpaceView[];
  drawn: readonly WatchedSpace[];
  onAdd: (spaceId: string) => void;
}

/** So many are offered at once; typing narrows them. */
const mostOffered = 50;

function AddSpace({ all, drawn, onAdd }: AddSpaceProps) {
  const { t } = useTranslation('devices');
  const left = all.filter(({ id }) => !drawn.some(({ spaceId }) => spaceId === id));
  return (
    <Select
      label={t('drawSpace')}
      searchable
      limit={mostOffered}
      nothingFoundMessage={t('noSpace')}
      value={null}
      onChange={(id) => id && onAdd(id)}
      data={left.map(({ id, label, address, zoneName }) => ({
        value: id,
        label: `${label} · ${address || zoneName}`,
      }))}
    />
  );
}

interface SpaceListProps {
  camera: ParkingCamera;
  spaces: readonly WatchedSpace[];
  labelOf: (spaceId: string) => string;
  chosen: string | undefined;
  onChoose: (spaceId: string) => void;
  /** `undefined`: not allowed. */
  onRemove: ((spaceId: string) => void) | undefined;
}

function SpaceList({ camera, spaces, labelOf, chosen, onChoose, onRemove }: SpaceListProps) {
  const { t } = useTranslation('devices');
  if (spaces.length === 0) return <Empty text={t('noOutlines')} />;
  return (
    <ul className="device-list card" aria-label={t('drawnSpaces')}>
      {spaces.map(({ spaceId }) => (
        <li key={spaceId} className="drawn-space" data-testid={`drawn-${spaceId}`}>
          <button
            type="button"
            className="drawn-name"
            aria-pressed={spaceId === chosen}
            onClick={() => onChoose(spaceId)}
          >
            {t('space', { label: labelOf(spaceId) })}
          </button>
          <OccupancyWord camera={camera} spaceId={spaceId} />
          {onRemove && (
            <Button
              variant="subtle"
              color="gray"
              aria-label={t('removeOutline', { space: labelOf(spaceId) })}
              onClick={() => onRemove(spaceId)}
            >
              <IconTrash size={18} aria-hidden />
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function OccupancyWord({ camera, spaceId }: { camera: ParkingCamera; spaceId: string }) {
  const { t } = useTranslation('devices');
  const told = camera.occupancy.find((space) => space.spaceId === spaceId);
  const occupied = told?.occupied ?? null;
  if (occupied === null) return <span className="state-fault">{t('occupancy.unknown')}</span>;
  return (
    <span className={occupied ? '' : 'quiet'}>
      {t(occupied ? 'occupancy.taken' : 'occupancy.free')}
    </span>
  );
}
