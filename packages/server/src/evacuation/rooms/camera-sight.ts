import type { UnknownReason } from '@vigie/contracts/evacuation';
import {
  type CameraHealth,
  type CameraWarning,
  type Headcount,
  type Markings,
  NO_MARKINGS,
  type PlanPoint,
} from '@vigie/contracts/vision';
import { type PlaceOf, placingBy } from '../buildings/floor-plan.ts';

/**
 * How long every camera must have seen nobody before a room may be called empty. One missed person costs
 * more than two seconds: detectors overlook about one head in ten per picture, and somebody walking behind
 * a pillar is hidden for about a second.
 */
export const settlingMs = 2000;

/** How many pictures in a row must show nobody; one picture alone proves nothing at a low rate. */
export const cleanLooksNeeded = 3;

/** Two machines' clocks may differ by this much; beyond it a time stamp is not believed. */
const clockToleranceMs = 2000;

/** One headcount as it was received. Times in milliseconds since 1970, UTC. */
export interface Look {
  at: number;
  receivedAt: number;
  /** Age of the picture when the worker published it, milliseconds. */
  ageMs: number;
  health: CameraHealth;
  warnings: readonly CameraWarning[];
  /** People, range included; null when the worker could not count. */
  count: number | null;
  min: number | null;
  max: number | null;
  worker: string;
  /** Where people stand on the floor plan, metres; those that could not be placed are left out. */
  places: readonly PlanPoint[];
}

/** What is remembered of one camera. `clean`: the unbroken run of pictures without anybody; `since` is its first capture time. */
export interface CameraSight {
  cameraId: string;
  staleMs: number;
  /** `undefined`: not calibrated, the camera sees nobody on the plan. */
  placeOf: PlaceOf | undefined;
  look: Look | undefined;
  clean: { since: number; looks: number } | undefined;
}

/** A camera of which nothing came yet. */
export const unseenCamera = (
  cameraId: string,
  staleMs: number,
  markings: Markings = NO_MARKINGS,
): CameraSight => ({
  cameraId,
  staleMs,
  placeOf: placingBy(markings),
  look: undefined,
  clean: undefined,
});

/**
 * Adds a headcount. Whatever speaks against "empty" is taken in any order; a picture without anybody counts
 * only when it is newer than the one before, so that repeated or retained messages prove nothing twice.
 */
export function withHeadcount(
  sight: CameraSight,
  headcount: Headcount,
  receivedAt: number,
): CameraSight {
  const look = lookFrom(headcount, receivedAt, sight.placeOf);
  if (!isClean(look)) return { ...sight, look, clean: undefined };
  const { look: before } = sight;
  if (before && look.at === before.at && isClean(before)) return sight;
  const isOlder = before !== undefined && look.at < before.at;
  // Two workers on one camera for a moment: the slower one adds nothing while the other is fresh.
  if (isOlder && before.worker !== look.worker && isFresh(sight, receivedAt)) return sight;
  const goesOn = before !== undefined && !isOlder && isUnbroken(before, look, sight.staleMs);
  const clean =
    sight.clean && goesOn
      ? { since: sight.clean.since, looks: sight.clean.looks + 1 }
      : { since: look.at, looks: 1 };
  return { ...sight, look, clean };
}

/** The worker that counted this camera is gone: its last word no longer holds. */
export function withoutWorker(sight: CameraSight, worker: string): CameraSight {
  if (sight.look?.worker !== worker) return sight;
  const look: Look = {
    ...sight.look,
    health: 'lost',
    warnings: [],
    count: null,
    min: null,
    max: null,
  };
  return { ...sight, look, clean: undefined };
}

/** The look that may support a statement at `now`: healthy, counted and fresh. */
export function usableLook(
  sight: CameraSight,
  now: number,
): (Look & { count: number }) | undefined {
  const { look } = sight;
  if (look?.health !== 'ok' || look.count === null || !isFresh(sight, now)) return undefined;
  return { ...look, count: look.count };
}

/** `true` when the camera has seen nobody long and often enough, up to now. */
export function isSettled(sight: CameraSight, now: number): boolean {
  const look = usableLook(sight, now);
  if (!look || !sight.clean) return false;
  return look.at - sight.clean.since >= settlingMs && sight.clean.looks >= cleanLooksNeeded;
}

/** At least how many people the look shows. */
export const seenIn = (look: Look): number => Math.max(look.count ?? 0, look.min ?? 0);

/** Why this camera supports no "empty" at `now`. */
export function doubtOf(sight: CameraSight, now: number): UnknownReason {
  if (!sight.look) return 'no-headcount-yet';
  if (sight.look.health !== 'ok') return doubts[sight.look.health];
  if (!isFresh(sight, now)) return 'camera-late';
  return sight.look.count === null ? 'no-headcount-yet' : 'settling';
}

/** Health as shown: the worker's word, or what its silence means. */
export function shownHealth(sight: CameraSight, now: number): CameraHealth {
  if (!sight.look) return 'starting';
  return sight.look.health === 'ok' && !isFresh(sight, now) ? 'late' : sight.look.health;
}

const doubts: Readonly<Record<Exclude<CameraHealth, 'ok'>, UnknownReason>> = {
  starting: 'no-headcount-yet',
  lost: 'camera-lost',
  late: 'camera-late',
  frozen: 'camera-blind',
  covered: 'camera-blind',
  dark: 'camera-blind',
  blurred: 'camera-blind',
  smoke: 'camera-smoke',
  moved: 'camera-moved',
  'no-model': 'no-model',
};

const lookFrom = (
  headcount: Headcount,
  receivedAt: number,
  placeOf: PlaceOf | undefined,
): Look => ({
  at: Date.parse(headcount.at),
  receivedAt,
  ageMs: headcount.ageMs,
  health: headcount.health,
  warnings: headcount.warnings,
  count: headcount.health === 'ok' ? headcount.count : null,
  min: headcount.min,
  max: headcount.max,
  worker: headcount.worker,
  places: (headcount.boxes ?? [])
    .map(({ box }) => placeOf?.(box))
    .filter((place) => place !== undefined),
});

/** Nobody, and nobody possible either: an upper limit above 0 means that somebody may be there. */
const isClean = (look: Look): boolean =>
  look.health === 'ok' && look.count === 0 && (look.min ?? 0) === 0 && look.max === 0;

const isUnbroken = (before: Look, look: Look, staleMs: number): boolean =>
  look.at - before.at <= staleMs && Math.abs(look.receivedAt - before.receivedAt) <= staleMs;

/**
 * Both the capture and the arrival must be recent. A time stamp from the future, or a clock of ours that was
 * set back, makes a look unusable: otherwise an old zero would stay valid for as long as the clocks differ.
 */
function isFresh({ look, staleMs }: CameraSight, now: number): boolean {
  if (!look) return false;
  const sinceCapture = now - look.at;
  const sinceArrival = now - look.receivedAt;
  const isBelievable = Math.min(sinceCapture, sinceArrival) >= -clockToleranceMs;
  return isBelievable && Math.max(sinceCapture, sinceArrival + look.ageMs) <= staleMs;
}
