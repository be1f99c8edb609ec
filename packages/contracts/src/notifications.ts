import * as z from 'zod';
import { Instant } from './time.ts';

/** A message is `queued` until a server took it; sent is not delivered is not acknowledged. */
export const MessageStatus = z.enum(['queued', 'sent', 'failed']);
export type MessageStatus = z.infer<typeof MessageStatus>;

/** One outgoing message. `messageId` is deterministic, so that a repeated delivery can be recognised. */
export const Message = z.object({
  id: z.string(),
  kind: z.string(),
  caseId: z.string().nullable(),
  recipient: z.string(),
  subject: z.string(),
  status: MessageStatus,
  attempts: z.int().nonnegative(),
  lastError: z.string().nullable(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
});
export type Message = z.infer<typeof Message>;
