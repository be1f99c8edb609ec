import type { RoomSource, RoomState, UnknownReason } from '@vigie/contracts/evacuation';
import {
  type CameraSight,
  doubtOf,
  isSettled,
  type Look,
  seenIn,
  shownHealth,
  usableLook,
} from './camera-sight.ts';

type UsableLook = Look & { count: number };
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
];

/**
 * Joins the cameras of a room into its state at `now` (milliseconds since 1970).
 *
 * One healthy camera that sees somebody makes it `people` at once. `empty` needs every camera: healthy, fresh and
 * settled. Everything else is `unknown`, and then no count is given. The views may overlap or not, nobody measured
 * it: so the count and the lower limit are those of the camera that sees most, the upper limit is the sum; it is
 * null when a camera of the room does not see. `at` is the newest look that shows people; for `empty` the oldest of the
 * cameras' newest looks, because all are needed; for `unknown` the last look that counted.
 */
export function fuseRoom(
  room: { roomId: string; sights: readonly CameraSight[] },
  previous: RoomState | undefined,
  now: number,
): RoomState {
  const usable = room.sights.flatMap((sight) => usableLook(sight, now) ?? []);
  const finding = findingFrom(room.sights, usable, now);
  const lastLook = newest(
    usable.map((look) => look.at),
    previous?.at,
  );
  const seenAt = usable.filter((look) => seenIn(look) > 0).map((look) => look.at);
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
    lastSeenAt: newest(seenAt, previous?.lastSeenAt),
    sources: room.sights.map((sight) => sourceFrom(sight, now)),
  };
}

/** `true` when the two differ in more than the time of the looks: then everybody must be told at once. */
export function isNews(before: RoomState, after: RoomState): boolean {
  const facts = ({ at: _, lastSeenAt: __, sources, ...rest }: RoomState) =>
    JSON.stringify({ ...rest, sources: sources.map(({ at: ___, ...source }) => source) });
  return facts(before) !== facts(after);
}

function findingFrom(
  sights: readonly CameraSight[],
  usable: readonly UsableLook[],
  now: number,
): Finding {
  const seeing = usable.filter((look) => seenIn(look) > 0);
  if (seeing.length > 0) {
    const at = Math.max(...seeing.map((look) => look.at));
    return { state: 'people', reason: null, ...rangeOf(usable, sights.length), at };
  }
  if (sights.length > 0 && sights.every((sight) => isSettled(sight, now))) {
    const at = Math.min(...usable.map((look) => look.at));
    return { state: 'empty', reason: null, count: 0, min: 0, max: 0, at };
  }
  return {
    state: 'unknown',
    reason: reasonOf(sights, now),
    count: null,
    min: null,
    max: null,
    at: null,
  };
}

function rangeOf(
  usable: readonly UsableLook[],
  cameras: number,
): Pick<Finding, 'count' | 'min' | 'max'> {
  const count = Math.max(...usable.map(seenIn));
  const min = Math.min(count, Math.max(...usable.map((look) => look.min ?? 0)));
  const isWhole = usable.length === cameras && usable.every((look) => look.max !== null);
  const sum = usable.reduce((total, look) => total + Math.max(look.max ?? 0, seenIn(look)), 0);
  return { count, min, max: isWhole ? sum : null };
}

function reasonOf(sights: readonly CameraSight[], now: number): UnknownReason {
  const doubts = sights
    .filter((sight) => !isSettled(sight, now))
    .map((sight) => doubtOf(sight, now));
  return gravity.find((reason) => doubts.includes(reason)) ?? 'no-camera';
}

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
