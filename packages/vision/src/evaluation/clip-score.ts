import type { Count } from '../counting/count.ts';

/** How many people a clip shows; seconds from its start. Between the intervals somebody is coming or going. */
export interface CountInterval {
  readonly from: number;
  readonly to: number;
  readonly persons: number;
}

/** One look at a clip; `count` is `undefined` while it is unknown. */
export interface CountedLook {
  readonly t: number;
  readonly count: Count | undefined;
  /** numbers of the people seen in this look */
  readonly tracks?: readonly number[];
}

export interface ClipScore {
  /** looks with the right count among those with a count, 0..1 */
  readonly right: number;
  /** looks whose range holds the truth, 0..1 */
  readonly inRange: number;
  /** looks that fell into an interval */
  readonly looks: number;
  /** those of them that had no count yet */
  readonly unknown: number;
  /** longest time in seconds that nobody was counted while somebody was there */
  readonly longestFalseZero: number;
}

/** Compares counts with the truth, within the intervals only. */
export function scoreClip(
  looks: readonly CountedLook[],
  truth: readonly CountInterval[],
): ClipScore {
  const scored = looks.flatMap((look) => {
    const interval = truth.find(({ from, to }) => look.t >= from - 1e-6 && look.t <= to + 1e-6);
    return interval ? [{ ...look, persons: interval.persons }] : [];
  });
  const known = scored.flatMap(({ count, ...look }) => (count ? [{ ...look, count }] : []));
  const share = (holds: (look: (typeof known)[number]) => boolean): number =>
    known.filter(holds).length / Math.max(known.length, 1);
  return {
    right: share(({ count, persons }) => count.count === persons),
    inRange: share(({ count, persons }) => count.min <= persons && persons <= count.max),
    looks: scored.length,
    unknown: scored.length - known.length,
    longestFalseZero: longestFalseZero(looks, truth),
  };
}

/** The score of several clips as if they were one; there is at least one. */
export function togetherScore(scores: readonly ClipScore[]): ClipScore {
  const sum = (value: (score: ClipScore) => number): number =>
    scores.reduce((total, score) => total + value(score), 0);
  const knownOf = ({ looks, unknown }: ClipScore): number => looks - unknown;
  const known = Math.max(sum(knownOf), 1);
  return {
    right: sum((score) => score.right * knownOf(score)) / known,
    inRange: sum((score) => score.inRange * knownOf(score)) / known,
    looks: sum(({ looks }) => looks),
    unknown: sum(({ unknown }) => unknown),
    longestFalseZero: Math.max(...scores.map((score) => score.longestFalseZero)),
  };
}

function longestFalseZero(looks: readonly CountedLook[], truth: readonly CountInterval[]): number {
  let longest = 0;
  let since: number | undefined;
  for (const { t, count } of looks) {
    const present = truth.some(({ from, to, persons }) => persons > 0 && t >= from && t <= to);
    const isFalseZero = present && count?.count === 0;
    if (since !== undefined) longest = Math.max(longest, t - since);
    since = isFalseZero ? (since ?? t) : undefined;
  }
  return longest;
}
