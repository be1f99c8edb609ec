import { viewOf } from '../camera/view.ts';
import { countPicture } from '../counting/count.ts';
import { chooseModel, type ModelFile, type Profile } from '../detector/choose-model.ts';
import {
  COUNTED_SCORE,
  COUNTING_IOU,
  type Detector,
  type Look,
  type Picture,
  type Thresholds,
} from '../detector/detector.ts';
import type { Finder } from '../detector/finder.service.ts';
import {
  averagePrecision,
  type Compared,
  foundShare,
  meanAveragePrecision,
} from './average-precision.ts';
import type { AnnotatedPicture } from './coco.ts';
import { type CountError, type CountedPicture, countErrorOf } from './count-error.ts';

/** Thresholds for the precision: nearly everything, so that the curve reaches its end. */
const CURVE: Thresholds = { conf: 0.001, iou: 0.7 };

/** Thresholds of a first look. */
const COUNTING: Thresholds = { conf: COUNTED_SCORE, iou: COUNTING_IOU };

/** Figures of a set of pictures; shares 0..1; `null`: nobody is marked in them. */
export interface Figures {
  readonly pictures: number;
  readonly people: number;
  readonly ap50: number | null;
  readonly ap5095: number | null;
  /** share of the people whom a counted find shows, overlap at least 0.5 */
  readonly found: number | null;
  readonly count: CountError;
  /** milliseconds a picture took to count, mean, on one thread */
  readonly msPerPicture: number;
}

export interface Evaluation extends Figures {
  /** how it was counted; `null`: by one plain look with the thresholds `conf` and `iou` */
  readonly profile: Profile | null;
  readonly conf: number;
  readonly iou: number;
  /** file names of the weights that were used for the whole pictures */
  readonly models: string[];
  /** by name of the subset */
  readonly subsets: Readonly<Record<string, Figures>>;
}

export interface EvaluationDeps {
  readonly detector: Detector;
  readonly finder: Finder;
  readonly models: readonly ModelFile[];
  /** Decodes a picture by its file name. @throws Error that names the file. */
  readonly openPicture: (fileName: string) => Promise<Picture>;
}

/** How the people of each picture are counted: as at a camera, or by one plain look with these thresholds. */
export type CountedBy = { readonly profile: Profile } | Thresholds;

interface Result extends CountedPicture {
  readonly subset: string | undefined;
  /** finds for the curve, and those that count */
  readonly curve: Compared;
  readonly counted: Compared;
  readonly ms: number;
  readonly model: string;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function figuresOf(results: readonly Result[]): Figures {
  const curves = results.map(({ curve }) => curve);
  return {
    pictures: results.length,
    people: results.reduce((sum, { persons }) => sum + persons, 0),
    ap50: averagePrecision(curves, 0.5) ?? null,
    ap5095: meanAveragePrecision(curves) ?? null,
    found: foundShare(results.map(({ counted }) => counted)) ?? null,
    count: countErrorOf(results),
    msPerPicture: Math.round(meanOf(results.map(({ ms }) => ms)) * 10) / 10,
  };
}

const totalOf = ({ prepare, infer, post }: Look['ms']): number => prepare + infer + post;

/** Counts one picture; `humans` are those that count. */
async function countIn(
  picture: Picture,
  by: CountedBy,
  { detector, finder, modelPath }: EvaluationDeps & { readonly modelPath: string },
) {
  if (!('profile' in by)) {
    const { humans, ms } = await detector.detect({ picture, modelPath, ...by });
    const count = humans.length;
    return { humans, ms, range: { count, min: count, max: count } };
  }
  const look = await finder.find({ picture, profile: by.profile, mayLookAgain: true });
  const humans = look.humans.filter(({ score }) => score >= COUNTED_SCORE);
  const range = countPicture(look.humans, viewOf(look.picture).meanLuma);
  return { humans, ms: look.ms, range };
}

async function resultOf(
  { fileName, subset, persons, marked }: AnnotatedPicture,
  by: CountedBy,
  deps: EvaluationDeps,
): Promise<Result> {
  const picture = await deps.openPicture(fileName);
  const profile = 'profile' in by ? by.profile : 'standard';
  const model = chooseModel(deps.models, profile, picture.size);
  if (!model) throw new Error('there are no weights to look with');
  const modelPath = model.path;
  const curve = await deps.detector.detect({ picture, modelPath, ...CURVE });
  const { humans, ms, range } = await countIn(curve.picture, by, { ...deps, modelPath });
  return {
    subset,
    persons,
    ...range,
    curve: { found: curve.humans, marked },
    counted: { found: humans, marked },
    ms: totalOf(ms),
    model: model.name,
  };
}

/**
 * Compares the detector with annotated pictures. The precision is always that of one plain look, so that it compares
 * with other programs; `by` is how the count is made. `onProgress` hears how many pictures are done.
 */
export async function evaluatePictures(
  deps: EvaluationDeps,
  pictures: readonly AnnotatedPicture[],
  { by, onProgress }: { by: CountedBy; onProgress: (done: number) => void },
): Promise<Evaluation> {
  const results: Result[] = [];
  const waiting = [...pictures];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results.push(await resultOf(next, by, deps));
      onProgress(results.length);
    }
  }

  await Promise.all(Array.from({ length: deps.detector.threads }, work));
  const names = [...new Set(results.flatMap(({ subset }) => subset ?? []))].sort();
  const inSubset = (name: string) => results.filter(({ subset }) => subset === name);
  return {
    ...figuresOf(results),
    ...('profile' in by ? { ...COUNTING, profile: by.profile } : { ...by, profile: null }),
    models: [...new Set(results.map(({ model }) => model))].sort(),
    subsets: Object.fromEntries(names.map((name) => [name, figuresOf(inSubset(name))])),
  };
}
