import type { RoomState } from './evacuation.ts';

/** When the states of tests were measured. */
export const stateAt = '2026-11-24T10:00:00.000Z';

/** The state of a room for tests: unknown because a camera is lost, save for what `change` says. */
export const roomState = (roomId: string, change: Partial<RoomState>): RoomState => ({
  v: 1,
  roomId,
  state: 'unknown',
  reason: 'camera-lost',
  count: null,
  min: null,
  max: null,
  since: stateAt,
  at: stateAt,
  lastSeenAt: null,
  sources: [],
  ...change,
});

/** Somebody was counted; `max` null: there may be any number more. */
export const withPeople = (count: number, max: number | null = count): Partial<RoomState> => ({
  state: 'people',
  reason: null,
  count,
  min: count,
  max,
});

export const seenEmpty: Partial<RoomState> = {
  state: 'empty',
  reason: null,
  count: 0,
  min: 0,
  max: 0,
};
