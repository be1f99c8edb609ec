import type { BoardRoom, IncidentLine, RoomState } from '@vigie/contracts/evacuation';
import { confirmedEmptyAt } from './board.ts';

/** A room during an incident. `last`: what the log says of it, see `loggedFacts`. */
export interface FollowedRoom {
  room: BoardRoom['room'];
  cameraIds: string[];
  frozen: RoomState;
  confirmedEmptyAt: string | null;
  last: string;
}

/**
 * What the newest state of a room means for its incident: a line of the log when its state, its count or the health of a
 * camera changed, a first confirmation.
 */
export function followed(
  room: FollowedRoom,
  live: RoomState,
  { startedAt, now }: { startedAt: string; now: string },
): { room: FollowedRoom; line: IncidentLine | undefined; isConfirmedNow: boolean } {
  const confirmed = confirmedEmptyAt(live, startedAt, room.confirmedEmptyAt);
  const last = loggedFacts(live);
  const data = { ...factsOf(live), at: live.at };
  return {
    room: { ...room, last, confirmedEmptyAt: confirmed },
    line: last === room.last ? undefined : { at: now, actor: 'system', what: 'room', data },
    isConfirmedNow: confirmed !== room.confirmedEmptyAt,
  };
}

/** All that the log keeps of a room's state, as text to be compared: without the times of the looks. */
export const loggedFacts = (state: RoomState): string => JSON.stringify(factsOf(state));

const factsOf = ({ roomId, state, reason, count, min, max, sources }: RoomState) => ({
  roomId,
  state,
  reason,
  count,
  min,
  max,
  sources: sources.map(({ cameraId, health }) => ({ cameraId, health })),
});

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
