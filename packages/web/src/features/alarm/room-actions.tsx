import { Modal } from '@mantine/core';
import type { BoardRoom, Incident, RoomView } from '@vigie/contracts/evacuation';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonForm } from '../../face/reason-form.tsx';
import { useMay } from '../accounts/index.ts';
import { CameraPicture, ClearView, type Look } from '../rooms/index.ts';
import { drawId } from './outbox.ts';
import { useOverride } from './queries.ts';
import type { StandingFace } from './standing.ts';

interface RoomActionsProps {
  incident: Incident;
  row: BoardRoom;
  standing: StandingFace;
  cameras: RoomView['cameras'];
}

/** What can be done about a room from the board: look at its pictures, or answer for it. */
export function RoomActions({ incident, row, standing, cameras }: RoomActionsProps) {
  const may = useMay();
  const { t } = useTranslation('alarm');
  const mayHold = ['people', 'contradiction', 'unknown'].includes(standing.kind);
  if (!mayHold || incident.endedAt) return null;
  return (
    <span className="board-actions">
      {cameras.length > 0 && may('cameras.view-private') && (
        <Opener word={t('pictures')} title={row.room.name} size="xl">
          {() => <Pictures cameras={cameras} />}
        </Opener>
      )}
      {standing.kind === 'contradiction' && may('alarm.end') && (
        <Opener word={t('override.do')} title={t('override.title', { room: row.room.name })}>
          {(close) => <OverrideForm incidentId={incident.id} roomId={row.room.id} onDone={close} />}
        </Opener>
      )}
    </span>
  );
}

interface OpenerProps {
  word: string;
  title: string;
  size?: string;
  children: (close: () => void) => React.ReactNode;
}

/** A button of the board and the window it opens; the window says which room it is about. */
function Opener({ word, title, size = 'md', children }: OpenerProps) {
  const { t } = useTranslation('face');
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        className="board-action"
        aria-label={`${word} : ${title}`}
        onClick={() => setOpen(true)}
      >
        {word}
      </button>
      <Modal
        closeButtonProps={{ 'aria-label': t('close') }}
        opened={isOpen}
        onClose={close}
        title={title}
        size={size}
        centered
      >
        {children(close)}
      </Modal>
    </>
  );
}

function Pictures({ cameras }: Pick<RoomActionsProps, 'cameras'>) {
  const canSeeClear = useMay()('cameras.view-clear');
  const [look, setLook] = useState<Look>({ mode: 'private', reason: '' });
  return (
    <div className="board-pictures">
      {cameras.map((camera) => (
        <CameraPicture key={camera.id} camera={camera} look={look} />
      ))}
      {canSeeClear && <ClearView look={look} onLook={setLook} hasIncident />}
    </div>
  );
}

interface OverrideFormProps {
  incidentId: string;
  roomId: string;
  onDone: () => void;
}

function OverrideForm({ incidentId, roomId, onDone }: OverrideFormProps) {
  const { t } = useTranslation('alarm');
  const override = useOverride(incidentId);
  const [id] = useState(drawId);
  return (
    <ReasonForm
      label={t('override.reason')}
      description={t('override.why')}
      missing={t('endMissing')}
      confirm={t('override.confirm')}
      error={override.error}
      isPending={override.isPending}
      onReason={(reason) => override.mutate({ id, roomId, reason }, { onSuccess: onDone })}
    />
  );
}
