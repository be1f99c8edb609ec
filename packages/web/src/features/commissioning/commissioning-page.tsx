import { useQuery } from '@tanstack/react-query';
import type { Commissioning } from '@vigie/contracts/commissioning';
import type { RoomView } from '@vigie/contracts/evacuation';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { buildingsQuery, CameraPicture, ClearView, type Look } from '../rooms/index.ts';
import { AccuracyFigures } from './accuracy-figures.tsx';
import { ConfirmView } from './confirm-view.tsx';
import { MomentList } from './moment-list.tsx';
import { commissioningQuery, useConfirmView } from './queries.ts';
import { TakeMoment } from './take-moment.tsx';
import './commissioning.css';

/** A camera is measured where it hangs: somebody counts, and never sees beforehand what the camera counted. */
export function CommissioningPage({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('commissioning');
  const may = useMay();
  const [look, setLook] = useState<Look>({ mode: 'private', reason: '' });
  const api = useApi();
  const query = useQuery(commissioningQuery(api, cameraId));
  const buildings = useQuery(buildingsQuery(api)).data ?? [];
  const building = buildings.find(({ rooms }) => rooms.some((room) => cameraIn(room, cameraId)));
  const camera = building?.rooms.map((room) => cameraIn(room, cameraId)).find(Boolean);
  return (
    <Page
      title={t('title', { camera: camera?.name ?? cameraId })}
      back={{ to: '/rooms', text: t('rooms') }}
      actions={
        may('cameras.view-clear') && (
          <ClearView look={look} onLook={setLook} hasIncident={!!building?.activeIncidentId} />
        )
      }
    >
      <Answer query={query} waiting={<Waiting rows={2} height={280} />}>
        {(commissioning) =>
          camera && <Body commissioning={commissioning} camera={camera} look={look} />
        }
      </Answer>
    </Page>
  );
}

const cameraIn = ({ cameras }: RoomView, id: string) => cameras.find((camera) => camera.id === id);

interface BodyProps {
  commissioning: Commissioning;
  camera: RoomView['cameras'][number];
  look: Look;
}

function Body({ commissioning, camera, look }: BodyProps) {
  const { t } = useTranslation('commissioning');
  /** Time of the picture on the screen; `undefined`: there is none, or it is old. */
  const [shownAt, setShownAt] = useState<string>();
  const [heldAt, setHeldAt] = useState<string>();
  const confirm = useConfirmView(camera.id);
  return (
    <>
      <p className="commissioning-intro">{t('intro')}</p>
      <div className="commissioning-work">
        <CameraPicture
          camera={camera}
          look={look}
          blind={{ isHeld: heldAt !== undefined, onPicture: setShownAt }}
        />
        <TakeMoment
          cameraId={camera.id}
          taken={commissioning.moments.length}
          shownAt={shownAt}
          heldAt={heldAt}
          onHold={setHeldAt}
        />
      </div>
      <AccuracyFigures commissioning={commissioning} />
      <MomentList commissioning={commissioning} />
      <ConfirmView
        viewSince={commissioning.viewSince}
        hint={t('viewHint')}
        warn={t('confirmWarn')}
        confirm={confirm}
      />
    </>
  );
}
