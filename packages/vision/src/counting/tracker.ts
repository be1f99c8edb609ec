import {
  type Corners,
  coveredShare,
  type Detection,
  grow,
  iouOf,
  type Size,
} from '../detector/boxes.ts';
import { firstMotion, foundAt, type Motion, movedOn } from './motion.ts';

/** A person who is being followed. Corners in pixels of the picture, at `lastSeenAt`; times in milliseconds. */
export interface Track extends Corners {
  readonly id: number;
  /** score of the last sight, 0..1 */
  readonly score: number;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** sum of the scores of all sights: how sure we are that this is somebody */
  readonly evidence: number;
  readonly sights: number;
  /** looks since the last sight */
  readonly missedLooks: number;
  /** went out of sight behind somebody else */
  readonly hidden: boolean;
  /** of the centre, at `lastSeenAt` */
  readonly across: Motion;
  readonly down: Motion;
}

/** Everybody who is followed on one camera. `nextId` is never used twice. */
export interface Following {
  readonly nextId: number;
  readonly tracks: readonly Track[];
}

export const NOBODY: Following = { nextId: 1, tracks: [] };

/** Scores 0..1, durations in milliseconds. */
export interface TrackRules {
  /** weaker finds never start a track */
  readonly strongScore: number;
  /** weaker finds are ignored; between the two a find only keeps a known person alive */
  readonly weakScore: number;
  /** evidence from which a track counts as a person */
  readonly enoughEvidence: number;
  /** a person who was clearly seen and went out of sight counts for this long, and for `cleanLooks` looks */
  readonly settleMs: number;
  readonly cleanLooks: number;
  /** the last person on the camera counts for this long, and so does one who went out of sight behind somebody */
  readonly emptyMs: number;
  /** a person who was hard to see counts for up to this long; nobody is forgotten earlier */
  readonly unclearMs: number;
  /** a find that never gathered enough evidence is forgotten after this long */
  readonly doubtMs: number;
}

/**
 * Rules that were measured on annotated rooms and clips. Somebody new needs a little more than a find in a single picture,
 * since of many looks one is always the luckiest. The evidence needed is one clear sight or a few weak ones; a person who was clearly seen is given up after three looks at five looks a second.
 */
export const TRACK_RULES: TrackRules = {
  strongScore: 0.17,
  weakScore: 0.1,
  enoughEvidence: 0.5,
  settleMs: 600,
  cleanLooks: 3,
  emptyMs: 1000,
  unclearMs: 2500,
  doubtMs: 400,
};

/** What one look at a camera found: time in milliseconds, boxes in pixels of a picture of that size. */
export interface Sight {
  readonly at: number;
  readonly humans: readonly Detection[];
  readonly size: Size;
}

/** `true` when the track has been seen well enough to be a person. */
export const isPerson = (track: Track, rules: TrackRules): boolean =>
  track.evidence >= rules.enoughEvidence;

/** Boxes grow by this share before they are compared, so that runners at a low rate still overlap themselves. */
const BUFFER = 0.25;
/** Least overlap of the grown boxes. */
const LEAST_OVERLAP = 0.2;
/** A weak find must lie well on the person it keeps alive. */
const LEAST_WEAK_OVERLAP = 0.35;
/** Without overlap: furthest jump in box heights per second, and at least this many heights. */
const HEIGHTS_PER_SECOND = 1.5;
const LEAST_JUMP_HEIGHTS = 0.6;
/** Whose speed is not known yet may be a runner: so many standard deviations away, at most so many heights. */
const DOUBT = 3;
const MOST_DOUBT_HEIGHTS = 2.5;
/** Speed of a person out of sight is trusted for this long, in milliseconds. */
const TRUSTED_MS = 600;

/** Where the person should be now, at the speed the filter knows; stands still once out of sight for long. */
export function predict(track: Track, at: number): Corners {
  const seconds = Math.min(Math.max(at - track.lastSeenAt, 0), TRUSTED_MS) / 1000;
  const { x, y } = centreOf(track);
  const dx = track.across.place + track.across.speed * seconds - x;
  const dy = track.down.place + track.down.speed * seconds - y;
  return { x1: track.x1 + dx, y1: track.y1 + dy, x2: track.x2 + dx, y2: track.y2 + dy };
}

