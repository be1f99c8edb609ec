import * as z from 'zod';
import { Instant } from './time.ts';

/** One mail that the demo town's own mail server took. `GET /api/v1/demo/inbox`: newest first, at most 200. */
export const InboxMail = z.object({
  id: z.string().describe('Of this delivery: a letter that came twice stands here twice'),
  messageId: z.string().describe('The Message-ID header; empty when there is none'),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  date: Instant.describe('When it was taken, in real time'),
  text: z.string(),
  html: z.string().describe('Empty when the mail has no HTML part'),
});
export type InboxMail = z.infer<typeof InboxMail>;
