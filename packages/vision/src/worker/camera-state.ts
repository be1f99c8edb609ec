import type { Headcount, Person } from '@vigie/contracts/vision';
import type { Shot } from '../camera/camera.ts';
import { type Counting, countLook, NOT_YET_COUNTED } from '../counting/headcount.ts';
import { healthOf, judgeView, SIGHTED, type Sightedness } from '../counting/health.ts';
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
}

export const newCamera = ({ at, wallAt }: Moment): CameraState => ({
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
});

/** The stream broke: nothing of it stands any more, but numbers of people are not used again. */
export const cameraLost = (state: CameraState, reason: string, now: Moment): CameraState => ({
  ...newCamera(now),
  lostBecause: reason,
  wallAt: state.lastCountedAt === undefined ? now.wallAt : state.wallAt,
  lastCountedAt: state.lastCountedAt,
  counting: {
    ...NOT_YET_COUNTED,
    following: { nextId: state.counting.following.nextId, tracks: [] },
  },
});

/** A frame came; it is not counted yet. */
export const frameCame = (state: CameraState, at: number): CameraState => ({
  ...state,
  lostBecause: undefined,
  newestFrameAt: at,
});

/** A frame was looked at. */
export function frameCounted(
  state: CameraState,
  { at, wallAt, view, unchangedMs }: Omit<Shot, 'picture'>,
  { humans, size }: { humans: readonly Detection[]; size: Size },
  rules: TrackRules,
): CameraState {
  const sight = { at, humans, size, meanLuma: view.meanLuma };
  const counting = countLook(state.counting, sight, rules);
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
  };
}

/** Those seen in the newest look, boxes 0..1 of its picture, in order of their numbers. */
export function peopleIn({ counting, size }: CameraState, rules: TrackRules): Person[] {
  if (!size) return [];
  return counting.following.tracks
    .filter((track) => track.missedLooks === 0 && isPerson(track, rules))
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
  readonly rules: TrackRules;
}

/** What is published of the camera now: a number only while its health is `ok`. */
export function headcountOf(state: CameraState, terms: CameraTerms, now: number): Headcount {
  const health = healthOf({
    ...state,
    now,
    staleMs: terms.staleMs,
    hasModel: terms.hasModel,
    isLost: state.lostBecause !== undefined,
    hasCount: state.counting.count !== undefined,
  });
  const count = health === 'ok' ? state.counting.count : undefined;
  const at = state.lastCountedAt ?? state.waitingSince;
  return {
    v: 1,
    at: new Date(state.wallAt).toISOString(),
    count: count?.count ?? null,
    min: count?.min ?? null,
    max: count?.max ?? null,
    ...(count ? { boxes: peopleIn(state, terms.rules) } : {}),
    health,
    fps: rateOf(state.lookTimes, now),
    ageMs: Math.max(0, Math.round(now - at)),
    worker: terms.worker,
  };
}
