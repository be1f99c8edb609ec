import { assembledFrom, type CountedPeople } from '@vigie/contracts/assembly';
import { boardFrom } from '@vigie/contracts/board';
import type {
  BlindCamera,
  Board,
  BoardRoom,
  RoomStanding,
  RoomState,
} from '@vigie/contracts/evacuation';
import type { IncidentReport, ReportPeriod, ReportRoom } from '@vigie/contracts/report';
import type { Sweep } from '@vigie/contracts/sweeps';

/**
 * The board as it stood at a moment of an incident, by what cameras and people had said until then; no pictures exist.
 * Cameras are called by their ids.
 */
export function boardAt(report: IncidentReport, atMs: number): Board {
  const { incident, rooms } = report;
  const isOver = incident.endedAt !== null && Date.parse(incident.endedAt) <= atMs;
  const then = isOver ? incident : { ...incident, endedAt: null, endedBy: null };
  return boardFrom(
    then,
    rooms.map((room) => rowAt(report, room, atMs)),
    { assembled: assembledFrom(countedAt(report, atMs), []), blind: blindAt(report, atMs) },
  );
}

const isPast =
  (atMs: number) =>
  ({ at }: { at: string }): boolean =>
    Date.parse(at) <= atMs;

function rowAt(report: IncidentReport, told: ReportRoom, atMs: number): BoardRoom {
  const { room, confirmedEmptyAt, periods, standings } = told;
  const [first] = periods;
  const until = ({ from }: ReportPeriod) => Date.parse(from) <= atMs;
  const now = periods.findLast(until) ?? first;
  const at = new Date(atMs).toISOString();
  const seen = periods.findLast((period) => until(period) && period.state === 'people');
  const lastSeenAt = seen ? earlier(seen.until, at) : null;
  const live = stateFrom(room.id, now, { at, lastSeenAt });
  return {
    room,
    frozen: stateFrom(room.id, first, { at: first?.from ?? at, lastSeenAt: null }),
    live,
    standing: standingAt(standings.findLast(isPast(atMs))?.standing, live),
    sweep: sweepAt(report, room.id, atMs),
    confirmedEmptyAt:
      confirmedEmptyAt && isPast(atMs)({ at: confirmedEmptyAt }) ? confirmedEmptyAt : null,
    cameraIds: [],
  };
}

/** A person's word holds until the log says otherwise; else cameras are followed. */
function standingAt(told: RoomStanding | undefined, live: RoomState): RoomStanding {
  if (told?.kind === 'swept' || told?.kind === 'contradiction') return told;
  if (told?.kind === 'people' && told.by !== null) return told;
  const { state, reason, count, min, max, at } = live;
  if (state === 'empty') return { kind: 'empty', at };
  if (state === 'unknown') return { kind: 'unknown', reason: reason ?? 'no-headcount-yet' };
  const least = Math.max(1, min ?? count ?? 1);
  const most = max === null ? null : Math.max(max, least);
  return { kind: 'people', by: null, min: least, max: most, at };
}

function sweepAt({ sweeps }: IncidentReport, roomId: string, atMs: number): Sweep | null {
  const last = sweeps.findLast((sweep) => sweep.roomId === roomId && isPast(atMs)(sweep));
  if (!last) return null;
  const { at, by, result, people } = last;
  const found = { id: at, by, at, madeAt: at, receivedAt: at };
  return { what: 'sweep', ...found, roomId, result, people };
}

/** The newest count of each point. */
const countedAt = ({ assembly }: IncidentReport, atMs: number): CountedPeople[] => [
  ...new Map(assembly.filter(isPast(atMs)).map((count) => [count.point, count])).values(),
];

const blindAt = ({ blind }: IncidentReport, atMs: number): BlindCamera[] =>
  blind.flatMap(({ roomId, cameraId, from, until, why }) =>
    cameraId !== null && Date.parse(from) <= atMs && atMs < Date.parse(until)
      ? [{ cameraId, name: cameraId, roomId, health: why }]
      : [],
  );

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
