import { COUNTED_SCORE } from '../detector/detector.ts';

/**
 * How many people there are. `min`: surely seen now. `count`: the best figure. `max`: also those whose leaving is not
 * sure and finds that are not sure to be people. `min` ≤ `count` ≤ `max`.
 */
export interface Count {
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

/** From this score on a find is a person beyond doubt. All scores 0..1; measured, see docs/counting.md. */
export const SURE_SCORE = 0.25;
/** From this score on one of a handful of finds may be a person. */
const POSSIBLE_SCORE = 0.1;
/** So many counted people hide others, and finds from this score on may be some of them. */
const CROWD = { people: 6, possibleScore: 0.07 };
/** The same in a dim picture, where the detector hardly notices people. */
const DIM_CROWD = { people: 3, possibleScore: 0.04 };
/** Pictures darker than this on the mean are dim, 0..255. */
const DIM_LUMA = 50;

interface Scored {
  readonly score: number;
}

const countFrom = (finds: readonly Scored[], score: number): number =>
  finds.filter((find) => find.score >= score).length;

/** Most people that a look at a crowd may show; 0 where there is no crowd. `meanLuma` of the picture, 0..255. */
export function possiblePeople(finds: readonly Scored[], meanLuma: number): number {
  const { people, possibleScore } = meanLuma < DIM_LUMA ? DIM_CROWD : CROWD;
  return countFrom(finds, COUNTED_SCORE) < people ? 0 : countFrom(finds, possibleScore);
}

/** Counts the people of one picture, from all its finds however weak; nothing is known of before or after. */
export function countPicture(finds: readonly Scored[], meanLuma: number): Count {
  return {
    count: countFrom(finds, COUNTED_SCORE),
    min: countFrom(finds, SURE_SCORE),
    max: Math.max(countFrom(finds, POSSIBLE_SCORE), possiblePeople(finds, meanLuma)),
  };
}
