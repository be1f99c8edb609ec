import {
  anchorOf,
  type Headcount,
  type Markings,
  NO_MARKINGS,
  type Person,
} from '@vigie/contracts/vision';
import type { Shot } from '../camera/camera.ts';
import { type Counting, countLook, NOT_YET_COUNTED } from '../counting/headcount.ts';
import { healthOf, judgeView, SIGHTED, type Sightedness, warningsOf } from '../counting/health.ts';
import { type Line, NO_PATHS, type Passage, type Paths, passDoors } from '../counting/passages.ts';
import { type Standing, standingOf } from '../counting/standing.ts';
import { isPerson, predict, type TrackRules } from '../counting/tracker.ts';
import { type Corners, type Detection, normBoxOf, type Size } from '../detector/boxes.ts';
import { rateOf } from './pace.ts';

/** The rate is measured over this many looks. */
const RATE_LOOKS = 25;

/** One moment by two clocks: the one that nobody sets, for ages, and the one for people, milliseconds since 1970. */
export interface Moment {
  readonly at: number;
  readonly wallAt: number;
}

/**
 * What a worker knows of one camera. Times in milliseconds of the clock that nobody sets; `undefined`: not yet, or not since
 * the loss.
 */
export interface CameraState {
  readonly lostBecause: string | undefined;
  /** `lastCountedAt`, or `waitingSince` before anything was counted; milliseconds since 1970 */
  readonly wallAt: number;
  readonly waitingSince: number;
  readonly newestFrameAt: number | undefined;
  readonly newestLookAt: number | undefined;
  /** outlives a loss: when a frame of this camera was last counted */
  readonly lastCountedAt: number | undefined;
  readonly lookTimes: readonly number[];
  readonly unchangedMs: number;
  readonly sightedness: Sightedness;
  readonly counting: Counting;
  /** finds of the newest look, weak ones too, and the size of its picture */
  readonly humans: readonly Detection[];
  readonly size: Size | undefined;
  /** zones, lines and anchor of the camera */
  readonly markings: Markings;
  readonly paths: Paths;
  /** through the doors, known since the newest look */
  readonly passages: readonly Passage[];
}

export const newCamera = (
  { at, wallAt }: Moment,
  markings: Markings = NO_MARKINGS,
): CameraState => ({
  lostBecause: undefined,
  wallAt,
  waitingSince: at,
  newestFrameAt: undefined,
  newestLookAt: undefined,
  lastCountedAt: undefined,
  lookTimes: [],
  unchangedMs: 0,
  sightedness: SIGHTED,
  counting: NOT_YET_COUNTED,
  humans: [],
  size: undefined,
  markings,
  paths: NO_PATHS,
  passages: [],
});

/**
 * The stream broke: nothing of it stands any more, but numbers of people are not used again, and a camera that comes back
 * must show what it showed before.
 */
export const cameraLost = (state: CameraState, reason: string, now: Moment): CameraState => ({
  ...newCamera(now, state.markings),
  lostBecause: reason,
  wallAt: state.lastCountedAt === undefined ? now.wallAt : state.wallAt,
  lastCountedAt: state.lastCountedAt,
  sightedness: state.sightedness,
  counting: {
    ...NOT_YET_COUNTED,
    following: { nextId: state.counting.following.nextId, tracks: [] },
  },
});

/** Another rate is wanted: looks at the old one no longer say whether the camera is slow. */
export const rateChanged = (state: CameraState): CameraState => ({
  ...state,
  lookTimes: state.lookTimes.slice(-2),
});

/** A frame came; it is not counted yet. */
export const frameCame = (state: CameraState, at: number): CameraState => ({
  ...state,
  lostBecause: undefined,
  newestFrameAt: at,
});

const pixelsOf = ([x, y]: readonly [number, number], { width, height }: Size) =>
  [x * width, y * height] as const;

const linesOn = (size: Size, { lines }: Markings): Line[] =>
  lines.map(({ id, from, to }) => ({ id, from: pixelsOf(from, size), to: pixelsOf(to, size) }));

