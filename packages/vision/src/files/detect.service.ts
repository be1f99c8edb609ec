import type { DetectLine } from '@vigie/contracts/vision';
import { type Following, follow, NOBODY, type TrackRules } from '../counting/tracker.ts';
import { pixelBoxOf } from '../detector/boxes.ts';
import { chooseModel, type ModelFile } from '../detector/choose-model.ts';
import type { Detector, Look, Picture } from '../detector/detector.ts';

/** An open video as this service needs it. */
export interface FrameSource {
  /** seconds, 0 when unknown */
  readonly duration: number;
  frames(): Iterable<{ readonly t: number; picture(): Picture }>;
  close(): void;
}

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

/** `conf` and `iou` 0..1. `everySeconds`: looks at a video are at least this far apart; 0 is every frame. */
export interface DetectOptions {
  readonly conf: number;
  readonly iou: number;
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

interface Shown {
  readonly frame: number;
  readonly t: number;
  readonly decodeMs: number;
  readonly look: Look;
}

/** Finds humans in files. In videos they are followed: a weak find counts where somebody known stands. */
export function createFileDetector(deps: FileDetectorDeps): FileDetector {
  const { detector, models, rules, openFile } = deps;

  function lookAt(picture: Picture, conf: number, iou: number): Promise<Look> {
    const model = chooseModel(models, 'standard', picture.size);
    if (!model) throw new Error('there are no weights to look with');
    return detector.detect({ picture, modelPath: model.path, conf, iou });
  }

  async function* looksOf(video: FrameSource, options: DetectOptions): AsyncGenerator<Shown> {
    const weak = Math.min(rules.weakScore, options.conf);
    const waiting: Promise<Shown>[] = [];
    let frame = 0;
    let nextT = 0;
    let decodeFrom = performance.now();
    for (const { t, picture } of video.frames()) {
      const number = frame++;
      // Half a millisecond: time stamps are rounded.
      if (t < nextT - 0.0005) continue;
      nextT = Math.max(nextT + options.everySeconds, t);
      const decoded = picture();
      const decodeMs = performance.now() - decodeFrom;
      const looking = lookAt(decoded, weak, options.iou);
      waiting.push(looking.then((look) => ({ frame: number, t, decodeMs, look })));
      const [oldest] = waiting;
      if (oldest && waiting.length > detector.threads) {
        yield await oldest;
        waiting.shift();
      }
      decodeFrom = performance.now();
    }
    for (const shown of waiting) yield await shown;
  }

  async function* detectVideo(source: string, video: FrameSource, options: DetectOptions) {
    const { conf } = options;
    const own = { ...rules, strongScore: conf, weakScore: Math.min(rules.weakScore, conf) };
    let following = NOBODY;
    try {
      for await (const shown of looksOf(video, options)) {
        const { humans, picture } = shown.look;
        following = follow(following, { at: shown.t * 1000, humans, size: picture.size }, own);
        const share = video.duration > 0 ? Math.min(1, shown.t / video.duration) : undefined;
        yield { line: lineOf(source, shown, seenNow(following)), picture, share };
      }
    } finally {
      video.close();
    }
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
      const look = await lookAt(opened.picture, options.conf, options.iou);
      const line = lineOf(path, { frame: 0, t: 0, decodeMs, look }, look.humans);
      yield { line, picture: look.picture, share: 1 };
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
  { frame, t, decodeMs, look }: Shown,
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
