import type { Detection } from './boxes.ts';
import { chooseModel, type ModelFile, type Profile } from './choose-model.ts';
import {
  COUNTED_SCORE,
  COUNTING_IOU,
  type Detector,
  type Framing,
  type Look,
  type Picture,
} from './detector.ts';
import { isDull } from './dull.ts';
import { sizeOf, wholeOf } from './framing.ts';
import { mergeLooks, type PartialLook } from './merge-looks.ts';
import { furtherLooks, SECOND_LOOK } from './second-look.ts';
import type { Waiting } from './turns.ts';

/**
 * Raised contrast makes things look more like people: by this the scores of a first look are multiplied that had it, so
 * that as many finds are wrong as in a plain look.
 */
const AS_PLAIN = 0.75;
/** Weaker finds are never asked for: they are chance. */
const LEAST_SCORE = 0.04;

export interface FindRequest extends Waiting {
  readonly picture: Picture;
  readonly profile: Profile;
  /** `false`: one look only, however many people there are */
  readonly mayLookAgain: boolean;
}

/**
 * People of one picture. Scores are those of a single look: from `COUNTED_SCORE` on a find counts, weaker ones may be
 * somebody. `looks`: how many it took.
 */
export interface Found extends Look {
  readonly looks: number;
}

/** Finds people as cameras and files are counted: with the weights, the contrast and the further looks of a profile. */
export interface Finder {
  /** The picture must stay as it is until the answer. @throws ModelUnusable */
  find(request: FindRequest): Promise<Found>;
}

const asPlain = (humans: readonly Detection[]): Detection[] =>
  humans.map((human) => ({ ...human, score: human.score * AS_PLAIN }));

const together = (a: Look['ms'], b: Look['ms']): Look['ms'] => ({
  prepare: a.prepare + b.prepare,
  infer: a.infer + b.infer,
  post: a.post + b.post,
});

/** Creates a finder: one look counts a handful of people well; a crowd is looked at again, larger and mirrored. */
export function createFinder(deps: {
  readonly detector: Detector;
  /** one of them is chosen by the shape of each picture or part */
  readonly models: readonly ModelFile[];
}): Finder {
  function modelFor(picture: Picture, profile: Profile, { part }: Framing): ModelFile {
    const size = part ? sizeOf(part) : picture.size;
    const model = chooseModel(deps.models, profile, size);
    if (!model) throw new Error('there are no weights to look with');
    return model;
  }

  function look({ picture, profile, since }: FindRequest, framing: Framing): Promise<Look> {
    const { path } = modelFor(picture, profile, framing);
    const thresholds = { conf: LEAST_SCORE, iou: COUNTING_IOU };
    return deps.detector.detect({ picture, since, modelPath: path, ...thresholds, ...framing });
  }

  async function lookAgain(first: Look, request: FindRequest): Promise<Found> {
    const { picture } = request;
    const looks: PartialLook[] = [{ part: undefined, humans: first.humans }];
    let { ms } = first;
    for (const framing of furtherLooks(wholeOf(picture.size))) {
      const next = await look(request, framing);
      looks.push({ part: framing.part, humans: next.humans });
      ms = together(ms, next.ms);
    }
    return { humans: mergeLooks(looks, picture.size), picture, ms, looks: looks.length };
  }

  return {
    async find(request) {
      const { picture, profile, mayLookAgain } = request;
      const hasContrast = isDull(picture);
      const first = await look(request, { hasContrast });
      const counted = first.humans.filter(({ score }) => score >= COUNTED_SCORE).length;
      if (mayLookAgain && counted >= SECOND_LOOK[profile].fromPeople) {
        return lookAgain(first, request);
      }
      const humans = hasContrast ? asPlain(first.humans) : first.humans;
      return { ...first, humans, looks: 1 };
    },
  };
}
