import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Board, RoomView } from '@vigie/contracts/evacuation';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, TimeOfDay } from '../../face/moment.tsx';
import { Answer, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { useApi, useConnection } from '../../platform/react.tsx';
import { stopwatchText } from '../../platform/time.ts';
import {
  buildingsQuery,
  faceOf,
  staleAfterMs,
  sumOf,
  useViewpoint,
  type Viewpoint,
} from '../rooms/index.ts';
import { frozenFace } from './board.ts';
import { BoardRow } from './board-row.tsx';
import { BoardTotals } from './board-totals.tsx';
import { EndIncident } from './end-incident.tsx';
import { KindShape } from './kind-shape.tsx';
import { boardQuery } from './queries.ts';
import './alarm.css';

/** The board of an incident: who is still where, biggest need first. Fills the screen, has no menus. */
export function BoardPage({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('alarm');
  useWindowTitle(t('board'));
  const board = useQuery(boardQuery(useApi(), incidentId));
  return (
    <main className="board">
      <Answer query={board} waiting={<Waiting rows={5} height={110} />}>
        {(data) => <LiveBoard board={data} />}
      </Answer>
      <footer className="board-foot">
        <Link to="/rooms" className="board-leave">
          {t('leave')}
        </Link>
        <Link to="/incidents/$incidentId/report" params={{ incidentId }} className="board-leave">
          {t('toReport')}
        </Link>
        {board.data && <EndIncident incident={board.data.incident} />}
      </footer>
    </main>
  );
}

function LiveBoard({ board }: { board: Board }) {
  return (
    <BoardView board={board} view={useViewpoint()}>
      <ConnectionCut />
    </BoardView>
  );
}

interface BoardViewProps {
  board: Board;
  /** When and how it is looked at: now, or at a moment of the past. */
  view: Viewpoint;
  children?: ReactNode;
}

/** A board as it looks from a viewpoint. `children` stand below its head. */
export function BoardView({ board, view, children }: BoardViewProps) {
  const { t } = useTranslation('alarm');
  const camerasOf = useCameras();
  const rows = board.rooms.map((row) => {
    const cameras = camerasOf(row.room.id);
    return { row, cameras, face: faceOf(row.live, staleAfterMs(cameras), view) };
  });
  return (
    <>
      <BoardHead board={board} nowMs={view.nowMs} />
      {children}
      <BoardTotals
        sum={sumOf(rows.map(({ face }) => face))}
        frozen={sumOf(board.rooms.map(frozenFace))}
      />
      {rows.length === 0 && <p className="board-none">{t('noRooms')}</p>}
      <ol className="board-rows">
        {rows.map(({ row, face, cameras }) => (
          <BoardRow key={row.room.id} row={row} face={face} cameras={cameras} />
        ))}
      </ol>
    </>
  );
}

/** The cameras of each room; none while they are not known. */
function useCameras(): (roomId: string) => RoomView['cameras'] {
  const buildings = useQuery(buildingsQuery(useApi())).data ?? [];
  const cameras = new Map(
    buildings.flatMap(({ rooms }) => rooms.map((room) => [room.id, room.cameras])),
  );
  return (roomId) => cameras.get(roomId) ?? [];
}

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

function ConnectionCut() {
  const { t } = useTranslation('alarm');
  const { late, downSinceMs } = useConnection();
  if (!late || downSinceMs === null) return null;
  return (
    <p className="board-cut hatched">
      <strong>{t('cut', { since: stopwatchText(Date.now() - downSinceMs) })}</strong>
    </p>
  );
}
