import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Board, BoardRoom } from '@vigie/contracts/evacuation';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { keepAwake } from '../../platform/keep-awake.ts';
import { useApi, useNow } from '../../platform/react.tsx';
import { stopwatchText } from '../../platform/time.ts';
import { byFloor } from '../rooms/index.ts';
import { Assembly } from './assembly.tsx';
import { KindShape } from './kind-shape.tsx';
import { OutboxLine } from './outbox-line.tsx';
import { boardQuery } from './queries.ts';
import { SoundAlarm } from './sound-alarm.tsx';
import { SweepRoom } from './sweep-room.tsx';
import { useOutbox } from './use-outbox.ts';
import './alarm.css';

/** A warden's telephone during an incident: what was found in each room, with one thumb and without a network. */
export function SweepPage({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('alarm');
  useWindowTitle(t('sweep.title'));
  useEffect(() => keepAwake(), []);
  const board = useQuery(boardQuery(useApi(), incidentId));
  return (
    <main className="board sweep">
      <Answer query={board} waiting={<Waiting rows={5} height={160} />}>
        {(data) => <SweepBody board={data} />}
      </Answer>
      <footer className="board-foot">
        <Link to="/incidents/$incidentId" params={{ incidentId }} className="board-leave">
          {t('board')}
        </Link>
      </footer>
    </main>
  );
}

function SweepBody({ board }: { board: Board }) {
  const { t } = useTranslation('alarm');
  const outbox = useOutbox(board.incident.id);
  const [floor, setFloor] = useState<string>();
  const floors = byFloor(inPlace(board.rooms).map((row) => ({ ...row, floor: row.room.floor })));
  const shown = floors.filter(([name]) => floor === undefined || floor === name);
  return (
    <>
      <SweepHead board={board} />
      <OutboxLine outbox={outbox} />
      {floors.length > 1 && (
        <fieldset className="sweep-floors">
          <legend className="visually-hidden">{t('sweep.floor')}</legend>
          {[undefined, ...floors.map(([name]) => name)].map((name) => (
            <button
              key={name ?? '\0'}
              type="button"
              aria-pressed={floor === name}
              onClick={() => setFloor(name)}
            >
              {name === undefined ? t('sweep.all') : name || t('sweep.noFloor')}
            </button>
          ))}
        </fieldset>
      )}
      {shown.map(([name, rows]) => (
        <section key={name} aria-label={name || t('sweep.noFloor')}>
          <h2 className="sweep-floor">{name || t('sweep.noFloor')}</h2>
          <ul className="sweep-rooms">
            {rows.map((row) => (
              <SweepRoom key={row.room.id} row={row} outbox={outbox} />
            ))}
          </ul>
        </section>
      ))}
      <Assembly board={board} count={outbox.count} />
    </>
  );
}

const byName = new Intl.Collator('fr', { numeric: true });

/** Under a thumb nothing may move: rooms stand by floor and name, never by need. */
const inPlace = (rooms: readonly BoardRoom[]): BoardRoom[] =>
  rooms.toSorted(
    (a, b) =>
      byName.compare(a.room.floor, b.room.floor) || byName.compare(a.room.name, b.room.name),
  );

function SweepHead({ board: { incident } }: { board: Board }) {
  const { t } = useTranslation('alarm');
  const endMs = useNow();
  const sinceMs = Date.parse(incident.startedAt);
  return (
    <header className={`sweep-head alarm-${incident.endedAt ? 'test' : incident.kind}`}>
      <KindShape kind={incident.kind} size={30} />
      <h1>
        {t('sweep.title')}
        <small>
          {t(`kind.${incident.kind}`)} · {incident.buildingName}
        </small>
      </h1>
      <SoundAlarm />
      <span role="timer">
        {incident.endedAt ? t('sweep.over') : stopwatchText(endMs - sinceMs)}
      </span>
    </header>
  );
}
