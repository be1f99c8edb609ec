import type { RetentionKind } from '@vigie/contracts/retention';
import { bigserial, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Append-only: what was deleted because it was old. */
export const deletions = pgTable(
  'deletions',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: moment('at').notNull(),
    kind: text('kind').$type<RetentionKind>().notNull(),
    until: moment('until').notNull(),
    rows: integer('rows').notNull(),
  },
  (table) => [index('deletions_at').on(table.at)],
);
