import * as z from 'zod';
import { Id } from './ids.ts';
import { Instant } from './time.ts';

/** Who may speak on the bus. Each has one credential, confined to its own topics (see `topics.ts`). */
export const DeviceKind = z.enum(['bollard', 'worker', 'panel', 'integrator']);
export type DeviceKind = z.infer<typeof DeviceKind>;

/**
 * Where a device stands in its life. `late`: not heard for 1.5 heartbeats; `silent`: for 3, its space is unknown.
 * A device whose model promises no heartbeat is never late.
 */
export const DeviceLife = z.enum([
  'provisioned',
  'installed',
  'learning',
  'in-service',
  'late',
  'silent',
  'replaced',
  'retired',
]);
export type DeviceLife = z.infer<typeof DeviceLife>;

/** Models that the house knows; others are taken too, and promise nothing. */
export const knownModels = [
  'vigie',
  'vigie-lorawan',
  'bosch-tps110',
  'nwave-nps405',
  'pni-placepod',
  'cicicom',
  'milesight-em400',
] as const;

/** Model of a camera where it stands for the sensor of a space; nobody pairs it by hand. */
export const cameraModel = 'camera';

/** 16 hexadecimal digits, lower case: the LoRaWAN name of a device. */
export const DeviceEui = z.string().regex(/^[0-9a-f]{16}$/);
export type DeviceEui = z.infer<typeof DeviceEui>;

/** A bollard as administrators see it; its key is never shown again after creation. */
export const Bollard = z.object({
  id: Id,
  spaceId: Id.nullable().describe('null: in stock, replaced or retired'),
  spaceIds: z.array(Id).describe('All spaces it serves'),
  model: z.string(),
  deviceEui: DeviceEui.nullable(),
  life: DeviceLife,
  online: z.boolean(),
  lastSeenAt: Instant.nullable(),
  heartbeatMs: z.int().positive().nullable().describe('null: none is promised'),
  batteryPercent: z.number().min(0).max(100).nullable(),
  rssiDbm: z.number().nullable(),
  temperatureC: z.number().nullable(),
  firmware: z.string().nullable(),
  replacedBy: Id.nullable(),
});
export type Bollard = z.infer<typeof Bollard>;

/**
 * Answer of `POST /api/v1/bollards/{id}/display-token`: the one time the token is shown. It reads what the bollard shows
 * and nothing else; drawing another ends it. `path`: the page for a small display, the token within.
 */
export const DisplayToken = z.object({ bollardId: Id, token: z.string(), path: z.string() });
export type DisplayToken = z.infer<typeof DisplayToken>;

/** Body of `POST /api/v1/bollards`. Without `key` the server draws one (recommended). */
export const NewBollard = z.object({
  id: Id,
  spaceId: Id,
  alsoServes: z.array(Id).max(8).default([]).describe('Further spaces that it serves'),
  model: z.string().min(1).max(80).default('vigie'),
  deviceEui: DeviceEui.optional(),
  heartbeatMs: z.int().min(1000).optional().describe('Where it differs from its model’s'),
  key: z.string().min(24).max(128).optional(),
});
export type NewBollard = z.infer<typeof NewBollard>;

/** Answer of `POST /api/v1/bollards`: the one time the key is shown. MQTT user name = id, password = key. */
export const BollardWithKey = Bollard.extend({ key: z.string() });
export type BollardWithKey = z.infer<typeof BollardWithKey>;

/**
 * Body of `POST /api/v1/device-keys`: a vision worker of that name, or the fire panel of that building. Bollards and integrators
 * get their keys by routes of their own.
 */
export const NewDeviceKey = z.object({
  kind: DeviceKind.extract(['worker', 'panel']),
  id: Id.describe('Of a panel: its building'),
});
export type NewDeviceKey = z.infer<typeof NewDeviceKey>;

/** Who has a key of the bus and is no bollard. */
export const DeviceKey = z.object({
  kind: DeviceKind.exclude(['bollard']),
  id: z.string(),
  username: z.string().describe('On the bus'),
  drawnAt: Instant,
});
export type DeviceKey = z.infer<typeof DeviceKey>;

/** Answer of `POST /api/v1/device-keys`: the one time the key is shown. */
export const DrawnDeviceKey = NewDeviceKey.extend({
  username: z.string().describe('On the bus'),
  key: z.string(),
});
export type DrawnDeviceKey = z.infer<typeof DrawnDeviceKey>;

/** Body of `POST /api/v1/bollards/{id}/replacement`: the device that takes its place; the spaces keep their history. */
export const Replacement = z.object({
  id: Id,
  model: z.string().min(1).max(80).optional(),
  deviceEui: DeviceEui.optional(),
});
export type Replacement = z.infer<typeof Replacement>;

/** What can be wrong with a device. One ticket is opened for each, however often it is seen. */
export const FaultKind = z.enum(['silent', 'battery-low', 'reported']);
export type FaultKind = z.infer<typeof FaultKind>;

/** One line of `GET /api/v1/faults`, newest first. */
export const Fault = z.object({
  id: z.string(),
  deviceId: Id,
  kind: FaultKind,
  detail: z.string(),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  ticket: z.string().nullable().describe('Number of its ticket; null until one is opened'),
});
export type Fault = z.infer<typeof Fault>;

/** A message of a device that could not be read: kept as it came, shown, never guessed. */
export const UnreadMessage = z.object({
  id: z.int(),
  deviceId: z.string(),
  receivedAt: Instant,
  reason: z.string(),
  payload: z.string().describe('As it came: JSON text, or hexadecimal bytes'),
});
export type UnreadMessage = z.infer<typeof UnreadMessage>;
