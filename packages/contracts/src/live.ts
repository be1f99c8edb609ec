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

/** A thing with an id: of a zone or a building, or one that lies in one of them. */
export type ThingKind =
  | 'zone'
  | 'space'
  | 'case'
  | 'building'
  | 'floor'
  | 'room'
  | 'camera'
  | 'incident';

type LiveData<N extends LiveEventName> = z.infer<(typeof liveEvents)[N]>;

/** The thing that each event is about; `undefined`: of the town, and not for those who are limited to a part of it. */
export const liveThings: Readonly<{
  [N in LiveEventName]: (data: LiveData<N>) => [ThingKind, string] | undefined;
}> = {
  space: ({ zoneId }) => ['zone', zoneId],
  case: ({ zoneId }) => ['zone', zoneId],
  message: () => undefined,
  room: ({ roomId }) => ['room', roomId],
  incident: ({ buildingId }) => ['building', buildingId],
  board: ({ incident }) => ['building', incident.buildingId],
};

/** The right that is needed to receive each event. */
export const livePermissions: Readonly<Record<LiveEventName, Permission>> = {
  space: 'parking.read',
  case: 'parking.handle-cases',
  message: 'messages.read',
  room: 'rooms.read',
  incident: 'rooms.read',
  board: 'rooms.read',
};
