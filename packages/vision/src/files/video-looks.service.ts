import type { Profile } from '../detector/choose-model.ts';
import type { Picture } from '../detector/detector.ts';
import type { Finder, Found } from '../detector/finder.service.ts';
import { SECOND_LOOK } from '../detector/second-look.ts';

/** An open video. */
export interface FrameSource {
  /** seconds, 0 when unknown */
  readonly duration: number;
  frames(): Iterable<{ readonly t: number; picture(): Picture }>;
  close(): void;
}

/** One look at a frame; `t` in seconds from the start. */
export interface VideoLook<Look> {
  readonly frame: number;
  readonly t: number;
  readonly decodeMs: number;
  readonly look: Look;
}

export interface VideoLooksOptions<Look> {
  /** looks are at least this far apart; 0 is every frame */
  readonly everySeconds: number;
  /** so many frames are looked at together */
  readonly atOnce: number;
  readonly look: (picture: Picture, t: number) => Promise<Look>;
}

/** Looks at the frames of a video; the looks come in the order of the frames. */
export async function* looksOf<Look>(
  video: FrameSource,
  options: VideoLooksOptions<Look>,
): AsyncGenerator<VideoLook<Look>> {
  const waiting: Promise<VideoLook<Look>>[] = [];
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
    const looking = options.look(decoded, t);
    waiting.push(looking.then((look) => ({ frame: number, t, decodeMs, look })));
    const [oldest] = waiting;
    if (oldest && waiting.length > options.atOnce) {
      yield await oldest;
      waiting.shift();
    }
    decodeFrom = performance.now();
  }
  for (const looked of waiting) yield await looked;
}

/** Finds people in the frames of one video, `t` in seconds; crowds are looked at again as often as at a camera. */
export function findAsCamera(finder: Finder, profile: Profile) {
  let againFrom = Number.NEGATIVE_INFINITY;
  return (picture: Picture, t: number): Promise<Found> => {
    const mayLookAgain = t >= againFrom;
    if (mayLookAgain) againFrom = t + SECOND_LOOK[profile].everyMs / 1000;
    return finder.find({ picture, profile, mayLookAgain });
  };
}
