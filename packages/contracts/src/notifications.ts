import * as z from 'zod';
import { Channel } from './recipients.ts';
import { Instant } from './time.ts';

/**
 * A message is `queued` until a server took it; sent is not delivered is not acknowledged. `withdrawn`: it had become
 * pointless before it went out. `failed`: given up after the last try.
 */
export const MessageStatus = z.enum(['queued', 'sent', 'failed', 'withdrawn']);
export type MessageStatus = z.infer<typeof MessageStatus>;

/** One outgoing message. `id` is deterministic, so that a repeated delivery can be recognised. */
export const Message = z.object({
  id: z.string(),
  kind: z.string(),
  caseId: z.string().nullable(),
  channel: Channel.default('mail'),
  recipient: z.string().describe('Address; of a webhook its origin only'),
  recipientName: z.string().default('').describe('Empty: the address says it'),
  subject: z.string(),
  status: MessageStatus,
  attempts: z.int().nonnegative().describe('Begun ones, the one under way included'),
  lastError: z.string().nullable(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
});
export type Message = z.infer<typeof Message>;
