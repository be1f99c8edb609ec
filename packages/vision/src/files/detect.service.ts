import type { DetectLine } from '@vigie/contracts/vision';
import { viewOf } from '../camera/view.ts';
import { countPicture } from '../counting/count.ts';
import { countLook, NOT_YET_COUNTED } from '../counting/headcount.ts';
import type { Following, TrackRules } from '../counting/tracker.ts';
import { pixelBoxOf } from '../detector/boxes.ts';
import { chooseModel, type ModelFile, type Profile } from '../detector/choose-model.ts';
import {
  COUNTED_SCORE,
  type Detector,
  type Look,
  type Picture,
  type Thresholds,
} from '../detector/detector.ts';
import { createFinder } from '../detector/finder.service.ts';
import { type FrameSource, findAsCamera, looksOf, type VideoLook } from './video-looks.service.ts';

/** What a file turned out to hold. */
export type OpenedFile =
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'video'; readonly video: FrameSource };

export interface FileDetectorDeps {
  readonly detector: Detector;
  /** one of them is chosen by the shape of each picture; never empty */
  readonly models: readonly ModelFile[];
  readonly rules: TrackRules;
  /** Tells pictures and videos apart. @throws Error that names the file and what is wrong with it. */
  readonly openFile: (path: string) => Promise<OpenedFile>;
}

export interface DetectOptions {
  readonly profile: Profile;
  /** one plain look with these thresholds, as other programs do it; `undefined`: as a camera counts */
  readonly plain: Thresholds | undefined;
  /** looks at a video are at least this far apart; 0 is every frame */
  readonly everySeconds: number;
}

/** One picture or frame with what was found in it. `share`: how much of the file is done, 0..1, `undefined` when unknown. */
export interface DetectedFrame {
  readonly line: DetectLine;
  readonly picture: Picture;
  readonly share: number | undefined;
}

export interface FileDetector {
  /** Looks at a picture or at the frames of a video, in their order. */
  detect(path: string, options: DetectOptions): AsyncGenerator<DetectedFrame>;
  stop(): Promise<void>;
}

/** Finds humans in files. In videos they are followed: a weak find counts where somebody known stands. */
export function createFileDetector(deps: FileDetectorDeps): FileDetector {
  const { detector, models, rules, openFile } = deps;
  const finder = createFinder({ detector, models });

  function lookPlainly(picture: Picture, profile: Profile, thresholds: Thresholds): Promise<Look> {
    const model = chooseModel(models, profile, picture.size);
    if (!model) throw new Error('there are no weights to look with');
    return detector.detect({ picture, modelPath: model.path, ...thresholds });
  }

  function lookerFor({
    plain,
    profile,
  }: DetectOptions): (picture: Picture, t: number) => Promise<Look> {
    if (!plain) return findAsCamera(finder, profile);
    const conf = Math.min(rules.weakScore, plain.conf);
    return (picture) => lookPlainly(picture, profile, { ...plain, conf });
  }

  async function* detectVideo(source: string, video: FrameSource, options: DetectOptions) {
    const conf = options.plain?.conf ?? rules.strongScore;
    const own = { ...rules, strongScore: conf, weakScore: Math.min(rules.weakScore, conf) };
    const { everySeconds } = options;
    const look = lookerFor(options);
    let counting = NOT_YET_COUNTED;
    try {
      for await (const seen of looksOf(video, { everySeconds, atOnce: detector.threads, look })) {
        const { humans, picture } = seen.look;
        const { meanLuma } = viewOf(picture);
        const sight = { at: seen.t * 1000, humans, size: picture.size, meanLuma };
        counting = countLook(counting, sight, own);
        const share = video.duration > 0 ? Math.min(1, seen.t / video.duration) : undefined;
        const headcount = counting.count ?? null;
        const line = { ...lineOf(source, seen, seenNow(counting.following)), headcount };
        yield { line, picture, share };
      }
    } finally {
      video.close();
    }
  }

  async function detectPicture(picture: Picture, options: DetectOptions) {
    const { profile, plain } = options;
    if (plain) return { look: await lookPlainly(picture, profile, plain), headcount: undefined };
    const look = await finder.find({ picture, profile, mayLookAgain: true });
    const headcount = countPicture(look.humans, viewOf(look.picture).meanLuma);
    const humans = look.humans.filter(({ score }) => score >= COUNTED_SCORE);
    return { look: { ...look, humans }, headcount };
  }

  return {
    async *detect(path, options) {
      const startedAt = performance.now();
      const opened = await openFile(path);
      if (opened.kind === 'video') {
        yield* detectVideo(path, opened.video, options);
        return;
      }
      const decodeMs = performance.now() - startedAt;
      const { look, headcount } = await detectPicture(opened.picture, options);
      const line = lineOf(path, { frame: 0, t: 0, decodeMs, look }, look.humans);
      yield {
        line: headcount ? { ...line, headcount } : line,
        picture: look.picture,
        share: 1,
      };
    },
    stop: detector.stop,
  };
}

/** People in the newest frame; a double in doubt has no evidence yet. */
const seenNow = ({ tracks }: Following) =>
  tracks.filter(({ missedLooks, evidence }) => missedLooks === 0 && evidence > 0);

const tenth = (value: number): number => Math.round(value * 10) / 10;

function lineOf(
  source: string,
  { frame, t, decodeMs, look }: VideoLook<Look>,
  found: readonly { x1: number; y1: number; x2: number; y2: number; score: number; id?: number }[],
): DetectLine {
  const { size } = look.picture;
  return {
    source,
    frame,
    t: Math.round(t * 1000) / 1000,
    width: size.width,
    height: size.height,
    count: found.length,
    detections: found.map((human) => ({
      box: pixelBoxOf(human),
      score: Math.round(human.score * 1e4) / 1e4,
      ...(human.id === undefined ? {} : { track: human.id }),
    })),
    ms: {
      decode: tenth(decodeMs),
      prepare: tenth(look.ms.prepare),
      infer: tenth(look.ms.infer),
      post: tenth(look.ms.post),
    },
  };
}
