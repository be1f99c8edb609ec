import type {
  BlindCamera,
  BoardRoom,
  IncidentLine,
  RoomStanding,
  RoomState,
  RoomView,
} from '@vigie/contracts/evacuation';
import type { Finding } from '@vigie/contracts/sweeps';
import {
  NO_TRAIL,
  newestSweep,
  type RoomFindings,
  type RoomTrail,
  standingKey,
  standingOf,
  trailAfter,
} from '../alarm/room-standing.ts';
import { findingsIn } from './finding.ts';

/** A room during an incident. `last`: what the log says of it, see `loggedFacts`; `lastStanding`: its standing as the log knows it, see `standingKey`. */
export interface FollowedRoom extends RoomFindings {
  room: BoardRoom['room'];
  cameraIds: string[];
  frozen: RoomState;
  confirmedEmptyAt: string | null;
  trail: RoomTrail;
  last: string;
  lastStanding: string;
}

/** The room as its incident begins. */
export const followedFrom = (
  room: Pick<FollowedRoom, 'room' | 'cameraIds' | 'frozen' | 'confirmedEmptyAt'>,
): FollowedRoom => ({
  ...room,
  sweeps: [],
  overrides: [],
  trail: NO_TRAIL,
  last: loggedFacts(room.frozen),
  lastStanding: standingKey(standingOf(room.frozen, { sweeps: [], overrides: [] }, NO_TRAIL)),
});

/**
 * When a room was first seen empty since T0: `before` once it is known, else the moment of the look if the room is
 * seen empty by pictures taken at T0 or later, else null. A room that was already empty has to be seen again.
 */
export function confirmedEmptyAt(
  live: RoomState,
  startedAt: string,
  before: string | null,
): string | null {
  if (before !== null) return before;
  const isConfirmed =
    live.state === 'empty' && live.at !== null && Date.parse(live.at) >= Date.parse(startedAt);
  return isConfirmed ? live.at : null;
}

/**
 * What the newest state of a room means for its incident: lines of the log when its state, its count, the health of a
 * camera or its standing changed, a first confirmation.
 */
export function followed(
  room: FollowedRoom,
  live: RoomState,
  { startedAt, now }: { startedAt: string; now: string },
): { room: FollowedRoom; lines: IncidentLine[]; isConfirmedNow: boolean } {
  const confirmed = confirmedEmptyAt(live, startedAt, room.confirmedEmptyAt);
  const trail = trailAfter(room.trail, live, room.overrides);
  const standing = standingOf(live, room, trail);
  const { roomId, at } = live;
  const last = loggedFacts(live);
  const data = { ...factsOf(live), at, seenAt: trail.seenAt };
  const line = (what: IncidentLine['what'], told: object) =>
    ({ at: now, actor: 'system', what, data: { ...told } }) satisfies IncidentLine;
  const after = { ...room, trail, last, lastStanding: standingKey(standing) };
  return {
    room: { ...after, confirmedEmptyAt: confirmed },
    lines: [
      ...(last === room.last ? [] : [line('room', data)]),
      ...(isToldBy(room, standing) ? [line('standing', { roomId, ...standing })] : []),
    ],
    isConfirmedNow: confirmed !== room.confirmedEmptyAt,
  };
}

/** All that the log keeps of a room's state, as text to be compared: without the times of the looks. */
const loggedFacts = (state: RoomState): string => JSON.stringify(factsOf(state));

const factsOf = ({ roomId, state, reason, count, min, max, sources }: RoomState) => ({
  roomId,
  state,
  reason,
  count,
  min,
  max,
  sources: sources.map(({ cameraId, health }) => ({ cameraId, health })),
});

/** Cameras alone are in the log as states; people have a part in everything else. */
function isToldBy({ lastStanding, sweeps, overrides }: FollowedRoom, standing: RoomStanding) {
  return standingKey(standing) !== lastStanding && sweeps.length + overrides.length > 0;
}

/** The room as the board shows it. */
export function boardRoomOf(followedRoom: FollowedRoom, live: RoomState): BoardRoom {
  const { room, cameraIds, frozen, confirmedEmptyAt: confirmed, trail, sweeps } = followedRoom;
  return {
    room,
    cameraIds,
    frozen,
    live,
    standing: standingOf(live, followedRoom, trail),
    sweep: newestSweep(sweeps),
    confirmedEmptyAt: confirmed,
  };
}

/** The cameras of a room that do not see now, by their names in the registry. */
export const blindIn = ({ live }: BoardRoom, registered: RoomView | undefined): BlindCamera[] =>
  live.sources
    .filter(({ health }) => health !== 'ok')
    .map(({ cameraId, health }) => ({
      cameraId,
      name: registered?.cameras.find(({ id }) => id === cameraId)?.name ?? cameraId,
      roomId: live.roomId,
      health,
    }));

/** The room as findings and log tell of it until `at`, for whoever was not there. */
export function remembered(
  room: Parameters<typeof followedFrom>[0],
  { findings, lines }: { findings: readonly Finding[]; lines: readonly IncidentLine[] },
  at: string,
): FollowedRoom {
  const told = { ...followedFrom(room), ...findingsIn(findings, room.room.id) };
  return { ...told, trail: trailFromLog(told, lines, at) };
}

/**
 * The trail that the log remembers after a restart. Whoever was in sight when it ends may have been seen until `now`.
 */
function trailFromLog(
  { room, frozen, overrides }: Pick<FollowedRoom, 'room' | 'frozen' | 'overrides'>,
  lines: readonly IncidentLine[],
  now: string,
): RoomTrail {
  const told = lines.filter(({ what, data }) => what === 'room' && data.roomId === room.id);
  const states = [frozen, ...told.map(({ data }) => ({ ...frozen, ...data }))];
  const trail = states.reduce((before, state) => {
    const after = trailAfter(before, state, overrides);
    return 'seenAt' in state ? { ...after, seenAt: newer(after.seenAt, state.seenAt) } : after;
  }, NO_TRAIL);
  const last = states.at(-1) ?? frozen;
  return trailAfter(trail, last.state === 'people' ? { ...last, at: now } : last, overrides);
}

const newer = (known: string | null, told: unknown): string | null =>
  typeof told === 'string' && Date.parse(told) > Date.parse(known ?? '1970-01-01') ? told : known;

/** The state of a room that left the registry while its incident ran: nobody looks at it any more. */
export const unwatched = (frozen: RoomState): RoomState => ({
  ...frozen,
  state: 'unknown',
  reason: 'no-camera',
  count: null,
  min: null,
  max: null,
  sources: [],
});
