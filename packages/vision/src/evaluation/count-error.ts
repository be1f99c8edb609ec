/** How many people a picture shows and how many were counted in it. */
export interface CountedPicture {
  readonly persons: number;
  readonly count: number;
}

export interface CountError {
  /** mean absolute error in people a picture */
  readonly mae: number;
  /** mean error: below 0, people are missed */
  readonly bias: number;
  /** share of the pictures with people that were called empty, 0..1; `null`: no picture has people */
  readonly falseEmptyRate: number | null;
}

/** Errors of the count over pictures; there is at least one. */
export function countErrorOf(pictures: readonly CountedPicture[]): CountError {
  const errors = pictures.map(({ persons, count }) => count - persons);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const peopled = pictures.filter(({ persons }) => persons > 0);
  const missed = peopled.filter(({ count }) => count === 0);
  return {
    mae: mean(errors.map(Math.abs)),
    bias: mean(errors),
    falseEmptyRate: peopled.length === 0 ? null : missed.length / peopled.length,
  };
}
