import type { Board, BoardRoom, RoomStanding, RoomState } from '@vigie/contracts/evacuation';
import type { IncidentReport, ReportPeriod, ReportRoom } from '@vigie/contracts/report';

const rank = { people: 0, unknown: 1, empty: 2 };

/** The board as cameras knew it at a moment of an incident, biggest need first; from states alone, no pictures exist. */
export function boardAt({ incident, rooms }: IncidentReport, atMs: number): Board {
  const rows = rooms
    .map((room) => rowAt(room, atMs))
    .sort(
      (a, b) =>
        rank[a.live.state] - rank[b.live.state] ||
        (b.live.count ?? 0) - (a.live.count ?? 0) ||
        a.room.name.localeCompare(b.room.name, 'fr', { numeric: true }),
    );
  const isOver = incident.endedAt !== null && atMs >= Date.parse(incident.endedAt);
  const shown = isOver ? incident : { ...incident, endedAt: null, endedBy: null };
  return {
    incident: shown,
    rooms: rows,
    totals: totalsOf(rows),
    assembled: [],
    tally: { kind: 'not-counted', people: 0, assembled: 0 },
    logDelayedSince: null,
  };
}

function rowAt({ room, confirmedEmptyAt, periods }: ReportRoom, atMs: number): BoardRoom {
  const [first] = periods;
  const isPast = (at: string) => Date.parse(at) <= atMs;
  const now = periods.findLast(({ from }) => isPast(from)) ?? first;
  const at = new Date(atMs).toISOString();
  const seen = periods.findLast(({ from, state }) => isPast(from) && state === 'people');
  const lastSeenAt = seen ? earlier(seen.until, at) : null;
  const live = stateFrom(room.id, now, { at, lastSeenAt });
  return {
    room,
    frozen: stateFrom(room.id, first, { at: first?.from ?? at, lastSeenAt: null }),
    live,
    standing: standingOf(live),
    sweep: null,
    confirmedEmptyAt: confirmedEmptyAt && isPast(confirmedEmptyAt) ? confirmedEmptyAt : null,
    cameraIds: [],
  };
}

function standingOf({ state, reason, count, min, max, at }: RoomState): RoomStanding {
  if (state === 'empty') return { kind: 'empty', at };
  if (state === 'unknown') return { kind: 'unknown', reason: reason ?? 'no-headcount-yet' };
  const least = Math.max(1, min ?? count ?? 1);
  const most = max === null ? null : Math.max(max, least);
  return { kind: 'people', by: null, min: least, max: most, at };
}

const earlier = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b);

/** What nobody recorded is a count that was not there. */
function stateFrom(
  roomId: string,
  period: ReportPeriod | undefined,
  { at, lastSeenAt }: { at: string; lastSeenAt: string | null },
): RoomState {
  const { state = 'unknown', count = null, min = null, max = null } = period ?? {};
  const reason = period?.reason ?? null;
  return {
    v: 1,
    roomId,
    state,
    reason: reason === 'not-recorded' || !period ? 'no-headcount-yet' : reason,
    count,
    min,
    max,
    since: period?.from ?? at,
    at,
    lastSeenAt,
    sources: [],
  };
}

function totalsOf(rows: readonly BoardRoom[]): Board['totals'] {
  const live = rows.map((row) => row.live);
  const inState = (state: RoomState['state']) => live.filter((room) => room.state === state).length;
  const isBounded = live.length > 0 && live.every(({ max }) => max !== null);
  return {
    peopleMin: sum(live.map(({ min }) => min ?? 0)),
    peopleMax: isBounded ? sum(live.map(({ max }) => max ?? 0)) : null,
    roomsWithPeople: inState('people'),
    roomsInContradiction: 0,
    roomsUnknown: inState('unknown'),
    roomsSwept: 0,
    roomsEmpty: inState('empty'),
    frozenPeople: sum(rows.map(({ frozen }) => frozen.count ?? 0)),
    frozenMax: rows.some(({ frozen }) => frozen.max === null)
      ? null
      : sum(rows.map(({ frozen }) => frozen.max ?? 0)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
