import type { DoorCount, RoomSource, RoomState, UnknownReason } from '@vigie/contracts/evacuation';
import {
  type CameraSight,
  doubtOf,
  isSettled,
  type Look,
  seenIn,
  shownHealth,
  usableLook,
} from './camera-sight.ts';
import { isSurelyInside } from './door-count.ts';
import { peopleOnFloor } from './people-on-floor.ts';

/** `isPlaced`: the camera is calibrated, `places` tells where its people stand. */
type UsableLook = Look & { count: number; cameraId: string; isPlaced: boolean };
type Range = { count: number; min: number; max: number | null };

/** The cameras of a room at `sights` look into it, those at `doors.sights` at its doors. `passedAt`: last crossing. */
export interface WatchedRoom {
  roomId: string;
  sights: readonly CameraSight[];
  doors?: { count: DoorCount; passedAt: number | undefined; sights: readonly CameraSight[] };
}

/** Two cameras that see somebody within so many metres see one person; in the upper limit only if much nearer. */
const samePersonMetres = { likely: 1, sure: 0.3 };

type Finding = Pick<RoomState, 'state' | 'reason' | 'count' | 'min' | 'max'> & {
  at: number | null;
};

/** The gravest doubt of several cameras names the room's reason. */
const gravity: readonly UnknownReason[] = [
  'camera-smoke',
  'no-camera',
  'no-model',
  'camera-lost',
  'camera-moved',
  'camera-blind',
  'camera-late',
  'no-headcount-yet',
  'settling',
  'doors-disagree',
  'doors-unwatched',
  'doors-drift',
  'doors-only',
];

/**
 * Joins the cameras of a room into its state at `now` (milliseconds since 1970).
 *
 * One healthy camera that sees somebody makes it `people` at once. `empty` needs every camera: healthy, fresh and
 * settled, and no one who surely came in by a door and did not leave. Everything else is `unknown`, and then no count is
 * given. People of calibrated cameras are joined on the floor plan. Where nobody measured whether views overlap, the count
 * and the lower limit are those of the camera that sees most, the upper limit is the sum; it is null when a camera of
 * the room does not see. `at` is the newest look that shows people; for `empty` the oldest of the cameras' newest looks,
 * because all are needed; for `unknown` the last look that counted.
 *
 * A room that no camera looks into is counted at its doors: `people` while somebody is inside, never `empty`, because
 * nobody looked.
 */
export function fuseRoom(
  room: WatchedRoom,
  previous: RoomState | undefined,
  now: number,
): RoomState {
  const usable = usableLooks(room.sights, now);
  const finding = findingFrom(room, usable, now);
  const lastLook = newest(
    usable.map((look) => look.at),
    previous?.at,
  );
  const seenAt = usable.filter((look) => seenIn(look) > 0).map((look) => look.at);
  const passedAt = room.doors?.passedAt;
  return {
    v: 1,
    roomId: room.roomId,
    state: finding.state,
    reason: finding.reason,
    count: finding.count,
    min: finding.min,
    max: finding.max,
    since: previous?.state === finding.state ? previous.since : instant(now),
    at: finding.at === null ? lastLook : instant(finding.at),
    lastSeenAt: newest(
      passedAt === undefined ? seenAt : [...seenAt, passedAt],
      previous?.lastSeenAt,
    ),
    ...(finding.state === 'unknown' ? lastPeopleOf(previous) : {}),
    sources: sourcesOf(room, now),
    ...(room.doors ? { doors: room.doors.count } : {}),
  };
}

/** What is still told of a room that nobody sees any more: an old number with its age, and never an old zero. */
function lastPeopleOf(previous: RoomState | undefined): Pick<RoomState, 'lastPeople'> {
  if (previous?.state === 'unknown' && previous.lastPeople)
    return { lastPeople: previous.lastPeople };
  if (!previous?.count || previous.at === null) return {};
  return { lastPeople: { count: previous.count, at: previous.at } };
}

const usableLooks = (sights: readonly CameraSight[], now: number): UsableLook[] =>
  sights.flatMap((sight) => {
    const look = usableLook(sight, now);
    const { cameraId, placeOf } = sight;
    return look ? [{ ...look, cameraId, isPlaced: placeOf !== undefined }] : [];
  });

/** `true` when the two differ in more than the time of the looks: then everybody must be told at once. */
export function isNews(before: RoomState, after: RoomState): boolean {
  const facts = ({ at: _, lastSeenAt: __, sources, ...rest }: RoomState) =>
    JSON.stringify({ ...rest, sources: sources.map(({ at: ___, ...source }) => source) });
  return facts(before) !== facts(after);
}

