/** Words of a device. Only `change` and `heartbeat` move the state of a space; all are signs of life. */
export type EventKind = 'change' | 'heartbeat' | 'startup' | 'registration' | 'debug';

/** What the fold needs of an event. `at` is the time that counts (see `event-time.ts`). */
export interface OccupancyEvent {
  at: Date;
  receivedAt: Date;
  deviceId: string;
  seq: number | null;
  kind: EventKind;
  occupied: boolean | null;
  /** How long the state before lasted, if the sensor says: repairs a lost message. */
  previousStateMs: number | null;
  /** The sensor itself says that this is another car. */
  isNewVehicle: boolean;
  /** The device is missed after so long a silence; `null`: it promises no heartbeat. */
  silentAfterMs: number | null;
}

/** A time during which no sensor of the space was heard. `until` null: still. */
export interface Gap {
  from: Date;
  until: Date | null;
}

/**
 * A span of presence. `until` is set once the car has been away for the hold time; before that, `freeSince`
 * says since when the space looks free: a short gap is not a departure.
 */
export interface StaySpan {
  since: Date;
  until: Date | null;
  freeSince: Date | null;
  /** Silences of the sensor during the stay, oldest first. */
  gaps: Gap[];
  /** The arrival was missed: it follows from what the sensor said later. */
  isArrivalInferred: boolean;
}

/** Where an event stands in the log. */
export type Place = Pick<OccupancyEvent, 'at' | 'deviceId' | 'seq' | 'occupied' | 'kind'>;

/** Everything that later events need of the earlier ones. */
export interface Fold {
  current: StaySpan | null;
  /** End of the stay before. */
  lastUntil: Date | null;
  /** Newest moment at which the current car was seen. */
  seenAt: Date | null;
  /** Newest sign of life of a sensor: when it was sent or received, whichever is later. */
  heardAt: Date | null;
  silentAfterMs: number | null;
  /** The newest event folded. */
  last: Place | null;
}

/** How long a space must look free until the car has left, by the rules of that moment. ms */
export type HoldAt = (moment: Date) => number;

/** Nothing was heard of the space yet. */
export const emptyFold: Fold = {
  current: null,
  lastUntil: null,
  seenAt: null,
  heardAt: null,
  silentAfterMs: null,
  last: null,
};

/** A fold with the stays that ended in it, oldest first. */
export interface Folded {
  fold: Fold;
  ended: StaySpan[];
}

/** Folds events into a fold, which is left unchanged; they are put in order first. */
export function folded(from: Fold, events: readonly OccupancyEvent[], holdAt: HoldAt): Folded {
  const state = { ...from, current: from.current && { ...from.current } };
  const ended: StaySpan[] = [];
  for (const event of events.toSorted(inOrder)) fold(state, event, { holdAt, ended });
  return { fold: state, ended };
}

/**
 * The stays of one space, oldest first: a fold over its events. The order in which the events are given and
 * how often each is given do not matter. `now` closes a departure whose hold time has passed.
 */
export function staysFrom(
  events: readonly OccupancyEvent[],
  { holdAt, now }: { holdAt: HoldAt; now: Date },
): StaySpan[] {
  const { fold: state, ended } = folded(emptyFold, events, holdAt);
  const left = closeIfLeft(state, now, holdAt);
  return [...ended, ...(left ? [left] : []), ...(state.current ? [state.current] : [])];
}

/** The fold at `now`, and the stay that has ended meanwhile because the hold time passed. */
export function settledAt(from: Fold, now: Date, holdAt: HoldAt): Folded {
  const state = { ...from };
  const left = closeIfLeft(state, now, holdAt);
  return { fold: state, ended: left ? [left] : [] };
}

/** From when on the sensor is missed if nothing more is heard; `null` when it promises no heartbeat, or never spoke. */
export const silentAt = ({ heardAt, silentAfterMs }: Fold): Date | null =>
  heardAt && silentAfterMs !== null ? new Date(heardAt.getTime() + silentAfterMs) : null;

/** `true` when the place comes after everything that was folded, so that nothing must be folded again. */
export const isAfter = (place: Place, { last }: Fold): boolean =>
  last === null || inOrder(last, place) < 0;

/** When the car is taken to have left if nothing more is heard; `null` while the space is taken. */
export const leavesAt = ({ freeSince }: StaySpan, holdAt: HoldAt): Date | null =>
  freeSince && new Date(freeSince.getTime() + holdAt(freeSince));

/** From when on the next stay may begin: later than one that lasted no time, since it must not have the same name. */
export const freeFrom = (since: Date, until: Date): Date =>
  until > since ? until : new Date(since.getTime() + 1);

