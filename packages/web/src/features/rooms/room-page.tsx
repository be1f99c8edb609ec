import { Switch } from '@mantine/core';
import IconCamera from '@tabler/icons-react/icons/IconCamera';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Accuracy } from '@vigie/contracts/commissioning';
import type { Camera, RoomSource, RoomView } from '@vigie/contracts/evacuation';
import { CameraHealth } from '@vigie/contracts/vision';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeOfDay } from '../../face/moment.tsx';
import { Answer, Empty, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { ApiError } from '../../platform/api.ts';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { CameraPicture, type Look } from './camera-picture.tsx';
import { ClearView } from './clear-view.tsx';
import { Doors } from './doors.tsx';
import { estimateTexts } from './estimate.ts';
import { PhoneLink } from './phone-link.tsx';
import { buildingsQuery, useViewpoint } from './queries.ts';
import { RemoveCamera } from './remove-camera.tsx';
import { countOf, FaceAge, FaceText, faceOfRoom, Warnings } from './room-tile.tsx';
import './rooms.css';

/** One room: its state, the live pictures it rests on, and how each camera is. */
export function RoomPage({ roomId }: { roomId: string }) {
  const { t } = useTranslation('rooms');
  const may = useMay();
  const [look, setLook] = useState<Look>({ mode: 'private', reason: '' });
  const [hasLabels, setLabels] = useState(false);
  const query = useQuery(buildingsQuery(useApi()));
  const building = query.data?.find(({ rooms }) => rooms.some(({ id }) => id === roomId));
  const room = building?.rooms.find(({ id }) => id === roomId);
  const canSeeClear = may('cameras.view-clear') && (room?.cameras.length ?? 0) > 0;
  return (
    <Page
      title={room?.name ?? t('title')}
      back={{ to: '/rooms', text: t('title') }}
      actions={
        <div className="page-actions">
          {room && may('town.write') && <AddCameras roomId={room.id} />}
          {may('cameras.view-private') && (
            <Switch
              label={t('labels')}
              checked={hasLabels}
              onChange={({ currentTarget }) => setLabels(currentTarget.checked)}
            />
          )}
          {canSeeClear && (
            <ClearView look={look} onLook={setLook} hasIncident={!!building?.activeIncidentId} />
          )}
        </div>
      }
    >
      <Answer query={query} waiting={<Waiting rows={2} height={280} />}>
        {() =>
          room ? (
            <RoomBody room={room} look={{ ...look, hasLabels }} />
          ) : (
            <Failed error={unknownRoom} />
          )
        }
      </Answer>
    </Page>
  );
}

function AddCameras({ roomId }: { roomId: string }) {
  const { t } = useTranslation('rooms');
  return (
    <>
      <Link to="/add-camera" search={{ roomId }} className="page-action">
        <IconCamera size={20} aria-hidden />
        {t('addCamera')}
      </Link>
      <PhoneLink roomId={roomId} />
    </>
  );
}

const unknownRoom = new ApiError('evacuation/room-unknown', 404, 'No such room.');

function RoomBody({ room, look }: { room: RoomView; look: Look }) {
  const view = useViewpoint();
  const face = faceOfRoom(room, view);
  return (
    <div className="room-page">
      <div
        className={`room-tile room-tile-${face.state} room-now`}
        data-testid="room-now"
        data-state={face.state}
        data-count={countOf(face)}
      >
        <FaceText face={face} />
        <FaceAge face={face} lastSeenAt={room.live.lastSeenAt} nowMs={view.nowMs} />
        <Warnings room={room} face={face} />
      </div>
      <Pictures cameras={room.cameras} look={look} />
      <Doors room={room} />
      <Sources room={room} />
    </div>
  );
}

function Pictures({ cameras, look }: { cameras: Camera[]; look: Look }) {
  const { t } = useTranslation('rooms');
  const may = useMay();
  if (cameras.length === 0) return <Empty text={t('noCameras')} />;
  if (!may('cameras.view-private')) return <Empty text={t('noPictureRight')} />;
  return (
    <div className={`pictures${cameras.length > 1 ? ' pictures-many' : ''}`}>
      {cameras.map((camera) => (
        <CameraPicture key={camera.id} camera={camera} look={look} />
      ))}
    </div>
  );
}

function Sources({ room }: { room: RoomView }) {
  const { t } = useTranslation('rooms');
  const may = useMay();
  if (room.live.sources.length === 0) return null;
  const mayRemove = may('town.write');
  const cameraOf = (id: string) => room.cameras.find((camera) => camera.id === id);
  const nameOf = (id: string) => cameraOf(id)?.name ?? id;
  return (
    <section className="section room-sources">
      <h2>{t('cameras')}</h2>
      <div className="card">
        <ScrollTable label={t('cameras')}>
          <thead>
            <tr>
              <th scope="col">{t('camera')}</th>
              <th scope="col">{t('health')}</th>
              <th scope="col">{t('count')}</th>
              <th scope="col">{t('newest')}</th>
              <th scope="col">{t('error')}</th>
              {mayRemove && <th scope="col">{t('settings')}</th>}
            </tr>
          </thead>
          <tbody>
            {room.live.sources.map((source) => (
              <tr key={source.cameraId}>
                <td>
                  {may('town.write') ? (
                    <Link to="/cameras/$cameraId" params={{ cameraId: source.cameraId }}>
                      {nameOf(source.cameraId)}
                    </Link>
                  ) : (
                    nameOf(source.cameraId)
                  )}
                </td>
                <td>
                  <Health source={source} />
                </td>
                <td>{source.count === 0 ? t('picture.nobody') : (source.count ?? '—')}</td>
                <td>{source.at ? <TimeOfDay at={source.at} /> : '—'}</td>
                <td>
                  <MeasuredError
                    cameraId={source.cameraId}
                    accuracy={cameraOf(source.cameraId)?.accuracy ?? null}
                  />
                </td>
                {mayRemove && (
                  <td>
                    <div className="source-acts">
                      <Link
                        to="/cameras/$cameraId/settings"
                        params={{ cameraId: source.cameraId }}
                        aria-label={t('settingsOf', { name: nameOf(source.cameraId) })}
                      >
                        {t('settings')}
                      </Link>
                      <RemoveCamera id={source.cameraId} name={nameOf(source.cameraId)} />
                    </div>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      </div>
    </section>
  );
}

interface MeasuredErrorProps {
  cameraId: string;
  accuracy: Accuracy | null;
}

/** How far the camera's counts were from the truth where it hangs, and the way to measure it. */
function MeasuredError({ cameraId, accuracy }: MeasuredErrorProps) {
  const { t } = useTranslation('rooms');
  const { language } = useTimeStyle();
  const mayMeasure = useMay()('town.write');
  const { value, low, high } = accuracy
    ? estimateTexts(accuracy.meanError, 'people', language)
    : { value: '', low: '', high: '' };
  return (
    <>
      {accuracy
        ? t('errorOf', { value, low, high, count: accuracy.moments })
        : !mayMeasure && t('errorUnknown')}{' '}
      {mayMeasure && (
        <Link to="/cameras/$cameraId/commissioning" params={{ cameraId }}>
          {t('measure')}
        </Link>
      )}
    </>
  );
}

/** What is wrong with a camera, or what hampers it while it counts. */
function Health({ source: { health, warnings } }: { source: RoomSource }) {
  const { t } = useTranslation('rooms');
  const known = CameraHealth.safeParse(health);
  if (!known.success) return health;
  if (warnings.length === 0)
    return (
      <span className={health === 'ok' ? '' : 'state-fault'}>{t(`health.${known.data}`)}</span>
    );
  return (
    <span className="state-fault">
      {t('hampered', { warnings: warnings.map((one) => t(`warning.${one}`)).join(', ') })}
    </span>
  );
}
