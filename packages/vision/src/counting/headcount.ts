import type { Corners } from '../detector/boxes.ts';
import { type Count, possiblePeople, SURE_SCORE } from './count.ts';
import type { Standing } from './standing.ts';
import {
  type Following,
  follow,
  isPerson,
  NOBODY,
  type Sight,
  type Track,
  type TrackRules,
} from './tracker.ts';

/** A look with the mean luma of its picture, 0..255. */
export interface LitSight extends Sight {
  readonly meanLuma: number;
  /** where a box stands by the zones of the camera; absent: all of the picture counts */
  readonly standingOf?: (box: Corners) => Standing;
}

/** Memory of one camera between looks. Times in milliseconds; `undefined`: no look yet. */
export interface Counting {
  readonly following: Following;
  readonly firstLookAt: number | undefined;
  readonly lastLookAt: number | undefined;
  readonly looks: number;
  /** most people that a look of the last moments may have shown, and when it did */
  readonly possible: { readonly people: number; readonly at: number };
  /** `undefined` while nobody was seen and the settling time has not passed: too early to say "none" */
  readonly count: Count | undefined;
}

export const NOT_YET_COUNTED: Counting = {
  following: NOBODY,
  firstLookAt: undefined,
  lastLookAt: undefined,
  looks: 0,
  possible: { people: 0, at: 0 },
  count: undefined,
};

/** A hole in the looks longer than this many times `unclearMs` starts the counting afresh. */
const LONGEST_HOLE = 2;

/** Mean scores at which a person counts as hardly and as clearly visible. */
const HARDLY_VISIBLE = 0.3;
const CLEARLY_VISIBLE = 0.6;

/** How long a person out of sight still counts, in milliseconds. */
function holdMsOf(track: Track, rules: TrackRules): number {
  const mean = track.evidence / track.sights;
  const clear = (mean - HARDLY_VISIBLE) / (CLEARLY_VISIBLE - HARDLY_VISIBLE);
  const unclear = 1 - Math.min(Math.max(clear, 0), 1);
  const least = track.hidden ? Math.max(rules.emptyMs, rules.settleMs) : rules.settleMs;
  return least + unclear * Math.max(0, rules.unclearMs - least);
}

/** Longer than from one second look at a crowd to the next, in milliseconds. */
const POSSIBLE_MS = 1200;

/** Those of the boxes that count by the zones of the camera. */
const whoCounts = <T extends Corners>(
  boxes: readonly T[],
  { standingOf }: LitSight,
): readonly T[] => (standingOf ? boxes.filter((box) => standingOf(box) !== 'outside') : boxes);

function possibleOf({ possible }: Counting, sight: LitSight): Counting['possible'] {
  const people = possiblePeople(whoCounts(sight.humans, sight), sight.meanLuma);
  const isNews = people >= possible.people || sight.at - possible.at > POSSIBLE_MS;
  return isNews ? { people, at: sight.at } : possible;
}

const isSureNow = (track: Track, { standingOf }: LitSight): boolean =>
  track.missedLooks === 0 &&
  track.evidence / track.sights >= SURE_SCORE &&
  (standingOf === undefined || standingOf(track) === 'inside');

function countOf(tracks: readonly Track[], sight: LitSight, rules: TrackRules): Count {
  const within = (track: Track, holdMs: number): boolean =>
    sight.at - track.lastSeenAt < holdMs || track.missedLooks < rules.cleanLooks;
  const people = tracks.filter((track) => isPerson(track, rules));
  const counted = people.filter((track) => within(track, holdMsOf(track, rules)));
  const last = people.filter((track) => within(track, rules.emptyMs));
  const count = counted.length > 0 ? counted.length : last.length;
  const sure = people.filter((track) => isSureNow(track, sight)).length;
  return { count, min: Math.min(count, sure), max: tracks.length };
}

/**
 * One more look. Quick to say "someone": a clear find counts at once. Slow to say "none": the count falls only when a
 * person was out of sight for a settling time and for `cleanLooks` looks, and a fresh camera says nothing until then.
 */
export function countLook(before: Counting, sight: LitSight, rules: TrackRules): Counting {
  const hole = sight.at - (before.lastLookAt ?? sight.at);
  const known = hole > LONGEST_HOLE * rules.unclearMs ? NOT_YET_COUNTED : before;
  const following = follow(
    // Numbers of people stay unique even when the counting starts afresh.
    { ...known.following, nextId: before.following.nextId },
    sight,
    rules,
  );
  const firstLookAt = known.firstLookAt ?? sight.at;
  const looks = known.looks + 1;
  const possible = possibleOf(known, sight);
  const followed = countOf(whoCounts(following.tracks, sight), sight, rules);
  const count = { ...followed, max: Math.max(followed.max, possible.people) };
  const settled = sight.at - firstLookAt >= rules.emptyMs && looks >= rules.cleanLooks;
  return {
    following,
    firstLookAt,
    lastLookAt: sight.at,
    looks,
    possible,
    count: settled || count.count > 0 ? count : undefined,
  };
}