function findingFrom(
  { sights, doors }: WatchedRoom,
  usable: readonly UsableLook[],
  now: number,
): Finding {
  if (doors && sights.length === 0) return findingAtDoors(doors, now);
  const seeing = usable.filter((look) => seenIn(look) > 0);
  if (seeing.length > 0) {
    const at = Math.max(...seeing.map((look) => look.at));
    return { state: 'people', reason: null, ...rangeOf(usable, sights.length), at };
  }
  if (sights.length > 0 && sights.every((sight) => isSettled(sight, now))) {
    if (doors?.count.isWatched && isSurelyInside(doors.count)) return unknown('doors-disagree');
    const at = Math.min(...usable.map((look) => look.at));
    return { state: 'empty', reason: null, count: 0, min: 0, max: 0, at };
  }
  return unknown(reasonOf(sights, now));
}

const unknown = (reason: UnknownReason): Finding => ({
  state: 'unknown',
  reason,
  count: null,
  min: null,
  max: null,
  at: null,
});

/** Only who was seen to come in is told. Nobody left by the doors is no room seen empty. */
function findingAtDoors(
  { count, sights }: NonNullable<WatchedRoom['doors']>,
  now: number,
): Finding {
  const { inside, drift } = count;
  const looks = usableLooks(sights, now);
  if (looks.length < sights.length) {
    const blind = sights.filter((sight) => !usableLook(sight, now));
    return unknown(gravest(blind.map((sight) => doubtOf(sight, now))));
  }
  if (!count.isWatched) return unknown('doors-unwatched');
  if (inside === 0) return unknown(count.unexplained > 0 ? 'doors-drift' : 'doors-only');
  const at = Math.min(...looks.map((look) => look.at));
  const range = { count: inside, min: Math.max(0, inside - drift), max: inside + drift };
  return { state: 'people', reason: null, ...range, at };
}

function rangeOf(usable: readonly UsableLook[], cameras: number): Range {
  const placed = usable.filter(({ isPlaced }) => isPlaced);
  const apart = usable.filter(({ isPlaced }) => !isPlaced).map(rangeIn);
  const views = placed.length > 0 ? [...apart, rangeOnFloor(placed)] : apart;
  const count = Math.max(...views.map((view) => view.count));
  const isWhole = usable.length === cameras && views.every(({ max }) => max !== null);
  return {
    count,
    min: Math.min(count, Math.max(...views.map(({ min }) => min))),
    max: isWhole ? sum(views.map(({ max }) => max ?? 0)) : null,
  };
}

const rangeIn = (look: UsableLook): Range => ({
  count: seenIn(look),
  min: look.min ?? 0,
  max: look.max === null ? null : Math.max(look.max, seenIn(look)),
});

/** Calibrated cameras together. Whoever could not be placed may be nobody else's, so each of them adds one. */
function rangeOnFloor(looks: readonly UsableLook[]): Range {
  const sights = looks.flatMap(({ cameraId, at, places }) =>
    places.map((place) => ({ cameraId, at, place })),
  );
  const views = looks.map(rangeIn);
  const unplaced = sum(looks.map((look) => Math.max(0, seenIn(look) - look.places.length)));
  const count = peopleOnFloor(sights, samePersonMetres.likely) + unplaced;
  const most = peopleOnFloor(sights, samePersonMetres.sure) + unplaced;
  const possible = sum(views.map((view) => (view.max ?? 0) - view.count));
  return {
    count,
    min: Math.max(...views.map(({ min }) => min)),
    max: views.some(({ max }) => max === null) ? null : Math.max(count, most) + possible,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

function reasonOf(sights: readonly CameraSight[], now: number): UnknownReason {
  const doubtful = sights.filter((sight) => !isSettled(sight, now));
  return gravest(doubtful.map((sight) => doubtOf(sight, now)));
}

const gravest = (doubts: readonly UnknownReason[]): UnknownReason =>
  gravity.find((reason) => doubts.includes(reason)) ?? 'no-camera';

/** A camera at a door counts nobody of the room: whom it sees is on the way. */
const sourcesOf = ({ sights, doors }: WatchedRoom, now: number): RoomSource[] => [
  ...sights.map((sight) => sourceFrom(sight, now)),
  ...(doors?.sights ?? [])
    .filter(({ cameraId }) => !sights.some((sight) => sight.cameraId === cameraId))
    .map((sight) => ({ ...sourceFrom(sight, now), count: null })),
];

const sourceFrom = (sight: CameraSight, now: number): RoomSource => ({
  cameraId: sight.cameraId,
  health: shownHealth(sight, now),
  warnings: [...(usableLook(sight, now)?.warnings ?? [])],
  count: usableLook(sight, now)?.count ?? null,
  at: sight.look ? instant(sight.look.at) : null,
});

function newest(times: readonly number[], before: string | null | undefined): string | null {
  const all = before ? [...times, Date.parse(before)] : times;
  return all.length > 0 ? instant(Math.max(...all)) : null;
}

const instant = (ms: number): string => new Date(ms).toISOString();
