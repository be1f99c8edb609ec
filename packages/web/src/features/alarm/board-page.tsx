import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { keepAwake } from '../../platform/keep-awake.ts';
import { useApi, useConnection } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { useViewpoint } from '../rooms/index.ts';
import { AssemblyAlone } from './assembly.tsx';
import { BoardBody } from './board-body.tsx';
import { BoardLinkButton } from './board-link.tsx';
import { EndIncident } from './end-incident.tsx';
import { boardQuery, useBoardPlan, useCameras } from './queries.ts';
import { RoomActions } from './room-actions.tsx';
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
  const plan = useBoardPlan(incidentId);
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
            plan={plan}
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
