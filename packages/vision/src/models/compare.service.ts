import { type Detection, iouOf } from '../detector/boxes.ts';
import { COUNTED_SCORE, type Picture, type Thresholds } from '../detector/detector.ts';
import type { Session } from '../detector/session.driver.ts';
import { averagePrecision, type Compared, type Marked } from '../evaluation/average-precision.ts';
import type { Agreement, Comparison } from './verdict.ts';

/** A picture at which two models are compared. `marked`: its people; `undefined` where nobody marked them. */
export interface Sample {
  readonly picture: Picture;
  readonly subset?: string | undefined;
  readonly marked?: readonly Marked[] | undefined;
}

/** Nearly everything, so that the curve of the precision reaches its end. */
const CURVE: Thresholds = { conf: 0.001, iou: 0.7 };
/** A find of this score is one that the other model must have too, if only as a find that counts. */
const SURE_SCORE = 0.25;
/** Overlap from which two boxes are the same find. */
const SAME = 0.5;
/** Runs of each model below which the median of their times says little. */
const ENOUGH_RUNS = 15;

/** The two models: as it was, and in 8 bits. */
export interface Pair {
  readonly float: Session;
  readonly small: Session;
}

interface Seen {
  readonly subset: string;
  readonly marked: readonly Marked[] | undefined;
  readonly float: readonly Detection[];
  readonly small: readonly Detection[];
}

/** Times of inference in milliseconds. */
interface Times {
  readonly float: number[];
  readonly small: number[];
}

/** One look of each, in turn, so that a busy machine slows both alike. */
async function lookTwice({ float, small }: Pair, picture: Picture, times: Times) {
  const before = await float.look({ picture, kind: 'humans', ...CURVE });
  const after = await small.look({ picture, kind: 'humans', ...CURVE });
  times.float.push(before.ms.infer);
  times.small.push(after.ms.infer);
  return { float: before.found, small: after.found };
}

/** How many sure finds of the one the other has too. */
function confirmed(sure: readonly Detection[], others: readonly Detection[]): Agreement {
  const certain = sure.filter(({ score }) => score >= SURE_SCORE);
  const counted = others.filter(({ score }) => score >= COUNTED_SCORE);
  const shared = certain.filter((find) => counted.some((other) => iouOf(find, other) >= SAME));
  return { finds: certain.length, shared: shared.length };
}

function agreementOf(seen: readonly Seen[]): Agreement {
  const parts = seen.flatMap(({ float, small }) => [
    confirmed(float, small),
    confirmed(small, float),
  ]);
  return {
    finds: parts.reduce((sum, { finds }) => sum + finds, 0),
    shared: parts.reduce((sum, { shared }) => sum + shared, 0),
  };
}

function precisionOf(seen: readonly Seen[], by: 'float' | 'small'): number | undefined {
  const compared = seen.flatMap((look): Compared[] =>
    look.marked ? [{ found: look[by], marked: look.marked }] : [],
  );
  return averagePrecision(compared, 0.5);
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Compares a model with its 8-bit form at pictures, one after the other; `onProgress` hears how many are done.
 * @throws Error when there are no pictures.
 */
export async function compareModels(
  pair: Pair,
  samples: AsyncIterable<Sample>,
  onProgress: (done: number) => void,
): Promise<Comparison> {
  const times: Times = { float: [], small: [] };
  const seen: Seen[] = [];
  let last: Picture | undefined;
  for await (const { picture, subset = '', marked } of samples) {
    seen.push({ subset, marked, ...(await lookTwice(pair, picture, times)) });
    last = picture;
    onProgress(seen.length);
  }
  if (!last) throw new Error('there are no pictures to compare the models at');
  while (times.float.length < ENOUGH_RUNS) await lookTwice(pair, last, times);
  const names = [...new Set(seen.map(({ subset }) => subset))].sort();
  return {
    pictures: seen.length,
    ms: { float: medianOf(times.float), small: medianOf(times.small) },
    agreement: agreementOf(seen),
    subsets: names.map((name) => {
      const part = seen.filter(({ subset }) => subset === name);
      const ap50 = { float: precisionOf(part, 'float'), small: precisionOf(part, 'small') };
      return { name, pictures: part.length, ap50 };
    }),
  };
}
