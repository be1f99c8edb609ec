import type { AuditAct, AuditEntry, AuditRow } from '@vigie/contracts/audit';
import { bigint, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * Who did what, hash-chained. Rows are added and never changed: triggers refuse it, but for what is told of an erased person
 * and for the old end when its time is over.
 */
export const auditRows = pgTable(
  'audit_rows',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
    actor: text('actor').notNull(),
    act: text('act').$type<AuditAct>().notNull(),
    subject: text('subject').notNull(),
    details: jsonb('details').$type<AuditEntry['details']>().notNull(),
    commitments: jsonb('commitments').$type<AuditRow['commitments']>().notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
    told: jsonb('told').$type<AuditRow['told']>().notNull(),
  },
  (table) => [
    index('audit_rows_at').on(table.at),
    index('audit_rows_actor').on(table.actor),
    index('audit_rows_subject').on(table.subject),
  ],
);
