import type { Board, RoomView } from '@vigie/contracts/evacuation';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, TimeOfDay } from '../../face/moment.tsx';
import { useNow } from '../../platform/react.tsx';
import { stopwatchText } from '../../platform/time.ts';
import { faceOf, staleAfterMs, sumOf, type Viewpoint } from '../rooms/index.ts';
import { frozenFace, isNeverConfirmed } from './board.ts';
import type { BoardRoomsProps } from './board-floors.tsx';
import { BoardRooms } from './board-rooms.tsx';
import { BlindCameras, BoardTotals } from './board-totals.tsx';
import { KindShape } from './kind-shape.tsx';
import { countedFace, type StandingFace, standingFace } from './standing.ts';
import './alarm.css';

interface BoardBodyProps {
  board: Board;
  /** When and how it is looked at: now, or at a moment of the past. */
  view: Viewpoint;
  /** Since when nothing comes from the server, the browser's epoch milliseconds; null: it does. */
  cutSinceMs: number | null;
  camerasOf: (roomId: string) => RoomView['cameras'];
  actionsFor?: BoardRoomsProps['actionsFor'];
  plan: BoardRoomsProps['plan'];
}

/** What the board shows, whoever looks. */
export function BoardBody(props: BoardBodyProps) {
  const { board, view, cutSinceMs, camerasOf, actionsFor, plan } = props;
  const { t } = useTranslation('alarm');
  const rows = board.rooms.map((row) => {
    const cameras = camerasOf(row.room.id);
    const face = faceOf(row.live, staleAfterMs(cameras), view);
    return { row, cameras, face, standing: standingFace(row, face, view.isLate) };
  });
  const sum = sumOf(rows.map(({ standing, face }) => countedFace(standing, face)));
  const inState = (kind: StandingFace['kind']) =>
    rows.filter(({ standing }) => standing.kind === kind).length;
  const rooms = {
    contradiction: inState('contradiction'),
    swept: inState('swept'),
    empty: inState('empty'),
    neverConfirmed: board.rooms.filter(isNeverConfirmed).length,
  };
  return (
    <>
      <BoardHead board={board} nowMs={view.nowMs} />
      {cutSinceMs !== null && <ConnectionCut sinceMs={cutSinceMs} />}
      {board.logDelayedSince && (
        <p className="board-none">
          <Around text={t('logDelayed', { when: '\0' })}>
            <TimeOfDay at={board.logDelayedSince} />
          </Around>
        </p>
      )}
      <BoardTotals
        sum={sum}
        frozen={sumOf(board.rooms.map(frozenFace))}
        rooms={rooms}
        board={board}
      />
      <Said text={t('spoken', { ...rooms, people: sum.withPeople, unknown: sum.unknown })} />
      <BlindCameras board={board} />
      <BoardRooms rooms={rows} plan={plan} actionsFor={actionsFor} />
    </>
  );
}

/** Read aloud when it changes, politely and not more often than a person can listen. */
function Said({ text }: { text: string }) {
  const [said, setSaid] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), SPOKEN_EVERY_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}

const SPOKEN_EVERY_MS = 3000;

function BoardHead({ board: { incident }, nowMs }: { board: Board; nowMs: number }) {
  const { t } = useTranslation('alarm');
  const endMs = incident.endedAt ? Date.parse(incident.endedAt) : nowMs;
  return (
    <header className={`board-head alarm-${incident.endedAt ? 'test' : incident.kind}`}>
      <KindShape kind={incident.kind} size={56} />
      <div className="board-head-text">
        <h1>
          {t(`kind.${incident.kind}`)} · {incident.buildingName}
        </h1>
        <p>
          {incident.endedAt ? (
            <Around text={t('ended', { when: '\0', who: incident.endedBy ?? '—' })}>
              <TimeOfDay at={incident.endedAt} />
            </Around>
          ) : (
            <Around text={t('by', { when: '\0', who: incident.startedBy })}>
              <TimeOfDay at={incident.startedAt} />
            </Around>
          )}
        </p>
      </div>
      <div className="board-clock" role="timer">
        {stopwatchText(endMs - Date.parse(incident.startedAt))}
      </div>
    </header>
  );
}

function ConnectionCut({ sinceMs }: { sinceMs: number }) {
  const { t } = useTranslation('alarm');
  useNow();
  return (
    <p className="board-cut hatched">
      <strong>{t('cut', { since: stopwatchText(Date.now() - sinceMs) })}</strong>
    </p>
  );
}
