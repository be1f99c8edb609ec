import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Camera } from '@vigie/contracts/evacuation';
import type { Markings } from '@vigie/contracts/vision';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Failed, useErrorText, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { buildingsQuery, CameraPicture } from '../rooms/index.ts';
import { CalibrationFields } from './calibration-fields.tsx';
import { shapesOf, withPoints, wrongIn } from './draft.ts';
import { LineSides } from './line-sides.tsx';
import { AnchorField, LineList, ZoneList } from './mark-lists.tsx';
import { type NamedShape, PointEditor } from './point-editor.tsx';
import { useDraw } from './queries.ts';
import './cameras.css';

/** What is drawn on the picture of one camera: zones, lines at doors, and where its floor lies on the plan. */
export function CameraPage({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('cameras');
  const query = useQuery(buildingsQuery(useApi()));
  const cameras = query.data?.flatMap(({ rooms }) => rooms.flatMap((room) => room.cameras));
  const camera = cameras?.find(({ id }) => id === cameraId);
  return (
    <Page title={camera?.name ?? t('title')} back={{ to: '/rooms', text: t('back') }}>
      <Answer query={query} waiting={<Waiting rows={2} height={280} />}>
        {() => (camera ? <Drawing key={camera.id} camera={camera} /> : <Failed error={unknown} />)}
      </Answer>
    </Page>
  );
}

const unknown = new ApiError('evacuation/camera-unknown', 404, 'No such camera.');
const privateLook = { mode: 'private', reason: '' } as const;

function Drawing({ camera }: { camera: Camera }) {
  const { t } = useTranslation('cameras');
  const [draft, setDraft] = useState<Markings>(camera.markings);
  const shapes = useNamed(draft);
  return (
    <div className="camera-page">
      <div>
        <CameraPicture camera={camera} look={privateLook}>
          <PointEditor
            shapes={shapes}
            onPoints={(id, points) => setDraft((old) => withPoints(old, id, points))}
          >
            <LineSides lines={draft.lines} />
          </PointEditor>
        </CameraPicture>
        <p className="quiet small">{t('how')}</p>
      </div>
      <div className="camera-marks">
        <AnchorField draft={draft} onDraft={setDraft} />
        <ZoneList draft={draft} onDraft={setDraft} />
        <LineList draft={draft} onDraft={setDraft} watches={camera.watches} />
        <CalibrationFields draft={draft} onDraft={setDraft} />
        <Save camera={camera} draft={draft} onDraft={setDraft} />
      </div>
    </div>
  );
}

/** Every shape with the name by which it stands in the lists. */
function useNamed(draft: Markings): NamedShape[] {
  const { t } = useTranslation('cameras');
  return shapesOf(draft).map((shape) => {
    const zone = draft.zones.find(({ id }) => id === shape.id);
    if (zone) return { ...shape, name: t(`kind.${zone.kind}`), look: `mark-${zone.kind}` };
    return shape.kind === 'line'
      ? { ...shape, name: t('line'), look: 'mark-line' }
      : { ...shape, name: t('plan'), look: 'mark-plan' };
  });
}

interface SaveProps {
  camera: Camera;
  draft: Markings;
  onDraft: (draft: Markings) => void;
}

function Save({ camera, draft, onDraft }: SaveProps) {
  const { t } = useTranslation('cameras');
  const errorText = useErrorText();
  const drawing = useDraw(camera.id);
  const wrong = wrongIn(draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(camera.markings);
  return (
    <div className="camera-save">
      <div role="status" className="state-fault">
        {wrong.map((part) => (
          <p key={part}>{t(`wrong.${part}`)}</p>
        ))}
        {drawing.error && <p>{errorText(drawing.error)}</p>}
        {drawing.isSuccess && !isChanged && <p className="quiet">{t('saved')}</p>}
      </div>
      <Button
        disabled={!isChanged || wrong.length > 0}
        loading={drawing.isPending}
        onClick={() => drawing.mutate(draft)}
      >
        {t('save')}
      </Button>
      <Button variant="default" disabled={!isChanged} onClick={() => onDraft(camera.markings)}>
        {t('undo')}
      </Button>
      <p className="quiet small">{t('saveMeans')}</p>
    </div>
  );
}
