import type { ModelAct } from '@vigie/contracts/models';
import { bigserial, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Append-only: who did what with weights. Written before it is done. */
export const modelActs = pgTable('model_acts', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
  by: text('by').notNull(),
  act: text('act').$type<ModelAct['act']>().notNull(),
  name: text('name').notNull(),
  sha256: text('sha256').notNull(),
});
