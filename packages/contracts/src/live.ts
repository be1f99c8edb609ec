import type * as z from 'zod';
import type { Permission } from './accounts.ts';
import { Board, Incident, RoomState } from './evacuation.ts';
import { Message } from './notifications.ts';
import { Case, SpaceView } from './parking.ts';

/**
 * `GET /api/v1/events`, Server-Sent Events: `event:` is the key here, `data:` the payload as JSON.
 * A client gets only what its permissions allow; after a reconnect it fetches the lists again.
 */
export const liveEvents = {
  space: SpaceView,
  case: Case,
  message: Message,
  room: RoomState,
  incident: Incident,
  board: Board,
} as const;
export type LiveEventName = keyof typeof liveEvents;
export type LiveEvent = {
  [K in LiveEventName]: { name: K; data: z.infer<(typeof liveEvents)[K]> };
}[LiveEventName];

/** The right that is needed to receive each event. */
export const livePermissions: Readonly<Record<LiveEventName, Permission>> = {
  space: 'parking.read',
  case: 'parking.handle-cases',
  message: 'messages.read',
  room: 'rooms.read',
  incident: 'rooms.read',
  board: 'rooms.read',
};
