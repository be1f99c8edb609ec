import { NativeSelect } from '@mantine/core';
import IconPlayerPause from '@tabler/icons-react/icons/IconPlayerPause';
import IconPlayerPlay from '@tabler/icons-react/icons/IconPlayerPlay';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BlindCamera } from '@vigie/contracts/evacuation';
import type { IncidentReport } from '@vigie/contracts/report';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { stopwatchText } from '../../platform/time.ts';
import { reportQuery } from '../incidents/index.ts';
import { BoardBody } from './board-body.tsx';
import { useBoardPlan, useCameras } from './queries.ts';
import { boardAt } from './replay.ts';
import { ReplayMarks } from './replay-marks.tsx';
import './alarm.css';

const speeds = [1, 5, 20, 60] as const;
const stepMs = 200;

/** An incident played back on its board: the states that were known, second by second. */
export function ReplayPage({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('alarm');
  useWindowTitle(t('replay'));
  const report = useQuery(reportQuery(useApi(), incidentId));
  return (
    <main className="board">
      <Answer query={report} waiting={<Waiting rows={5} height={110} />}>
        {(data) => <Player report={data} />}
      </Answer>
      <footer className="board-foot">
        <Link to="/incidents/$incidentId/report" params={{ incidentId }} className="board-leave">
          {t('toReport')}
        </Link>
      </footer>
    </main>
  );
}

function Player({ report }: { report: IncidentReport }) {
  const { t } = useTranslation('alarm');
  const startMs = Date.parse(report.incident.startedAt);
  const lengthMs = Math.max(0, Date.parse(report.until) - startMs);
  const { placeMs, setPlaceMs, isPlaying, setPlaying, speed, setSpeed } = usePlaying(lengthMs);
  const plan = useBoardPlan(report.incident.id);
  const nowMs = startMs + placeMs;
  const camerasOf = useCameras();
  const board = boardAt(report, nowMs);
  const named = (blind: BlindCamera): BlindCamera => {
    const camera = camerasOf(blind.roomId).find(({ id }) => id === blind.cameraId);
    return { ...blind, name: camera?.name ?? blind.name };
  };
  return (
    <>
      <p className="replay-mark">
        <strong>{t('replayMark')}</strong>
      </p>
      <div className="replay-bar">
        <button
          type="button"
          className="board-leave"
          onClick={() => {
            if (placeMs >= lengthMs) setPlaceMs(0);
            setPlaying(!isPlaying);
          }}
        >
          {isPlaying ? <IconPlayerPause aria-hidden /> : <IconPlayerPlay aria-hidden />}
          {t(isPlaying ? 'pause' : 'play')}
        </button>
        <input
          type="range"
          aria-label={t('moment')}
          aria-valuetext={stopwatchText(placeMs)}
          min={0}
          max={Math.ceil(lengthMs / 1000)}
          step={1}
          value={Math.floor(placeMs / 1000)}
          onChange={(event) =>
            setPlaceMs(Math.min(lengthMs, Number(event.currentTarget.value) * 1000))
          }
        />
        <NativeSelect
          aria-label={t('speed')}
          value={String(speed)}
          onChange={(event) => setSpeed(Number(event.currentTarget.value))}
          data={speeds.map((one) => ({ value: String(one), label: `× ${one}` }))}
        />
      </div>
      <ReplayMarks report={report} placeMs={placeMs} onPlace={setPlaceMs} />
      <BoardBody
        board={{ ...board, blind: board.blind.map(named) }}
        view={{ nowMs, isLate: false }}
        cutSinceMs={null}
        camerasOf={() => []}
        plan={plan}
      />
    </>
  );
}

/** The place in the incident, in ms since T0, which moves on while it plays. */
function usePlaying(lengthMs: number) {
  const [placeMs, setPlaceMs] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(speeds[1]);
  const isOver = placeMs >= lengthMs;
  useEffect(() => {
    if (!isPlaying || isOver) return;
    const timer = setInterval(
      () => setPlaceMs((place) => Math.min(lengthMs, place + stepMs * speed)),
      stepMs,
    );
    return () => clearInterval(timer);
  }, [isPlaying, isOver, speed, lengthMs]);
  return { placeMs, setPlaceMs, isPlaying: isPlaying && !isOver, setPlaying, speed, setSpeed };
}
