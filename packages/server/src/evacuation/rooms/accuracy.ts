import type { Accuracy, Estimate, Moment } from '@vigie/contracts/commissioning';

/** Below this number of counted moments nothing is said: the interval would be a guess. */
const LEAST_MOMENTS = 5;
/** Quantile of the normal distribution for two-sided 95 %. */
const Z = 1.959964;

/** A moment at which the camera counted. */
interface Counted {
  readonly people: number;
  readonly count: number;
  readonly min: number;
  /** `undefined`: no upper limit was given */
  readonly max: number | undefined;
  readonly at: string;
}

const countedIn = (moments: readonly Moment[]): Counted[] =>
  moments.flatMap(({ people, count, min, max, at, health }) =>
    health === 'ok' && count !== null
      ? [{ people, count, min: min ?? 0, max: max ?? undefined, at }]
      : [],
  );

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/**
 * Share `hits` of `trials` with its 95 % interval; honest at 0 and 1 and for few trials. `hits` may be broken.
 * Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927.
 */
export function shareOf(hits: number, trials: number): Estimate | null {
  if (trials === 0) return null;
  const value = hits / trials;
  const scale = 1 + Z ** 2 / trials;
  const middle = (value + Z ** 2 / (2 * trials)) / scale;
  const half = (Z / scale) * Math.sqrt((value * (1 - value)) / trials + (Z / (2 * trials)) ** 2);
  const low = hits === 0 ? 0 : Math.max(0, middle - half);
  return { value, low, high: hits === trials ? 1 : Math.min(1, middle + half) };
}

/**
 * Quantile of Student's t for two-sided 95 %, within 0.3 % from 4 degrees of freedom on.
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
 */
function tOf(freedom: number): number {
  const first = (Z ** 3 + Z) / 4;
  const second = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96;
  const third = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384;
  return Z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

/** Mean of at least two numbers with its 95 % interval. */
export function meanOf(numbers: readonly number[]): Estimate {
  const value = sumOf(numbers) / numbers.length;
  const squares = sumOf(numbers.map((n) => (n - value) ** 2));
  const freedom = numbers.length - 1;
  const half = tOf(freedom) * Math.sqrt(squares / freedom / numbers.length);
  return { value, low: value - half, high: value + half };
}

/**
 * What the labelled moments of one camera say about its counts; `undefined`: too few were counted. People of one moment are
 * missed together, so the interval of the miss rate is that of as many trials as there are moments with people, not people.
 */
export function accuracyOf(moments: readonly Moment[]): Accuracy | undefined {
  const counted = countedIn(moments);
  if (counted.length < LEAST_MOMENTS) return undefined;
  const errors = counted.map(({ people, count }) => count - people);
  const meanError = meanOf(errors.map(Math.abs));
  const peopled = counted.filter(({ people }) => people > 0);
  const missed = sumOf(peopled.map(({ people, count }) => Math.max(0, people - count)));
  const missedShare = missed / Math.max(1, sumOf(peopled.map(({ people }) => people)));
  const falseEmpty = peopled.filter(({ count }) => count === 0).length;
  const inRange = counted.filter(
    ({ people, min, max }) => people >= min && (max === undefined || people <= max),
  ).length;
  return {
    moments: counted.length,
    unknown: moments.length - counted.length,
    meanError: { ...meanError, low: Math.max(0, meanError.low) },
    bias: meanOf(errors),
    missRate: shareOf(missedShare * peopled.length, peopled.length),
    falseEmptyRate: shareOf(falseEmpty, peopled.length),
    inRange: shareOf(inRange, counted.length) as Estimate,
    until: counted
      .map(({ at }) => at)
      .sort()
      .at(-1) as string,
  };
}
