import * as z from 'zod';
import { Id } from './ids.ts';
import { Instant } from './time.ts';

/** Who may speak on the bus. Each has one credential, confined to its own topics (see `topics.ts`). */
export const DeviceKind = z.enum(['bollard', 'worker', 'panel', 'integrator']);
export type DeviceKind = z.infer<typeof DeviceKind>;

/** A bollard as administrators see it; its key is never shown again after creation. */
export const Bollard = z.object({
  id: Id,
  spaceId: Id,
  model: z.string(),
  online: z.boolean(),
  lastSeenAt: Instant.nullable(),
  batteryPercent: z.number().min(0).max(100).nullable(),
  rssiDbm: z.number().nullable(),
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
  model: z.string().max(80).default('vigie'),
  key: z.string().min(24).max(128).optional(),
});
export type NewBollard = z.infer<typeof NewBollard>;

/** Answer of `POST /api/v1/bollards`: the one time the key is shown. MQTT user name = id, password = key. */
export const BollardWithKey = Bollard.extend({ key: z.string() });
export type BollardWithKey = z.infer<typeof BollardWithKey>;
