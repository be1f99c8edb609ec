import { lengthLimitsHours, type StayLengths } from '@vigie/contracts/parking-statistics';

/** Width of a class of lengths below one day, in ms. */
export const fineMs = 300_000;
/** Width of a class from one day on, in ms. */
export const coarseMs = 3_600_000;

/** Stays of about the same length: at least `fromMs`, and shorter than the next class. */
export interface LengthClass {
  fromMs: number;
  count: number;
  /** Of all lengths of the class. */
  sumMs: number;
  longestMs: number;
}

/**
 * How long the stays lasted; `null` when there are none. `classes` shortest first. Mean and longest are exact, median and p90
 * are the mean of the class that holds their rank.
 */
export function lengthsOf(classes: readonly LengthClass[]): StayLengths | null {
  const count = countIn(classes);
  if (count === 0) return null;
  const sumMs = classes.reduce((sum, one) => sum + one.sumMs, 0);
  return {
    mean: Math.round(sumMs / count),
    median: meanAtRank(classes, count * 0.5),
    p90: meanAtRank(classes, count * 0.9),
    longest: classes.at(-1)?.longestMs ?? 0,
  };
}

/** The mean of the class within which that many stays are reached. */
function meanAtRank(classes: readonly LengthClass[], rank: number): number {
  let reached = 0;
  for (const { count, sumMs } of classes) {
    reached += count;
    if (reached >= rank) return Math.round(sumMs / count);
  }
  return 0;
}

/** Number of stays in each class of the contract. */
export function countsByLength(classes: readonly LengthClass[]): number[] {
  const limits = [0, ...lengthLimitsHours, Number.POSITIVE_INFINITY].map((h) => h * 3_600_000);
  return limits.slice(1).map((limit, index) => {
    const least = limits[index] ?? 0;
    return countIn(classes.filter(({ fromMs }) => fromMs >= least && fromMs < limit));
  });
}

const countIn = (classes: readonly LengthClass[]): number =>
  classes.reduce((sum, { count }) => sum + count, 0);
