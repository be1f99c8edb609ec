import IconCamera from '@tabler/icons-react/icons/IconCamera';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ParkingCamera } from '@vigie/contracts/parking-cameras';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { CameraHealthLine } from './camera-page.tsx';
import { parkingCamerasQuery } from './queries.ts';
import './devices.css';

/** The cameras that watch parking spaces. */
export function CamerasPage() {
  const { t } = useTranslation('devices');
  const may = useMay()('town.write');
  const cameras = useQuery(parkingCamerasQuery(useApi()));
  return (
    <Page
      title={t('cameras')}
      back={{ to: '/devices', text: t('title') }}
      actions={
        may && (
          <Link to="/add-camera" search={{ task: 'parking' }} className="page-action">
            <IconCamera size={20} aria-hidden />
            {t('addCamera')}
          </Link>
        )
      }
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
