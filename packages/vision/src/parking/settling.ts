import type { CameraHealth, SpaceOccupancy } from '@vigie/contracts/vision';
import type { SpaceSight } from './space-sights.ts';

/** A space changes after so many looks in a row that say so, over so many milliseconds: who drives past does not park. */
export const SETTLING = { looks: 4, ms: 5000 } as const;

/** A look in another direction than what is known, and those that agreed with it since. Times in milliseconds of any one clock. */
interface Doubt {
  readonly occupied: boolean;
  readonly since: number;
  readonly looks: number;
}

/** What is known of a space. `occupied` undefined: not yet settled. Times in milliseconds of any one clock. */
interface SettledSpace {
  readonly occupied: boolean | undefined;
  /** the first and the newest look that said so */
  readonly since: number;
  readonly seenAt: number;
  readonly score: number;
  readonly doubt: Doubt | undefined;
}

/** What is known of the spaces of a camera, by id. */
export type SettledSpaces = ReadonlyMap<string, SettledSpace>;

const UNSETTLED: SettledSpace = {
  occupied: undefined,
  since: 0,
  seenAt: 0,
  score: 0,
  doubt: undefined,
};

function settle(before: SettledSpace, { occupied, score }: SpaceSight, at: number): SettledSpace {
  if (occupied === before.occupied) return { ...before, seenAt: at, score, doubt: undefined };
  const isSame = before.doubt?.occupied === occupied;
  const since = isSame && before.doubt ? before.doubt.since : at;
  const looks = isSame && before.doubt ? before.doubt.looks + 1 : 1;
  if (looks < SETTLING.looks || at - since < SETTLING.ms)
    return { ...before, score, doubt: { occupied, since, looks } };
  return { occupied, since, seenAt: at, score, doubt: undefined };
}

/** One more look. Spaces that are not among the sights are forgotten. */
export const settledAfter = (
  before: SettledSpaces,
  sights: readonly SpaceSight[],
  at: number,
): SettledSpaces =>
  new Map(
    sights.map((sight) => [
      sight.spaceId,
      settle(before.get(sight.spaceId) ?? UNSETTLED, sight, at),
    ]),
  );

/** Nothing that was seen before is believed after a camera was blind: while it was, every car may have gone or come. */
export const mustForget = (health: CameraHealth): boolean =>
  health !== 'ok' && health !== 'starting';

const instantOf = (ms: number): string => new Date(ms).toISOString();

/**
 * What is told of the spaces, in the order of `spaceIds`: unknown unless the camera sees and the space has settled. `toWall`: from
 * the clock of the looks to milliseconds since 1970.
 */
export const occupancyOf = (
  spaceIds: readonly string[],
  settled: SettledSpaces,
  { health, toWall }: { health: CameraHealth; toWall: number },
): SpaceOccupancy[] =>
  spaceIds.map((spaceId) => {
    const space = settled.get(spaceId);
    if (health !== 'ok' || space?.occupied === undefined)
      return { spaceId, occupied: null, score: 0, since: null, seenAt: null };
    const { occupied, since, seenAt } = space;
    const instants = { since: instantOf(since + toWall), seenAt: instantOf(seenAt + toWall) };
    const score = Math.round(space.score * 1000) / 1000;
    return { spaceId, occupied, score, ...instants };
  });