/** Stable name of a stay: the space and the moment of arrival. */
export const stayId = (spaceId: string, since: Date): string => `${spaceId}@${since.toISOString()}`;

/** By time, then by device and its counter; "occupied" comes last. Equal places are the same event. */
const inOrder = (a: Place, b: Place): number =>
  a.at.getTime() - b.at.getTime() ||
  compare(a.deviceId, b.deviceId) ||
  (a.seq ?? -1) - (b.seq ?? -1) ||
  Number(a.occupied) - Number(b.occupied) ||
  compare(a.kind, b.kind);

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

interface Folding {
  holdAt: HoldAt;
  ended: StaySpan[];
}

function fold(state: Fold, event: OccupancyEvent, folding: Folding): void {
  if (state.last && inOrder(state.last, event) === 0) return;
  const left = closeIfLeft(state, event.at, folding.holdAt);
  if (left) folding.ended.push(left);
  hear(state, event);
  const moves = event.kind === 'change' || event.kind === 'heartbeat';
  if (moves && event.occupied === true) takePresence(state, event, folding);
  if (moves && event.occupied === false) takeAbsence(state, event, folding);
  const { at, deviceId, seq, occupied, kind } = event;
  state.last = { at, deviceId, seq, occupied, kind };
}

function closeIfLeft(state: Fold, now: Date, holdAt: HoldAt): StaySpan | undefined {
  const { current } = state;
  const leaving = current && leavesAt(current, holdAt);
  if (!current || !leaving || now < leaving) return undefined;
  return close(state, current, current.freeSince ?? now);
}

function close(state: Fold, current: StaySpan, until: Date): StaySpan {
  state.current = null;
  state.lastUntil = freeFrom(current.since, until);
  state.seenAt = null;
  return { ...current, until, freeSince: until };
}

/** Any word of a sensor ends a silence; one that lay in a stay is noted. */
function hear(state: Fold, { at, receivedAt, silentAfterMs }: OccupancyEvent): void {
  const { current, heardAt } = state;
  const missedFrom = silentAt(state);
  if (current && heardAt && missedFrom && missedFrom <= at)
    state.current = { ...current, gaps: [...current.gaps, { from: heardAt, until: at }] };
  const heard = receivedAt > at ? receivedAt : at;
  if (heardAt === null || heard > heardAt) state.heardAt = heard;
  state.silentAfterMs = silentAfterMs;
}

function takePresence(state: Fold, event: OccupancyEvent, { holdAt, ended }: Folding): void {
  const { current } = state;
  const gone = current && current.since < event.at && departureBefore(current, event, holdAt);
  if (current && gone) ended.push(close(state, current, gone));
  state.current = state.current
    ? { ...state.current, freeSince: null }
    : { since: event.at, until: null, freeSince: null, gaps: [], isArrivalInferred: false };
  state.seenAt = event.at;
}

/** When the car before left, if this event says that it did: by a new car, or by a free time that we missed. */
function departureBefore(
  { since, freeSince }: StaySpan,
  { at, kind, isNewVehicle, previousStateMs }: OccupancyEvent,
  holdAt: HoldAt,
): Date | null {
  const freeMs = kind === 'change' ? (previousStateMs ?? 0) : 0;
  const missed = new Date(Math.max(since.getTime(), at.getTime() - freeMs));
  if (isNewVehicle) return freeSince ?? missed;
  return freeSince === null && freeMs > 0 && freeMs >= holdAt(missed) ? missed : null;
}

function takeAbsence(state: Fold, event: OccupancyEvent, { holdAt, ended }: Folding): void {
  const { at } = event;
  const arrival = missedArrival(state, event, holdAt);
  if (arrival && state.current)
    ended.push(close(state, state.current, earlier(state.seenAt ?? arrival, arrival)));
  if (arrival) {
    state.current = {
      since: arrival,
      until: null,
      freeSince: at,
      gaps: [],
      isArrivalInferred: true,
    };
    state.seenAt = arrival;
  } else if (state.current) {
    state.current = { ...state.current, freeSince: state.current.freeSince ?? at };
  }
}

/** The arrival of the car that now leaves, where the sensor's word shows that we missed it. */
function missedArrival(
  { current, lastUntil }: Fold,
  { at, kind, previousStateMs }: OccupancyEvent,
  holdAt: HoldAt,
): Date | null {
  if (kind !== 'change' || !previousStateMs || current?.freeSince) return null;
  const arrival = new Date(at.getTime() - previousStateMs);
  if (!current) {
    const begin = lastUntil && lastUntil > arrival ? lastUntil : arrival;
    return begin < at ? begin : null;
  }
  return arrival.getTime() - current.since.getTime() > holdAt(arrival) ? arrival : null;
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
