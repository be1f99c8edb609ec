import type { Incident } from '@vigie/contracts/evacuation';
import { and, asc, eq, exists, gte, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { capMessages, incidents } from '../evacuation.tables.ts';
import type { SentCap } from './cap.ts';

export type CapStore = ReturnType<typeof createCapStore>;
export type StoredCap = typeof capMessages.$inferSelect;

/** Messages to the outside, and what became of them. */
export const createCapStore = (db: Database) => ({
  /** `false` when another server has written this number already. */
  add: async (message: typeof capMessages.$inferInsert): Promise<boolean> =>
    (await db.insert(capMessages).values(message).onConflictDoNothing().returning()).length > 0,

  /** In the order in which they were sent. */
  list: (incidentId: string): Promise<StoredCap[]> =>
    db
      .select()
      .from(capMessages)
      .where(eq(capMessages.incidentId, incidentId))
      .orderBy(asc(capMessages.n)),

  /** Incidents that were ended and of which somebody outside was not told so yet. */
  listUncancelled: async (): Promise<Pick<Incident, 'id'>[]> => {
    const of = (type: SentCap['type']) =>
      db
        .select({ one: sql`1` })
        .from(capMessages)
        .where(and(eq(capMessages.incidentId, incidents.id), eq(capMessages.type, type)));
    return db
      .select({ id: incidents.id })
      .from(incidents)
      .where(and(isNotNull(incidents.endedAt), exists(of('Alert')), notExists(of('Cancel'))));
  },

  /** What the receiver has not got yet of the messages since then, in order. */
  listUndelivered: (since: Date): Promise<StoredCap[]> =>
    db
      .select()
      .from(capMessages)
      .where(and(isNull(capMessages.deliveredAt), gte(capMessages.sentAt, since)))
      .orderBy(asc(capMessages.sentAt), asc(capMessages.n)),

  setTried: async (
    { incidentId, n }: Pick<StoredCap, 'incidentId' | 'n'>,
    result: Partial<Pick<StoredCap, 'deliveredAt' | 'attempts' | 'nextAttemptAt' | 'error'>>,
  ): Promise<void> => {
    await db
      .update(capMessages)
      .set(result)
      .where(and(eq(capMessages.incidentId, incidentId), eq(capMessages.n, n)));
  },
});
