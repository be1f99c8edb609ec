import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../face/page.tsx';
import { CameraForm } from './camera-form.tsx';
import { emptyEntry, type Task } from './entry.ts';

/** From where a camera is added; what is known of it then. */
export interface AddCameraFrom {
  roomId?: string;
  task?: Task;
}

/** A new camera, by its address. */
export function AddCameraPage({ roomId = '', task = 'room' }: AddCameraFrom) {
  const { t } = useTranslation('cameras');
  const goOn = useGoOn();
  return (
    <Page
      title={t('addCamera')}
      back={
        task === 'parking'
          ? { to: '/devices', text: t('devices') }
          : { to: '/rooms', text: t('back') }
      }
    >
      <p>
        {t('addHow')} <Link to="/find-cameras">{t('find')}</Link>
      </p>
      <CameraForm start={{ ...emptyEntry, roomId, task }} onSaved={goOn} />
    </Page>
  );
}

/** To where the camera is drawn upon. */
export function useGoOn(): (camera: { id: string; task: Task }) => void {
  const navigate = useNavigate();
  return ({ id: cameraId, task }) =>
    void navigate({
      to: task === 'parking' ? '/devices/cameras/$cameraId' : '/cameras/$cameraId',
      params: { cameraId },
    });
}
