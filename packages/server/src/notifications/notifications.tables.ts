import type { CaseNotice } from '@vigie/contracts/case-notice';
import { index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** The outbox: a message is written in the transaction of what it tells about. `id` makes it unique. */
export const messages = pgTable(
  'messages',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    caseId: text('case_id'),
    channel: text('channel').notNull().default('mail'),
    recipient: text('recipient').notNull(),
    recipientName: text('recipient_name').notNull().default(''),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    data: jsonb('data').$type<CaseNotice>(),
    status: text('status').notNull(),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
  },
  (table) => [
    index('messages_created').on(table.createdAt),
    index('messages_case').on(table.caseId, table.createdAt),
  ],
);
