import type { Size } from './boxes.ts';
import type { Head } from './heads.ts';
import { letterboxOf } from './letterbox.ts';

/** A model file that was found. `input` is `null` when the model takes any size. */
export interface ModelFile {
  readonly path: string;
  /** file name, unique to people */
  readonly name: string;
  readonly bytes: number;
  readonly input: Size | null;
  readonly quantised: boolean;
  /** `undefined`: not known before it runs */
  readonly knowsVehicles?: boolean | undefined;
  /** milliseconds of processor time that a unit of `unitsOf` takes here; where it was not measured, `USUAL_PACE` */
  readonly pace?: number | undefined;
}

/** What a model file says of itself, without being run. */
export interface InspectedModel extends ModelFile {
  /** `undefined`: its shapes do not tell before it runs */
  readonly head: Head | undefined;
  /** 64 hexadecimal digits */
  readonly sha256: string;
  /** no part of it lies in another file */
  readonly isWhole: boolean;
}

/** How much computing a camera is worth. Same words as `CameraConfig.profile`. */
export type Profile = 'quick' | 'standard' | 'crowded';

/** Input for models that take any size: the longer side, in pixels. */
export const FREE_LONG_SIDE = 640;
/** A picture shown with a shorter longer side than this loses the people at the back of a room. */
const ENOUGH_DETAIL = 600;
/** One look of `standard` may take so much processor time, in milliseconds. */
const STANDARD_BUDGET_MS = 120;
/** Milliseconds of one core for a unit: 17 to 26, for YOLOv8 n and s at four input sizes, with 8-bit dot products. */
const USUAL_PACE = 20;
/** Work of the weights that a camera usually gets. */
const USUAL_UNITS = 3;

/** A float file is so much larger than the same weights in 8 bits with their scales, as measured on YOLOv8 n and s. */
const FLOAT_BYTES = 3.5;

/** Size class by the number of weights, in half octaves: the same network at another input size falls into the same. */
const strengthOf = (model: ModelFile): number =>
  Math.round(Math.log2(model.bytes / (model.quantised ? 1 : FLOAT_BYTES)) * 2);

const inputOf = (model: ModelFile): Size =>
  model.input ?? { width: FREE_LONG_SIDE, height: FREE_LONG_SIDE };

/**
 * Relative work of one look: bytes of weights × input pixels / 10^12. Convolutions cost in proportion to both, and
 * 8-bit weights are a quarter of the bytes and, where the processor has 8-bit dot products, of the time.
 */
function unitsOf(model: ModelFile): number {
  const { width, height } = inputOf(model);
  return (model.bytes * width * height) / 1e12;
}

/** Milliseconds of one look on one core. */
export const costOf = (model: ModelFile): number => unitsOf(model) * (model.pace ?? USUAL_PACE);

/**
 * Gives each kind of weights, float and 8-bit, the pace of the one of its kind that was measured. `ms`: of one look.
 * On processors without 8-bit dot products an 8-bit model is no quicker than the float one, and then is not chosen.
 */
export function paced<Model extends ModelFile>(
  models: readonly Model[],
  measured: readonly { readonly model: ModelFile; readonly ms: number }[],
): Model[] {
  return models.map((model) => {
    const like = measured.find((one) => one.model.quantised === model.quantised);
    return like ? { ...model, pace: like.ms / unitsOf(like.model) } : model;
  });
}

/** Of each kind that there is, float and 8-bit, the one to measure: very small ones would not stand for the others. */
export const samplesOf = (models: readonly ModelFile[]): ModelFile[] =>
  [false, true].flatMap((isQuantised) =>
    models
      .filter(({ quantised }) => quantised === isQuantised)
      .toSorted((a, b) => fromUsual(a) - fromUsual(b))
      .slice(0, 1),
  );

const fromUsual = (model: ModelFile): number => Math.abs(unitsOf(model) - USUAL_UNITS);

/** Longer side, in input pixels, of a picture inside this model's input. */
function detailOf(model: ModelFile, picture: Size): number {
  const { inner } = letterboxOf(picture, inputOf(model), 'centre');
  return Math.max(inner.width, inner.height);
}

/** Orders for each profile, best first; the next number decides where the earlier ones are equal. */
const ranks: Readonly<Record<Profile, (model: ModelFile, picture: Size) => number[]>> = {
  quick: (model) => [costOf(model)],
  standard: (model) => [
    costOf(model) <= STANDARD_BUDGET_MS ? 0 : 1,
    -strengthOf(model),
    costOf(model),
  ],
  crowded: (model, picture) => [-strengthOf(model), -detailOf(model, picture), costOf(model)],
};

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const firstOf = (
  models: readonly ModelFile[],
  rank: (model: ModelFile) => number[],
): ModelFile | undefined =>
  [...models].sort((a, b) => compare(rank(a), rank(b)) || (a.name < b.name ? -1 : 1))[0];

/**
 * Chooses the weights for pictures of this size: `quick` the quickest, `standard` the strongest within a budget of time,
 * `crowded` the strongest. Only models that show the picture at enough detail count, where there is one; so a
 * 384×640 model serves 16:9 cameras and a 640×640 model squarer pictures. `undefined`: the list is empty.
 */
export function chooseModel(
  models: readonly ModelFile[],
  profile: Profile,
  picture: Size,
): ModelFile | undefined {
  return firstOf(models, (model) => {
    const lacking = Math.max(0, ENOUGH_DETAIL - detailOf(model, picture));
    return [lacking, ...ranks[profile](model, picture)];
  });
}

/**
 * Chooses the weights for vehicles: those that show most of a picture of this size, the strongest of them; any that know no
 * vehicles only where there are no others. `undefined`: the list is empty.
 */
export function chooseForVehicles(
  models: readonly ModelFile[],
  picture: Size,
): ModelFile | undefined {
  return firstOf(models, (model) => [
    model.knowsVehicles === false ? 1 : 0,
    -detailOf(model, picture),
    -strengthOf(model),
    costOf(model),
  ]);
}
