/** What the fold needs of an occupancy event. `at` is the time that counts. */
export interface OccupancyEvent {
  at: Date;
  occupied: boolean;
  seq: number | null;
}

/**
 * A span of presence. `until` is set once the car has been away for the hold time; before that, `freeSince`
 * says since when the space looks free: a short gap is not a departure.
 */
export interface StaySpan {
  since: Date;
  until: Date | null;
  freeSince: Date | null;
}

/**
 * The stays of one space, oldest first: a fold over its events. The order in which the events are given and
 * how often each is given do not matter. `now` closes a departure whose hold time has passed.
 */
export function staysFrom(
  events: readonly OccupancyEvent[],
  { holdMs, now }: { holdMs: number; now: Date },
): StaySpan[] {
  const stays: StaySpan[] = [];
  let current: StaySpan | undefined;
  for (const event of events.toSorted(inTime)) {
    if (current && hasLeft(current, event.at, holdMs)) {
      current.until = current.freeSince;
      current = undefined;
    }
    if (event.occupied && !current) {
      current = { since: event.at, until: null, freeSince: null };
      stays.push(current);
    } else if (current) {
      current.freeSince = event.occupied ? null : (current.freeSince ?? event.at);
    }
  }
  if (current && hasLeft(current, now, holdMs)) current.until = current.freeSince;
  return stays;
}

/** `true` when the space has looked free for the hold time at `now`. */
export const hasLeft = (stay: Pick<StaySpan, 'freeSince'>, now: Date, holdMs: number): boolean =>
  stay.freeSince !== null && now.getTime() - stay.freeSince.getTime() >= holdMs;

/** By time, then by the device's counter; at the same moment "occupied" comes last, the side that accuses nobody less. */
const inTime = (a: OccupancyEvent, b: OccupancyEvent): number =>
  a.at.getTime() - b.at.getTime() ||
  (a.seq ?? -1) - (b.seq ?? -1) ||
  Number(a.occupied) - Number(b.occupied);

/** Stable name of a stay: the space and the moment of arrival. */
export const stayId = (spaceId: string, since: Date): string => `${spaceId}@${since.toISOString()}`;