/** Everybody who is followed, for the lines at the doors. */
const walkersIn = ({ following }: Counting, { anchor }: Markings, rules: TrackRules) =>
  following.tracks.map((track) => ({
    track: track.id,
    anchor: anchorOf([track.x1, track.y1, track.x2 - track.x1, track.y2 - track.y1], anchor),
    height: track.y2 - track.y1,
    isSeen: track.missedLooks === 0,
    isPerson: isPerson(track, rules),
  }));

/** Where boxes of a picture of that size stand; `undefined` without zones. */
const standingOn = (size: Size, markings: Markings) =>
  markings.zones.length === 0
    ? undefined
    : (box: Corners): Standing => standingOf(normBoxOf(box, size), markings);

/** A frame was looked at. */
export function frameCounted(
  state: CameraState,
  { at, wallAt, view, unchangedMs }: Omit<Shot, 'picture'>,
  { humans, size }: { humans: readonly Detection[]; size: Size },
  rules: TrackRules,
): CameraState {
  const { markings } = state;
  const placed = standingOn(size, markings);
  const zones = placed && { standingOf: placed };
  const sight = { at, humans, size, meanLuma: view.meanLuma, ...zones };
  const counting = countLook(state.counting, sight, rules);
  const walked = { at, walkers: walkersIn(counting, markings, rules) };
  return {
    ...state,
    newestLookAt: at,
    lastCountedAt: at,
    wallAt,
    lookTimes: [...state.lookTimes, at].slice(-RATE_LOOKS),
    unchangedMs,
    sightedness: judgeView(state.sightedness, view, counting.count?.min ?? 0, at),
    counting,
    humans,
    size,
    ...passDoors(state.paths, walked, linesOn(size, markings)),
  };
}

/** Those seen in the newest look who count by the zones, boxes 0..1 of its picture, in order of their numbers. */
export function peopleIn({ counting, size, markings }: CameraState, rules: TrackRules): Person[] {
  if (!size) return [];
  const standing = standingOn(size, markings);
  return counting.following.tracks
    .filter((track) => track.missedLooks === 0 && isPerson(track, rules))
    .filter((track) => standing?.(track) !== 'outside')
    .map((track) => ({
      box: normBoxOf(track, size),
      score: Math.min(1, Math.round(track.score * 1000) / 1000),
      track: track.id,
    }));
}

/** All places of the newest picture that may show somebody: every find however weak, and people just out of sight. */
export const placesToHide = ({ counting, humans }: CameraState, at: number): Corners[] => [
  ...humans,
  ...counting.following.tracks.map((track) => predict(track, at)),
];

export interface CameraTerms {
  readonly worker: string;
  readonly staleMs: number;
  readonly hasModel: boolean;
  /** looks a second that were asked for */
  readonly wantedFps: number;
  readonly rules: TrackRules;
}

/** What is published of the camera now: a number only while its health is `ok`, an upper limit only in a good view. */
export function headcountOf(state: CameraState, terms: CameraTerms, now: number): Headcount {
  const fps = rateOf(state.lookTimes, now);
  const signs = {
    ...state,
    ...terms,
    now,
    fps,
    measuredSince: state.lookTimes[0],
    isLost: state.lostBecause !== undefined,
    hasCount: state.counting.count !== undefined,
  };
  const health = healthOf(signs);
  const warnings = warningsOf(signs);
  const count = health === 'ok' ? state.counting.count : undefined;
  const isBounded = state.sightedness.hindrance === undefined;
  const at = state.lastCountedAt ?? state.waitingSince;
  return {
    v: 1,
    at: new Date(state.wallAt).toISOString(),
    count: count?.count ?? null,
    min: count?.min ?? null,
    max: isBounded ? (count?.max ?? null) : null,
    ...(count ? { boxes: peopleIn(state, terms.rules) } : {}),
    health,
    warnings,
    fps,
    ageMs: Math.max(0, Math.round(now - at)),
    worker: terms.worker,
  };
}
