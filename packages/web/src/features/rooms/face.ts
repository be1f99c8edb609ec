import type { Camera, RoomState, UnknownReason } from '@vigie/contracts/evacuation';
import type { CameraWarning } from '@vigie/contracts/vision';

/** Why a room is unknown: the server's reasons, and two that only the browser can know. */
export type FaceReason = UnknownReason | 'no-connection' | 'contradiction';

/**
 * What the screen may say of a room. Only `people` carries a number, always 1 or more (`max` ≥ `min` ≥ 1; `max`
 * null: a camera of the room does not see, so nobody knows how many more). `empty` carries the time of the look
 * it rests on. Ages are milliseconds.
 */
export type RoomFace =
  | { state: 'people'; count: number; min: number; max: number | null; at: string; ageMs: number }
  | { state: 'empty'; at: string; ageMs: number }
  | { state: 'unknown'; reason: FaceReason };

/** How the browser sees the world at the moment of drawing. */
export interface Viewpoint {
  /** Server time, epoch milliseconds. */
  nowMs: number;
  /** The live stream has been down for too long. */
  isLate: boolean;
}

/**
 * On top of a camera's own limit, which the server holds: an unchanged state is sent every 2 s and needs a moment
 * to get here. This guard is for a server or a line that falls silent.
 */
const ON_THE_WAY_MS = 3000;

/** The limit of a room without a camera of its own: the contract's default. */
const DEFAULT_STALE_MS = 3000;

/** Age in milliseconds beyond which a count of these cameras no longer counts. */
export const staleAfterMs = (cameras: readonly Pick<Camera, 'staleMs'>[]): number =>
  cameras.length === 0 ? DEFAULT_STALE_MS : Math.max(...cameras.map(({ staleMs }) => staleMs));

/**
 * What may be shown of a room now. A state that is old, unsupported or at odds with itself is unknown: a wrong
 * "unknown" sends somebody to look, a wrong "empty" leaves somebody behind.
 */
export function faceOf(live: RoomState, staleMs: number, { nowMs, isLate }: Viewpoint): RoomFace {
  if (isLate) return { state: 'unknown', reason: 'no-connection' };
  if (live.state === 'unknown')
    return { state: 'unknown', reason: live.reason ?? 'no-headcount-yet' };
  if (live.at === null) return { state: 'unknown', reason: 'no-headcount-yet' };
  const ageMs = Math.max(0, nowMs - Date.parse(live.at));
  if (!(ageMs <= staleMs + ON_THE_WAY_MS)) return { state: 'unknown', reason: 'camera-late' };
  if (live.state === 'people') return peopleFace(live, live.at, ageMs);
  if (live.count !== 0) return { state: 'unknown', reason: 'contradiction' };
  return { state: 'empty', at: live.at, ageMs };
}

function peopleFace({ count, min, max }: RoomState, at: string, ageMs: number): RoomFace {
  if (count === null || count < 1) return { state: 'unknown', reason: 'contradiction' };
  return {
    state: 'people',
    count,
    // Somebody is seen, so the least is one whatever the doubt about the others.
    min: Math.max(1, Math.min(min ?? count, count)),
    max: max === null ? null : Math.max(max, count),
    at,
    ageMs,
  };
}

/** What hampers the cameras of a room while they count, each once. */
export const warningsIn = ({ sources }: Pick<RoomState, 'sources'>): CameraWarning[] => [
  ...new Set(sources.flatMap(({ warnings }) => warnings)),
];

/** A number of people, honestly: `4`, `3–5`, or `3+` when there is no upper limit. */
export const rangeText = (min: number, max: number | null): string => {
  if (max === null) return `${min}+`;
  return min === max ? String(min) : `${min}–${max}`;
};

/** Several rooms in one sentence. Both limits speak of the rooms that are known; `peopleMax` null: open. */
export interface RoomsSum {
  peopleMin: number;
  peopleMax: number | null;
  withPeople: number;
  empty: number;
  unknown: number;
}

export function sumOf(faces: readonly RoomFace[]): RoomsSum {
  const sum: RoomsSum = { peopleMin: 0, peopleMax: 0, withPeople: 0, empty: 0, unknown: 0 };
  for (const face of faces) {
    if (face.state === 'people') {
      sum.withPeople++;
      sum.peopleMin += face.min;
      sum.peopleMax = sum.peopleMax === null || face.max === null ? null : sum.peopleMax + face.max;
    } else {
      sum[face.state]++;
    }
  }
  return sum;
}

/**
 * Several rooms in one line. A number stands there only where every room is known (`seen`) or as a lower
 * limit (`at-least`, 1 or more); nobody seen with a room unknown is an unknown number, never zero.
 */
export type Headline =
  | { kind: 'seen'; min: number; max: number }
  | { kind: 'at-least'; people: number }
  | { kind: 'unknown' }
  | { kind: 'nobody-seen' };

export function headlineOf({ peopleMin, peopleMax, empty, unknown }: RoomsSum): Headline {
  if (unknown > 0)
    return peopleMin > 0 ? { kind: 'at-least', people: peopleMin } : { kind: 'unknown' };
  if (peopleMax === null) return { kind: 'at-least', people: peopleMin };
  if (peopleMax > 0) return { kind: 'seen', min: peopleMin, max: peopleMax };
  return empty > 0 ? { kind: 'nobody-seen' } : { kind: 'unknown' };
}

/** Rooms by floor, floors in the order in which they first appear; a room without a floor has `''`. */
export function byFloor<R extends { floor: string }>(rooms: readonly R[]): [string, R[]][] {
  return [...Map.groupBy(rooms, ({ floor }) => floor)];
}

/** Fewest characters of a reason for the clear view, as the server asks for it. */
export const REASON_LENGTH = 10;

/** A picture older than this is veiled. */
export const PICTURE_STALE_MS = 2000;

/**
 * Age in milliseconds of a picture: by its capture time, and never younger than the time since it came.
 * Both moments on the server's clock.
 */
export const pictureAgeMs = (capturedMs: number, receivedMs: number, nowMs: number): number =>
  Math.max(0, nowMs - capturedMs, nowMs - receivedMs);
