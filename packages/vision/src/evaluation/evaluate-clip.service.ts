import { viewOf } from '../camera/view.ts';
import { type Counting, countLook, NOT_YET_COUNTED } from '../counting/headcount.ts';
import { isPerson, type TrackRules } from '../counting/tracker.ts';
import type { Profile } from '../detector/choose-model.ts';
import type { Finder } from '../detector/finder.service.ts';
import { type FrameSource, findAsCamera, looksOf } from '../files/video-looks.service.ts';
import { type ClipScore, type CountedLook, type CountInterval, scoreClip } from './clip-score.ts';

export interface ClipDeps {
  readonly finder: Finder;
  /** pictures worked on at the same time */
  readonly threads: number;
  readonly rules: TrackRules;
}

export interface ClipOptions {
  readonly profile: Profile;
  /** looks a second, as at a camera */
  readonly fps: number;
}

const seenPeople = ({ following }: Counting, rules: TrackRules): number[] =>
  following.tracks
    .filter((track) => track.missedLooks === 0 && isPerson(track, rules))
    .map(({ id }) => id);

/** Counts a clip as a camera that plays it is counted; one headcount per look. Closes the video. */
export async function countClip(
  { finder, threads, rules }: ClipDeps,
  video: FrameSource,
  { profile, fps }: ClipOptions,
): Promise<CountedLook[]> {
  let counting = NOT_YET_COUNTED;
  const counted: CountedLook[] = [];
  const looks = looksOf(video, {
    everySeconds: 1 / fps,
    atOnce: threads,
    look: findAsCamera(finder, profile),
  });
  try {
    for await (const { t, look } of looks) {
      const { humans, picture } = look;
      const { meanLuma } = viewOf(picture);
      counting = countLook(counting, { at: t * 1000, humans, size: picture.size, meanLuma }, rules);
      counted.push({ t, count: counting.count, tracks: seenPeople(counting, rules) });
    }
  } finally {
    video.close();
  }
  return counted;
}

/** Compares the headcount of a clip with what it shows. */
export const evaluateClip = async (
  deps: ClipDeps,
  { video, truth }: { video: FrameSource; truth: readonly CountInterval[] },
  options: ClipOptions,
): Promise<ClipScore> => scoreClip(await countClip(deps, video, options), truth);
