import * as z from 'zod';
import { Instant } from './time.ts';

/** What a message of the Common Alerting Protocol does with those before it. The end of an incident is a `Cancel`. */
export const CapMessageType = z.enum(['Alert', 'Update', 'Cancel']);
export type CapMessageType = z.infer<typeof CapMessageType>;

/** `GET /api/v1/incidents/{id}/cap`: a message to the outside; its XML is at `…/cap/{n}`, media type `application/cap+xml`. */
export const CapMessage = z.object({
  n: z.int().positive().describe('From 1 on, without a gap'),
  identifier: z.string(),
  type: CapMessageType,
  sentAt: Instant,
  deliveredAt: Instant.nullable().describe(
    'null: the receiver has not taken it yet, or none is set',
  ),
  error: z.string().nullable().describe('Why the last attempt failed'),
});
export type CapMessage = z.infer<typeof CapMessage>;
