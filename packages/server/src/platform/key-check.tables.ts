import { integer, pgTable, text } from 'drizzle-orm/pg-core';

/** One row: by which key everything here is sealed, as a digest that only this key gives. */
export const keyChecks = pgTable('key_checks', {
  id: integer('id').primaryKey(),
  digest: text('digest').notNull(),
});
