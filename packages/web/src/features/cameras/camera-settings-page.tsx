import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answer, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { buildingsQuery } from '../rooms/index.ts';
import { useGoOn } from './add-camera-page.tsx';
import { CameraForm } from './camera-form.tsx';
import { emptyEntry } from './entry.ts';

const unknown = new ApiError('evacuation/camera-unknown', 404, 'No such camera.');

/** What is kept of one camera of a room; its address and its login are never shown. */
export function CameraSettingsPage({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('cameras');
  const query = useQuery(buildingsQuery(useApi()));
  const goOn = useGoOn();
  const cameras = query.data?.flatMap(({ rooms }) => rooms.flatMap((room) => room.cameras));
  const camera = cameras?.find(({ id }) => id === cameraId);
  return (
    <Page
      title={camera ? t('settingsOf', { name: camera.name }) : t('title')}
      back={{ to: '/rooms', text: t('back') }}
    >
      <Answer query={query} waiting={<Waiting rows={4} height={64} />}>
        {() =>
          camera ? (
            <CameraForm
              cameraId={cameraId}
              start={{
                ...emptyEntry,
                ...{ name: camera.name, roomId: camera.roomId },
                ...{ task: camera.watches, profile: camera.profile },
              }}
              onSaved={goOn}
            />
          ) : (
            <Failed error={unknown} />
          )
        }
      </Answer>
    </Page>
  );
}
