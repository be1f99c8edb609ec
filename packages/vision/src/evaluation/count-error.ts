import type { Count } from '../counting/count.ts';

/** How many people a picture shows and how many were counted in it. */
export interface CountedPicture extends Count {
  readonly persons: number;
}

export interface CountError {
  /** mean absolute error in people a picture */
  readonly mae: number;
  /** mean error: below 0, people are missed */
  readonly bias: number;
  /** share of the pictures with people that were called empty, 0..1; `null`: no picture has people */
  readonly falseEmptyRate: number | null;
  /** share of the pictures whose range holds the truth, 0..1 */
  readonly inRange: number;
  /** mean width of the range in people */
  readonly rangeWidth: number;
}

/** Errors of the count over pictures; there is at least one. */
export function countErrorOf(pictures: readonly CountedPicture[]): CountError {
  const errors = pictures.map(({ persons, count }) => count - persons);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const peopled = pictures.filter(({ persons }) => persons > 0);
  const missed = peopled.filter(({ count }) => count === 0);
  const held = pictures.filter(({ persons, min, max }) => min <= persons && persons <= max);
  return {
    mae: mean(errors.map(Math.abs)),
    bias: mean(errors),
    falseEmptyRate: peopled.length === 0 ? null : missed.length / peopled.length,
    inRange: held.length / pictures.length,
    rangeWidth: mean(pictures.map(({ min, max }) => max - min)),
  };
}
