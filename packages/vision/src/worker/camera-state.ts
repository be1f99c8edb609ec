import type { Headcount, Person } from '@vigie/contracts/vision';
import type { Shot } from '../camera/camera.ts';
import { type Counting, countLook, NOT_YET_COUNTED } from '../counting/headcount.ts';
import { healthOf, judgeView, SIGHTED, type Sightedness, warningsOf } from '../counting/health.ts';
import { isPerson, predict, type TrackRules } from '../counting/tracker.ts';
import { type Corners, type Detection, normBoxOf, type Size } from '../detector/boxes.ts';
import { rateOf } from './pace.ts';

/** The rate is measured over this many looks. */
const RATE_LOOKS = 25;

/** What a worker knows of one camera. Times in milliseconds since 1970; `undefined`: not yet, or not since the loss. */
export interface CameraState {
  readonly lostBecause: string | undefined;
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

export const newCamera = (now: number): CameraState => ({
  lostBecause: undefined,
  waitingSince: now,
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

/**
 * The stream broke: nothing of it stands any more, but numbers of people are not used again, and a camera that comes back
 * must show what it showed before.
 */
export const cameraLost = (state: CameraState, reason: string, now: number): CameraState => ({
  ...newCamera(now),
  lostBecause: reason,
  lastCountedAt: state.lastCountedAt,
  sightedness: state.sightedness,
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
  { at, view, unchangedMs }: Omit<Shot, 'picture'>,
  { humans, size }: { humans: readonly Detection[]; size: Size },
  rules: TrackRules,
): CameraState {
  const sight = { at, humans, size, meanLuma: view.meanLuma };
  const counting = countLook(state.counting, sight, rules);
  return {
    ...state,
    newestLookAt: at,
    lastCountedAt: at,
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
    at: new Date(at).toISOString(),
    count: count?.count ?? null,
    min: count?.min ?? null,
    max: isBounded ? (count?.max ?? null) : null,
    ...(count ? { boxes: peopleIn(state, terms.rules) } : {}),
    health,
    warnings,
    fps,
    ageMs: Math.max(0, now - at),
    worker: terms.worker,
  };
}
