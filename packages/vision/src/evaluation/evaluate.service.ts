import { chooseModel, type ModelFile } from '../detector/choose-model.ts';
import type { Detector, Picture, Thresholds } from '../detector/detector.ts';
import { averagePrecision, type Compared, meanAveragePrecision } from './average-precision.ts';
import type { AnnotatedPicture } from './coco.ts';
import { type CountError, countErrorOf } from './count-error.ts';

/** Thresholds for the precision: nearly everything, so that the curve reaches its end. */
const CURVE: Thresholds = { conf: 0.001, iou: 0.7 };

/** Figures of a set of pictures; shares 0..1; `null`: nobody is marked in them. */
export interface Figures {
  readonly pictures: number;
  readonly people: number;
  readonly ap50: number | null;
  readonly ap5095: number | null;
  readonly count: CountError;
}

export interface Evaluation extends Figures {
  /** thresholds of the count */
  readonly conf: number;
  readonly iou: number;
  /** file names of the weights that were used */
  readonly models: string[];
  /** by name of the subset */
  readonly subsets: Readonly<Record<string, Figures>>;
}

export interface EvaluationDeps {
  readonly detector: Detector;
  readonly models: readonly ModelFile[];
  /** Decodes a picture by its file name. @throws Error that names the file. */
  readonly openPicture: (fileName: string) => Promise<Picture>;
}

interface Result extends Compared {
  readonly subset: string | undefined;
  readonly persons: number;
  readonly count: number;
  readonly model: string;
}

function figuresOf(results: readonly Result[]): Figures {
  return {
    pictures: results.length,
    people: results.reduce((sum, { persons }) => sum + persons, 0),
    ap50: averagePrecision(results, 0.5) ?? null,
    ap5095: meanAveragePrecision(results) ?? null,
    count: countErrorOf(results),
  };
}

/**
 * Compares the detector with annotated pictures. `thresholds` are those of the count; `onProgress` hears how many
 * pictures are done.
 */
export async function evaluatePictures(
  deps: EvaluationDeps,
  pictures: readonly AnnotatedPicture[],
  thresholds: Thresholds,
  onProgress: (done: number) => void,
): Promise<Evaluation> {
  const results: Result[] = [];
  const waiting = [...pictures];

  async function look({ fileName, subset, persons, marked }: AnnotatedPicture): Promise<Result> {
    const picture = await deps.openPicture(fileName);
    const model = chooseModel(deps.models, 'standard', picture.size);
    if (!model) throw new Error('there are no weights to look with');
    const curve = await deps.detector.detect({ picture, modelPath: model.path, ...CURVE });
    const again = { picture: curve.picture, modelPath: model.path, ...thresholds };
    const { humans } = await deps.detector.detect(again);
    return {
      found: curve.humans,
      marked,
      subset,
      persons,
      count: humans.length,
      model: model.name,
    };
  }

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results.push(await look(next));
      onProgress(results.length);
    }
  }

  await Promise.all(Array.from({ length: deps.detector.threads }, work));
  const names = [...new Set(results.flatMap(({ subset }) => subset ?? []))].sort();
  return {
    ...figuresOf(results),
    ...thresholds,
    models: [...new Set(results.map(({ model }) => model))].sort(),
    subsets: Object.fromEntries(
      names.map((name) => [name, figuresOf(results.filter(({ subset }) => subset === name))]),
    ),
  };
}
