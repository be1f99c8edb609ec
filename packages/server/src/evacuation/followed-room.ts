import type { BoardRoom, IncidentLine, RoomState } from '@vigie/contracts/evacuation';
import { confirmedEmptyAt } from './board.ts';

/** A room during an incident. `last`: its state as the log knows it. */
export interface FollowedRoom {
  room: BoardRoom['room'];
  cameraIds: string[];
  frozen: RoomState;
  confirmedEmptyAt: string | null;
  last: RoomState['state'];
}

/** What the newest state of a room means for its incident: a line of the log when the state changed, a first confirmation. */
export function followed(
  room: FollowedRoom,
  live: RoomState,
  { startedAt, now }: { startedAt: string; now: string },
): { room: FollowedRoom; line: IncidentLine | undefined; isConfirmedNow: boolean } {
  const confirmed = confirmedEmptyAt(live, startedAt, room.confirmedEmptyAt);
  const { roomId, state, reason, count, min, max, at } = live;
  const data = { roomId, state, reason, count, min, max, at };
  return {
    room: { ...room, last: state, confirmedEmptyAt: confirmed },
    line: state === room.last ? undefined : { at: now, actor: 'system', what: 'room', data },
    isConfirmedNow: confirmed !== room.confirmedEmptyAt,
  };
}

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
