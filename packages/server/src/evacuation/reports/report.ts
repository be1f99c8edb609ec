import {
  type Incident,
  type IncidentLine,
  type Room,
  RoomSource,
  RoomStanding,
  RoomState,
} from '@vigie/contracts/evacuation';
import type {
  BlindPeriod,
  IncidentReport,
  RemainingPoint,
  ReportAssembly,
  ReportContradiction,
  ReportMoment,
  ReportPeriod,
  ReportRoom,
  ReportSweep,
} from '@vigie/contracts/report';
import * as z from 'zod';

/** All that was kept of an incident. `lines` oldest first. `now`: until when it is told while it goes on. */
export interface IncidentRecord {
  incident: Incident;
  rooms: readonly { room: Room; frozen: RoomState; confirmedEmptyAt: string | null }[];
  lines: readonly IncidentLine[];
  sweeps: readonly ReportSweep[];
  contradictions: readonly ReportContradiction[];
  assembly: readonly ReportAssembly[];
  now: string;
}

const { state, reason, count, min, max } = RoomState.shape;
const roomFacts = { state, reason, count, min, max };

/** What the log keeps of a room. Older lines know nothing of the cameras. */
const RoomLine = z.object({
  roomId: z.string(),
  ...roomFacts,
  sources: z.array(RoomSource.pick({ cameraId: true, health: true })).default([]),
});

type Step = Omit<ReportPeriod, 'until'> & { sources: { cameraId: string; health: string }[] };
type Span = { from: string; until: string };

/**
 * The report of an incident: every figure of its PDF, table and JSON. What nobody recorded is unknown, never as before.
 *
 * `out` goes by the upper limit of the people remaining: a share of those frozen at T0 is out from the moment on after
 * which the limit never again rises above the rest. Where rooms were unknown at T0 the frozen number is a lower limit, so
 * the share that was really out is no smaller.
 */
export function reportFrom(record: IncidentRecord): IncidentReport {
  const { incident, lines } = record;
  const until = incident.endedAt ?? record.now;
  const steps = record.rooms.map((room) => stepsOf(room, record, until));
  const rooms = record.rooms.map((room, i) => roomFrom(room, steps[i] ?? [], record));
  const curve = curveOf(steps, incident.startedAt);
  const people = sum(record.rooms.map(({ frozen }) => frozen.count ?? 0));
  const reached = (percent: number) => belowFrom(curve, (people * (100 - percent)) / 100);
  return {
    incident,
    until,
    durationSeconds: secondsBetween(incident.startedAt, until),
    endReason: endReasonOf(lines),
    start: { people, roomsUnknown: curve[0]?.roomsUnknown ?? 0 },
    inputs: inputsOf(lines),
    rooms,
    curve,
    out: {
      half: people === 0 ? null : reached(50),
      ninety: people === 0 ? null : reached(90),
      all: reached(100),
    },
    ...leavingsOf(steps, incident.startedAt),
    neverConfirmed: rooms
      .filter(({ confirmedEmptyAt, sweptClearAt }) => !confirmedEmptyAt && !sweptClearAt)
      .map(({ room }) => room.id),
    blind: steps.flatMap((of, i) => blindOf(record.rooms[i]?.room.id ?? '', of, until)),
    sweeps: [...record.sweeps],
    contradictions: [...record.contradictions],
    assembly: [...record.assembly],
    observations: observationsOf(lines),
    signatures: lines
      .filter(({ what }) => what === 'signed')
      .map(({ at, actor }) => ({ at, by: actor })),
  };
}

/** What people wrote about an incident, in the order in which they did. */
export const observationsOf = (lines: readonly IncidentLine[]): IncidentReport['observations'] =>
  lines
    .filter(({ what }) => what === 'observation')
    .map(({ at, actor, data }) => ({ at, by: actor, text: String(data.text ?? '') }));

/** Why it was ended, in the words of who did; null while it goes on. */
export function endReasonOf(lines: readonly IncidentLine[]): string | null {
  const ended = lines.findLast(({ what }) => what === 'ended');
  return ended ? String(ended.data.reason ?? '') : null;
}

/** Whole seconds from one instant to a later one, rounded up; 0 when it is not later. */
export const secondsBetween = (from: string, until: string): number =>
  Math.max(0, Math.ceil((Date.parse(until) - Date.parse(from)) / 1000));