const centreOf = (box: Corners): { x: number; y: number } => ({
  x: (box.x1 + box.x2) / 2,
  y: (box.y1 + box.y2) / 2,
});
const heightOf = (box: Corners): number => Math.max(box.y2 - box.y1, 1);

/** Likeness of a track and a find, higher is better; `undefined`: they cannot be the same person. */
type Likeness = (track: Track, human: Detection) => number | undefined;

const overlapLikeness =
  (at: number, buffer: number, least: number): Likeness =>
  (track, human) => {
    const overlap = iouOf(grow(predict(track, at), buffer), grow(human, buffer));
    return overlap >= least ? overlap : undefined;
  };

/** Two finds of which one lies inside the other to this share are most often the same person twice. */
const INSIDE_SHARE = 0.8;
/** Boxes this near to the edge of the picture are cut off by it; share of its size. */
const AT_EDGE = 0.01;

const isCutOff = ({ x1, y1, x2, y2 }: Corners, { width, height }: Size): boolean =>
  Math.min(x1, width - x2) <= AT_EDGE * width || Math.min(y1, height - y2) <= AT_EDGE * height;

/** Whoever leaves over the edge of the picture shows less and less, within the place where more was seen. */
const isLeaving = (track: Track, human: Detection, size: Size): boolean =>
  isCutOff(track, size) && isCutOff(human, size) && coveredShare(human, track) >= INSIDE_SHARE;

const distanceLikeness =
  ({ at, size }: Sight): Likeness =>
  (track, human) => {
    if (isLeaving(track, human, size)) return 0;
    const ratio = heightOf(human) / heightOf(track);
    if (ratio < 0.5 || ratio > 2) return undefined;
    const from = centreOf(predict(track, at));
    const to = centreOf(human);
    const heights = Math.hypot(to.x - from.x, to.y - from.y) / heightOf(track);
    const seconds = (at - track.lastSeenAt) / 1000;
    const reach = Math.max(
      LEAST_JUMP_HEIGHTS,
      HEIGHTS_PER_SECOND * seconds,
      Math.min(DOUBT * doubtHeights(track, seconds), MOST_DOUBT_HEIGHTS),
    );
    return heights <= reach ? -heights : undefined;
  };

/** Standard deviation of where the person may be after so many seconds, in heights of the box. */
function doubtHeights(track: Track, seconds: number): number {
  const height = heightOf(track);
  const variances = [track.across, track.down].map(
    (motion) => movedOn(motion, seconds, height).placeVariance,
  );
  return Math.sqrt(Math.max(...variances)) / height;
}

/** Best pairs first, each track and each find at most once. */
function pair(tracks: readonly Track[], humans: readonly Detection[], likeness: Likeness) {
  const pairs = tracks.flatMap((track) =>
    humans.flatMap((human) => {
      const value = likeness(track, human);
      return value === undefined ? [] : [{ track, human, value }];
    }),
  );
  const matched = new Map<Track, Detection>();
  const used = new Set<Detection>();
  for (const { track, human } of pairs.sort((a, b) => b.value - a.value)) {
    if (matched.has(track) || used.has(human)) continue;
    matched.set(track, human);
    used.add(human);
  }
  return {
    matched,
    tracks: tracks.filter((track) => !matched.has(track)),
    humans: humans.filter((human) => !used.has(human)),
  };
}

function seenAgain(track: Track, human: Detection, at: number): Track {
  const seconds = Math.max(at - track.lastSeenAt, 0) / 1000;
  const height = heightOf(human);
  const { x, y } = centreOf(human);
  const follows = (motion: Motion, place: number): Motion =>
    foundAt(movedOn(motion, seconds, height), place, height);
  return {
    ...track,
    x1: human.x1,
    y1: human.y1,
    x2: human.x2,
    y2: human.y2,
    score: human.score,
    lastSeenAt: at,
    evidence: track.evidence + human.score,
    sights: track.sights + 1,
    missedLooks: 0,
    hidden: false,
    across: follows(track.across, x),
    down: follows(track.down, y),
  };
}

