import type { Deletion } from '@vigie/contracts/retention';
import { desc } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { deletions } from './retention.tables.ts';

export type RetentionStore = ReturnType<typeof createRetentionStore>;

/** The log of deletions. */
export const createRetentionStore = (db: Database) => ({
  transaction: <T>(work: (tx: Database) => Promise<T>): Promise<T> => db.transaction(work),
  /** To look without deleting. */
  open: db,

  add: async ({ at, kind, until, rows }: Deletion, tx: Database): Promise<void> => {
    await tx.insert(deletions).values({ at: new Date(at), kind, until: new Date(until), rows });
  },

  /** The newest of each kind. */
  listLast: async (): Promise<Deletion[]> => {
    const newest = [deletions.kind, desc(deletions.id)] as const;
    const rows = await db
      .selectDistinctOn([deletions.kind])
      .from(deletions)
      .orderBy(...newest);
    return rows.map(deletionOf);
  },

  /** Newest first. */
  list: async (limit: number): Promise<Deletion[]> => {
    const rows = await db.select().from(deletions).orderBy(desc(deletions.id)).limit(limit);
    return rows.map(deletionOf);
  },
});

const deletionOf = ({ at, kind, until, rows }: typeof deletions.$inferSelect): Deletion => ({
  at: at.toISOString(),
  kind,
  until: until.toISOString(),
  rows,
});
