import { createHash } from 'node:crypto';
import type { CaseStatus } from '@vigie/contracts/parking';
import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { caseSteps, cases } from './parking.tables.ts';

export type CaseRow = Omit<typeof cases.$inferSelect, 'status'> & { status: CaseStatus };
export type StepRow = Omit<typeof caseSteps.$inferSelect, 'status'> & { status: CaseStatus };

export interface CasesStore {
  list(tx: Database, ids?: readonly string[]): Promise<CaseRow[]>;
  stepsOf(caseIds: readonly string[]): Promise<Map<string, StepRow[]>>;
  /** The case with its row locked; `undefined` when there is none. */
  lock(id: string, tx: Database): Promise<CaseRow | undefined>;
  /** Cases that are not closed, by space. */
  notClosed(spaceIds: readonly string[], tx: Database): Promise<Map<string, CaseRow[]>>;
  /** One per stay: `undefined` when the stay has its case already. */
  open(
    input: { stayId: string; spaceId: string; since: Date; openedAt: Date },
    tx: Database,
  ): Promise<CaseRow | undefined>;
  /** A late event moved the beginning of the stay: the case follows it. */
  follow(id: string, stayId: string, since: Date, tx: Database): Promise<void>;
  addStep(
    step: { caseId: string; status: CaseStatus; at: Date; actor: string; reason: string },
    tx: Database,
  ): Promise<void>;
}

export function createCasesStore(db: Database): CasesStore {
  return {
    list: async (tx, ids) =>
      (await tx
        .select()
        .from(cases)
        .where(ids ? inArray(cases.id, [...ids]) : undefined)
        .orderBy(desc(cases.openedAt), desc(cases.number))
        .limit(500)) as CaseRow[],
    stepsOf: async (caseIds) => {
      if (caseIds.length === 0) return new Map();
      const rows = await db
        .select()
        .from(caseSteps)
        .where(inArray(caseSteps.caseId, [...caseIds]))
        .orderBy(asc(caseSteps.id));
      return Map.groupBy(rows as StepRow[], (row) => row.caseId);
    },
    lock: async (id, tx) => {
      const [row] = await tx.select().from(cases).where(eq(cases.id, id)).for('update');
      return row as CaseRow | undefined;
    },
    notClosed: async (spaceIds, tx) => {
      const rows = await tx
        .select()
        .from(cases)
        .where(and(inArray(cases.spaceId, [...spaceIds]), ne(cases.status, 'closed')));
      return Map.groupBy(rows as CaseRow[], (row) => row.spaceId);
    },
    open: async ({ stayId, spaceId, since, openedAt }, tx) => {
      const id = createHash('sha256').update(stayId).digest('hex').slice(0, 20);
      const [row] = await tx
        .insert(cases)
        .values({ id, stayId, spaceId, since, openedAt, status: 'open' })
        .onConflictDoNothing()
        .returning();
      return row as CaseRow | undefined;
    },
    follow: async (id, stayId, since, tx) => {
      await tx.update(cases).set({ stayId, since }).where(eq(cases.id, id));
    },
    addStep: async (step, tx) => {
      await tx.insert(caseSteps).values(step);
      await tx
        .update(cases)
        .set({ status: sql`${step.status}` })
        .where(eq(cases.id, step.caseId));
    },
  };
}