const started = (id: number, human: Detection, at: number, evidence: number): Track => ({
  x1: human.x1,
  y1: human.y1,
  x2: human.x2,
  y2: human.y2,
  id,
  score: human.score,
  firstSeenAt: at,
  lastSeenAt: at,
  evidence,
  sights: 1,
  missedLooks: 0,
  hidden: false,
  across: firstMotion(centreOf(human).x, heightOf(human)),
  down: firstMotion(centreOf(human).y, heightOf(human)),
});

/** A person whose place is covered by another one to this share may stand behind. */
const HIDDEN_SHARE = 0.5;

function lostFromSight(track: Track, at: number, seen: readonly Track[]): Track {
  const place = predict(track, at);
  const covered = seen.some((other) => coveredShare(place, other) >= HIDDEN_SHARE);
  // Only the moment of the loss tells: later somebody else may pass the door through which this one left.
  const hidden = track.missedLooks === 0 ? covered : track.hidden;
  return { ...track, missedLooks: track.missedLooks + 1, hidden };
}

/** `true` while somebody out of sight is remembered. */
function isRemembered(track: Track, at: number, rules: TrackRules): boolean {
  if (!isPerson(track, rules)) return at - track.lastSeenAt < rules.doubtMs;
  return at - track.lastSeenAt < rules.unclearMs || track.missedLooks < rules.cleanLooks;
}

const isDouble = (weaker: Detection, better: Detection): boolean =>
  better.score > weaker.score &&
  Math.max(coveredShare(weaker, better), coveredShare(better, weaker)) >= INSIDE_SHARE;

/** Finds by what they are good for: `sure` ones are paired first, `unsure` ones only keep a known person alive. */
function sorted(humans: readonly Detection[], rules: TrackRules) {
  const known = humans.filter((human) => human.score >= rules.weakScore);
  const strong = known.filter((human) => human.score >= rules.strongScore);
  const doubles = new Set(strong.filter((human) => humans.some((other) => isDouble(human, other))));
  return {
    sure: strong.filter((human) => !doubles.has(human)),
    unsure: known.filter((human) => human.score < rules.strongScore || doubles.has(human)),
  };
}

/**
 * Follows people from one look to the next. Sure finds are paired first, with everybody, by overlap; then unsure ones
 * with people who are still missing; then sure ones by distance, since at five looks a second a runner does not
 * overlap himself. Where people should be is known by a Kalman filter in time, so looks may come in any rhythm. Looks must come in order of time; the tracks are in order of their number.
 * Source: Zhang et al., ByteTrack, ECCV 2022, arXiv 2110.06864 (two stages by score); Yang et al., C-BIoU,
 * WACV 2023, arXiv 2211.14317 (grown boxes).
 */
export function follow(before: Following, sight: Sight, rules: TrackRules): Following {
  const { at } = sight;
  const { sure, unsure } = sorted(sight.humans, rules);
  const first = pair(before.tracks, sure, overlapLikeness(at, BUFFER, LEAST_OVERLAP));
  const second = pair(first.tracks, unsure, overlapLikeness(at, 0, LEAST_WEAK_OVERLAP));
  const third = pair(second.tracks, first.humans, distanceLikeness(sight));
  const pairs = new Map([...first.matched, ...second.matched, ...third.matched]);
  const seen = [...pairs].map(([track, human]) => seenAgain(track, human, at));
  const lost = third.tracks
    .map((track) => lostFromSight(track, at, seen))
    .filter((track) => isRemembered(track, at, rules));
  const doubles = second.humans.filter((human) => human.score >= rules.strongScore);
  const fresh = [
    ...third.humans.map((human) => ({ human, evidence: human.score })),
    // Somebody in front of another person proves himself by further looks.
    ...doubles.map((human) => ({ human, evidence: 0 })),
  ].map(({ human, evidence }, i) => started(before.nextId + i, human, at, evidence));
  return {
    nextId: before.nextId + fresh.length,
    tracks: [...seen, ...lost, ...fresh].sort((a, b) => a.id - b.id),
  };
}
