import type { Exemption } from '@vigie/contracts/parking';
import { and, asc, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { exemptions } from './parking.tables.ts';

/** Stays that are authorised beyond the rules. */
export interface ExemptionsStore {
  /** Exemptions in force at `now`, by space. */
  inForceAt(now: Date, spaceIds: readonly string[], tx: Database): Promise<Map<string, Exemption>>;
  add(exemption: Exemption, tx: Database): Promise<void>;
  /** `undefined` when there is none of this id at the space that is in force. */
  end(id: string, spaceId: string, at: Date, tx: Database): Promise<Exemption | undefined>;
  /** Newest first. */
  list(spaceId: string): Promise<Exemption[]>;
}

export function createExemptionsStore(db: Database): ExemptionsStore {
  return {
    inForceAt: async (now, spaceIds, tx) => {
      const rows = await tx
        .select()
        .from(exemptions)
        .where(
          and(
            sql`${exemptions.spaceId} = any(${sql.param([...spaceIds])}::text[])`,
            lte(exemptions.from, now),
            gt(exemptions.until, now),
            or(isNull(exemptions.endedAt), gt(exemptions.endedAt, now)),
          ),
        )
        .orderBy(asc(exemptions.until));
      return new Map(rows.map((row) => [row.spaceId, exemptionOf(row)]));
    },
    add: async ({ from, until, endedAt: _none, ...rest }, tx) => {
      await tx.insert(exemptions).values({ ...rest, from: new Date(from), until: new Date(until) });
    },
    end: async (id, spaceId, at, tx) => {
      const [row] = await tx
        .update(exemptions)
        .set({ endedAt: at })
        .where(
          and(
            eq(exemptions.id, id),
            eq(exemptions.spaceId, spaceId),
            gt(exemptions.until, at),
            isNull(exemptions.endedAt),
          ),
        )
        .returning();
      return row && exemptionOf(row);
    },
    list: async (spaceId) =>
      (
        await db
          .select()
          .from(exemptions)
          .where(eq(exemptions.spaceId, spaceId))
          .orderBy(desc(exemptions.from))
      ).map(exemptionOf),
  };
}

const exemptionOf = (row: typeof exemptions.$inferSelect): Exemption => ({
  ...row,
  from: row.from.toISOString(),
  until: row.until.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});
