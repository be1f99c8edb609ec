import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconChevronUp from '@tabler/icons-react/icons/IconChevronUp';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Board, BoardRoom } from '@vigie/contracts/evacuation';
import type { EvacuationPlan } from '@vigie/contracts/floors';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { keepAwake } from '../../platform/keep-awake.ts';
import { useApi, useNow } from '../../platform/react.tsx';
import { stopwatchText } from '../../platform/time.ts';
import { useMe } from '../accounts/index.ts';
import { evacuationPlanQuery, roomsOfAccount } from '../floors/index.ts';
import { byFloor } from '../rooms/index.ts';
import { Assembly } from './assembly.tsx';
import { KindShape } from './kind-shape.tsx';
import { OutboxLine } from './outbox-line.tsx';
import { boardQuery } from './queries.ts';
import { SweepRoom } from './sweep-room.tsx';
import { type OutboxInHand, useOutbox } from './use-outbox.tsx';
import './alarm.css';

/** A warden's telephone during an incident: what was found in each room, with one thumb and without a network. */
export function SweepPage({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('alarm');
  useWindowTitle(t('sweep.title'));
  useEffect(() => keepAwake(), []);
  const api = useApi();
  const board = useQuery(boardQuery(api, incidentId));
  const plan = useQuery(evacuationPlanQuery(api));
  const waiting = <Waiting rows={5} height={160} />;
  return (
    <main className="board sweep">
      <Answer query={board} waiting={waiting}>
        {(data) =>
          // Rooms that are all shown first would move under the thumb when one's own are known.
          plan.isLoading && plan.failureCount === 0 ? (
            waiting
          ) : (
            <SweepBody board={data} plan={plan.data} />
          )
        }
      </Answer>
      <footer className="board-foot">
        <Link to="/incidents/$incidentId" params={{ incidentId }} className="board-leave">
          {t('board')}
        </Link>
      </footer>
    </main>
  );
}

function SweepBody({ board, plan }: { board: Board; plan: EvacuationPlan | undefined }) {
  const { t } = useTranslation('alarm');
  const { username } = useMe();
  const outbox = useOutbox(board.incident.id);
  const [isWhole, setWhole] = useState(false);
  const rooms = board.rooms.map(({ room }) => room);
  const own = new Set(plan && roomsOfAccount(username, rooms, plan).map(({ id }) => id));
  const inOrder = inPlace(board.rooms);
  const mine = inOrder.filter(({ room }) => own.has(room.id));
  const others = inOrder.filter(({ room }) => !own.has(room.id));
  return (
    <>
      <SweepHead board={board} />
      <OutboxLine />
      {mine.length === 0 && <p className="sweep-none">{t('sweep.noneOwn')}</p>}
      <SweepFloors rows={mine.length === 0 ? others : mine} outbox={outbox} />
      {mine.length > 0 && others.length > 0 && (
        <button
          type="button"
          className="sweep-others"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? <IconChevronUp aria-hidden /> : <IconChevronDown aria-hidden />}
          {t('sweep.others', { count: others.length })}
        </button>
      )}
      {mine.length > 0 && isWhole && <SweepFloors rows={others} outbox={outbox} />}
      <Assembly board={board} count={outbox.count} />
    </>
  );
}

/** Rooms by floor; one floor alone where there are several. */
function SweepFloors({ rows, outbox }: { rows: readonly BoardRoom[]; outbox: OutboxInHand }) {
  const { t } = useTranslation('alarm');
  const [floor, setFloor] = useState<string>();
  const floors = byFloor(rows.map((row) => ({ ...row, floor: row.room.floor })));
  const shown = floors.filter(([name]) => floor === undefined || floor === name);
  return (
    <>
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
      {shown.map(([name, floorRows]) => (
        <section key={name} aria-label={name || t('sweep.noFloor')}>
          <h2 className="sweep-floor">{name || t('sweep.noFloor')}</h2>
          <ul className="sweep-rooms">
            {floorRows.map((row) => (
              <SweepRoom key={row.room.id} row={row} outbox={outbox} />
            ))}
          </ul>
        </section>
      ))}
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
      <span role="timer">
        {incident.endedAt ? t('sweep.over') : stopwatchText(endMs - sinceMs)}
      </span>
    </header>
  );
}
