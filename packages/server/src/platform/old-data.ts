import type { RetentionKind } from '@vigie/contracts/retention';
import { count, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';

/** One kind of data of a feature, by rows that were over before `until`; what still goes on stays. */
export interface OldData {
  kind: RetentionKind;
  count(until: Date, db: Database): Promise<number>;
  /** Gives the number of rows that are gone; what hangs on them goes too, uncounted. */
  remove(until: Date, tx: Database): Promise<number>;
}

/** The rows of a table that `isOld` picks. `before` removes first what hangs on them. */
export const oldRows = (
  kind: RetentionKind,
  table: PgTable,
  {
    isOld,
    before,
  }: {
    isOld: (until: Date) => SQL | undefined;
    before?: (until: Date, tx: Database) => Promise<unknown>;
  },
): OldData => ({
  kind,
  count: async (until, db) => {
    const [row] = await db.select({ rows: count() }).from(table).where(isOld(until));
    return row?.rows ?? 0;
  },
  remove: async (until, tx) => {
    await before?.(until, tx);
    return (await tx.delete(table).where(isOld(until))).rowCount ?? 0;
  },
});
