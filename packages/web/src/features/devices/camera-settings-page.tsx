import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { CameraForm, emptyEntry } from '../cameras/index.ts';
import { RemoveCamera } from '../rooms/index.ts';
import { parkingCamerasQuery } from './queries.ts';

/** What is kept of one parking camera; its address and its login are never shown. */
export function ParkingCameraSettingsPage({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('devices');
  const navigate = useNavigate();
  const cameras = useQuery(parkingCamerasQuery(useApi()));
  const camera = cameras.data?.find(({ id }) => id === cameraId);
  const goBack = () => void navigate({ to: '/devices/cameras' });
  return (
    <Page
      title={camera?.name ?? t('cameras')}
      back={{ to: '/devices/cameras', text: t('cameras') }}
      actions={
        camera && (
          <RemoveCamera
            {...{ id: cameraId, name: camera.name }}
            path="/parking-cameras"
            onRemoved={goBack}
          />
        )
      }
    >
      <Answer query={cameras} waiting={<Waiting rows={4} height={64} />}>
        {() =>
          camera ? (
            <CameraForm
              cameraId={cameraId}
              start={{ ...emptyEntry, name: camera.name, task: 'parking' }}
              onSaved={goBack}
            />
          ) : (
            <Empty text={t('noCamera')} hint={t('noCameraHint')} />
          )
        }
      </Answer>
    </Page>
  );
}
