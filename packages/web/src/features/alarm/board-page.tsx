import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Board, BoardRoom, RoomView } from '@vigie/contracts/evacuation';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, TimeOfDay } from '../../face/moment.tsx';
import { Answer, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { keepAwake } from '../../platform/keep-awake.ts';
import { useApi, useConnection, useNow } from '../../platform/react.tsx';
import { stopwatchText } from '../../platform/time.ts';
import { useMay } from '../accounts/index.ts';
import {
  buildingsQuery,
  faceOf,
  staleAfterMs,
  sumOf,
  useViewpoint,
  type Viewpoint,
} from '../rooms/index.ts';
import { AssemblyAlone } from './assembly.tsx';
import { frozenFace } from './board.ts';
import { BoardLinkButton } from './board-link.tsx';
import { BoardRow } from './board-row.tsx';
import { BoardTotals } from './board-totals.tsx';
import { EndIncident } from './end-incident.tsx';
import { KindShape } from './kind-shape.tsx';
import { boardQuery } from './queries.ts';
import { RoomActions } from './room-actions.tsx';
import { SoundAlarm } from './sound-alarm.tsx';
import { countedFace, type StandingFace, standingFace } from './standing.ts';
import './alarm.css';

/** The board of an incident: who is still where, biggest need first. Fills the screen, has no menus. */
export function BoardPage({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('alarm');
  useWindowTitle(t('board'));
  useEffect(() => keepAwake(), []);
  const may = useMay();
  const view = useViewpoint();
  const { downSinceMs } = useConnection();
  const camerasOf = useCameras();
  const board = useQuery(boardQuery(useApi(), incidentId));
  return (
    <main className="board">
      <Answer query={board} waiting={<Waiting rows={5} height={110} />}>
        {(data) => (
          <BoardBody
            board={data}
            view={view}
            cutSinceMs={view.isLate ? downSinceMs : null}
            camerasOf={camerasOf}
            headAction={<SoundAlarm />}
            actionsFor={(row, standing) => (
              <RoomActions
                incident={data.incident}
                row={row}
                standing={standing}
                cameras={camerasOf(row.room.id)}
              />
            )}
          />
        )}
      </Answer>
      {board.data && may('rooms.declare-empty') && <AssemblyAlone board={board.data} />}
      <footer className="board-foot">
        <Link to="/rooms" className="board-leave">
          {t('leave')}
        </Link>
        <Link to="/incidents/$incidentId/report" params={{ incidentId }} className="board-leave">
          {t('toReport')}
        </Link>
        {board.data && !board.data.incident.endedAt && may('rooms.declare-empty') && (
          <Link to="/incidents/$incidentId/sweep" params={{ incidentId }} className="board-leave">
            {t('sweep.title')}
          </Link>
        )}
        {board.data && may('alarm.end') && <BoardLinkButton incidentId={incidentId} />}
        {board.data && <EndIncident incident={board.data.incident} />}
      </footer>
    </main>
  );
}

interface BoardBodyProps {
  board: Board;
  /** When and how it is looked at: now, or at a moment of the past. */
  view: Viewpoint;
  /** Since when nothing comes from the server, the browser's epoch milliseconds; null: it does. */
  cutSinceMs: number | null;
  camerasOf: (roomId: string) => RoomView['cameras'];
  actionsFor?: (row: BoardRoom, standing: StandingFace) => ReactNode;
  /** Beside the clock. */
  headAction?: ReactNode;
  /** The floor plan, before the rooms. */
  plan?: ReactNode;
}

/** Above so many rooms they stand beside each other, so that all fit one screen. */
const MOST_ROWS = 8;

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
  };
  return (
    <>
      <BoardHead board={board} nowMs={view.nowMs} action={props.headAction} />
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
      {plan}
      {rows.length === 0 && <p className="board-none">{t('noRooms')}</p>}
      <ol className={rows.length > MOST_ROWS ? 'board-rows board-rows-dense' : 'board-rows'}>
        {rows.map(({ row, face, standing, cameras }) => (
          <BoardRow
            key={row.room.id}
            row={row}
            face={face}
            standing={standing}
            cameras={cameras}
            actions={actionsFor?.(row, standing)}
          />
        ))}
      </ol>
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

/** The cameras of each room; none while they are not known. */
function useCameras(): (roomId: string) => RoomView['cameras'] {
  const buildings = useQuery(buildingsQuery(useApi())).data ?? [];
  const cameras = new Map(
    buildings.flatMap(({ rooms }) => rooms.map((room) => [room.id, room.cameras])),
  );
  return (roomId) => cameras.get(roomId) ?? [];
}

interface BoardHeadProps {
  board: Board;
  nowMs: number;
  action: ReactNode;
}

function BoardHead({ board: { incident }, nowMs, action }: BoardHeadProps) {
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
      {action}
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