/** A room's states in order of time; the first is the frozen one. None begins after the end. */
function stepsOf(
  { room, frozen }: IncidentRecord['rooms'][number],
  { incident, lines }: IncidentRecord,
  until: string,
): Step[] {
  const first = stepFrom(frozen, incident.startedAt);
  const steps = lines.flatMap((line, i): Step[] => {
    if (line.what === 'resumed') return outage(line, lines[i - 1]?.at ?? incident.startedAt);
    const change = line.what === 'room' ? RoomLine.safeParse(line.data) : undefined;
    return change?.success && change.data.roomId === room.id
      ? [stepFrom(change.data, line.at)]
      : [];
  });
  return [first, ...steps]
    .filter(({ from }) => from <= until)
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

const stepFrom = (
  { state, reason, count, min, max, sources }: Omit<z.infer<typeof RoomLine>, 'roomId'>,
  from: string,
): Step => ({
  from,
  state,
  reason,
  count,
  min,
  max,
  sources: sources.map(({ cameraId, health }) => ({ cameraId, health })),
});

/** Until the server came back nobody looked; when it went is known by its last sign of life. */
function outage({ data }: IncidentLine, lastLineAt: string): Step[] {
  const from = typeof data.recordedUntil === 'string' ? data.recordedUntil : lastLineAt;
  const nothing = { count: null, min: null, max: null, sources: [] };
  return [{ from, state: 'unknown', reason: 'not-recorded', ...nothing }];
}

function roomFrom(
  { room, confirmedEmptyAt }: IncidentRecord['rooms'][number],
  steps: readonly Step[],
  { sweeps, incident, lines, now }: IncidentRecord,
): ReportRoom {
  const swept = sweeps.find(({ roomId, result }) => roomId === room.id && result === 'clear');
  const spans = spansOf(steps, incident.endedAt ?? now);
  const periods = joined(
    spans.map(({ sources: _, ...period }) => period),
    ({ from: _, until: __, ...facts }) => JSON.stringify(facts),
  );
  const standings = standingsOf(room.id, lines);
  return { room, confirmedEmptyAt, sweptClearAt: swept?.at ?? null, periods, standings };
}

const standingsOf = (roomId: string, lines: readonly IncidentLine[]): ReportRoom['standings'] =>
  lines.flatMap(({ at, what, data }) => {
    if (what !== 'standing' || data.roomId !== roomId) return [];
    const standing = RoomStanding.safeParse(data).data;
    return standing ? [{ at, standing }] : [];
  });

const spansOf = (steps: readonly Step[], end: string): (Step & Span)[] =>
  steps
    .map((step, i) => ({ ...step, until: steps[i + 1]?.from ?? end }))
    .filter((span, i) => span.until > span.from || i === steps.length - 1);

/** Spans that follow each other and are the same by `keyOf` become one. */
function joined<T extends Span>(spans: readonly T[], keyOf: (span: T) => string): T[] {
  const all: T[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last && last.until === span.from && keyOf(last) === keyOf(span)) last.until = span.until;
    else all.push({ ...span });
  }
  return all;
}

/** The people remaining in all rooms, at each moment at which that changed. */
function curveOf(rooms: readonly (readonly Step[])[], startedAt: string): RemainingPoint[] {
  const moments = [...new Set(rooms.flat().map(({ from }) => from))].sort();
  const points = [...new Set([startedAt, ...moments])].map((at) => pointAt(rooms, at, startedAt));
  return points.filter((point, i) => {
    const before = points[i - 1];
    return (
      !before || point.min !== before.min || point.max !== before.max || isOther(point, before)
    );
  });
}

const isOther = (a: RemainingPoint, b: RemainingPoint): boolean =>
  a.roomsUnknown !== b.roomsUnknown;

function pointAt(
  rooms: readonly (readonly Step[])[],
  at: string,
  startedAt: string,
): RemainingPoint {
  const states = rooms.flatMap((steps) => steps.findLast(({ from }) => from <= at) ?? []);
  const isBounded = states.length > 0 && states.every(({ max }) => max !== null);
  return {
    at,
    seconds: secondsBetween(startedAt, at),
    min: sum(states.map(({ min }) => min ?? 0)),
    max: isBounded ? sum(states.map(({ max }) => max ?? 0)) : null,
    roomsUnknown: states.filter(({ state }) => state === 'unknown').length,
  };
}

/** From when on the upper limit stays at `rest` or below until the end. An incident without rooms knows nothing. */
function belowFrom(curve: readonly RemainingPoint[], rest: number): ReportMoment | null {
  const lastAbove = curve.findLastIndex(({ max }) => max === null || max > rest);
  const point = curve[lastAbove + 1];
  return point ? { at: point.at, seconds: point.seconds } : null;
}

/** The first and the last moment at which a room's count fell; what was unknown in between is left out. */
function leavingsOf(
  rooms: readonly (readonly Step[])[],
  startedAt: string,
): Pick<IncidentReport, 'firstOut' | 'lastOut'> {
  const moments = rooms
    .flatMap((steps) => {
      const known = steps.filter(({ count }) => count !== null);
      return known.filter((step, i) => (step.count ?? 0) < (known[i - 1]?.count ?? 0));
    })
    .map(({ from }) => from)
    .sort();
  const moment = (at: string | undefined): ReportMoment | null =>
    at === undefined ? null : { at, seconds: secondsBetween(startedAt, at) };
  return { firstOut: moment(moments[0]), lastOut: moment(moments.at(-1)) };
}

function blindOf(roomId: string, steps: readonly Step[], end: string): BlindPeriod[] {
  const spans = spansOf(steps, end);
  const cameras = [...new Set(steps.flatMap(({ sources }) => sources.map((one) => one.cameraId)))];
  const room = spans.flatMap(({ state, reason, from, until }) =>
    state === 'unknown' ? [{ roomId, cameraId: null, from, until, why: reason ?? 'unknown' }] : [],
  );
  const byCamera = cameras.flatMap((cameraId) =>
    spans.flatMap(({ sources, from, until }) => {
      const source = sources.find((one) => one.cameraId === cameraId);
      return source && source.health !== 'ok'
        ? [{ roomId, cameraId, from, until, why: source.health }]
        : [];
    }),
  );
  return [room, byCamera].flatMap((spansOfOne) =>
    joined<BlindPeriod>(spansOfOne, ({ cameraId, why }) => `${cameraId} ${why}`),
  );
}

const told: readonly IncidentLine['what'][] = [
  'started',
  'repeated',
  'escalated',
  'panel-reset',
  'resumed',
  'ended',
];

const inputsOf = (lines: readonly IncidentLine[]): IncidentReport['inputs'] =>
  lines
    .filter(({ what }) => told.includes(what))
    .map(({ at, actor, what, data }) => ({
      at,
      by: actor,
      what,
      origin: typeof data.origin === 'string' ? data.origin : '',
    }));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
