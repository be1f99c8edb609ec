import type { DoorCount } from '@vigie/contracts/evacuation';
import type { Crossing } from '@vigie/contracts/vision';

/** Somebody went through a door of the room; `at` in milliseconds since 1970. */
export interface Passage {
  readonly id: string;
  readonly direction: Crossing['direction'];
  readonly at: number;
}

/** What is known of the doors of a room. Milliseconds since 1970; `undefined`: never, or not now. */
export interface DoorLedger {
  readonly knownEmptyAt: number | undefined;
  /** since then every door was seen without a break */
  readonly watchedSince: number | undefined;
  readonly passages: readonly Passage[];
}

export const UNKNOWN_DOORS: DoorLedger = {
  knownEmptyAt: undefined,
  watchedSince: undefined,
  passages: [],
};

/**
 * One crossing in so many is taken to be missed or counted twice. Runners at 5 and more pictures a second lose none in the
 * measurement (`npm run bench -- crossings`); groups, children and people who carry things lose more.
 */
const CROSSINGS_PER_ERROR = 20;

/**
 * People of the room by its doors, up to `until`. The room cannot hold fewer than nobody: whoever leaves an empty room was
 * not seen to come, and the count starts from nobody again instead of swallowing the next one who comes.
 */
export function countAtDoors(
  { passages, knownEmptyAt, watchedSince }: DoorLedger,
  until = Number.POSITIVE_INFINITY,
): DoorCount {
  const from = knownEmptyAt ?? Number.NEGATIVE_INFINITY;
  const counted = passages
    .filter(({ at }) => at >= from && at <= until)
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const count = { in: 0, out: 0, inside: 0, unexplained: 0 };
  for (const { direction } of counted) {
    count[direction]++;
    if (direction === 'in') count.inside++;
    else if (count.inside > 0) count.inside--;
    else count.unexplained++;
  }
  return {
    ...count,
    drift: Math.ceil(counted.length / CROSSINGS_PER_ERROR) + count.unexplained,
    knownEmptyAt: knownEmptyAt === undefined ? null : new Date(knownEmptyAt).toISOString(),
    isWatched:
      knownEmptyAt !== undefined && watchedSince !== undefined && watchedSince <= knownEmptyAt,
  };
}

/** `true` when somebody is inside beyond the drift: then no timetable makes the room empty, and no camera alone. */
export const isSurelyInside = ({ inside, drift }: DoorCount): boolean => inside > drift;

/** A crossing that comes again, be it years later, counts once. */
export const withPassage = (ledger: DoorLedger, passage: Passage): DoorLedger =>
  ledger.passages.some(({ id }) => id === passage.id)
    ? ledger
    : { ...ledger, passages: [...ledger.passages, passage] };

/** The room was empty at that moment; what came before does not matter any more. */
export const emptiedAt = (ledger: DoorLedger, at: number): DoorLedger =>
  ledger.knownEmptyAt !== undefined && ledger.knownEmptyAt >= at
    ? ledger
    : { ...ledger, knownEmptyAt: at, passages: ledger.passages.filter((one) => one.at >= at) };

/** All doors are seen at `at`, or not all of them are. */
export const watchedAt = (ledger: DoorLedger, isSeen: boolean, at: number): DoorLedger => {
  const watchedSince = isSeen ? (ledger.watchedSince ?? at) : undefined;
  return watchedSince === ledger.watchedSince ? ledger : { ...ledger, watchedSince };
};

/** `true` while the clocks of the town show that hour, `HH:MM`. */
export function isHour(hour: string, at: number, timeZone: string): boolean {
  const format = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', timeZone } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(at) === hour;
}
