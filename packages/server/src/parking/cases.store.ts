import { createHash } from 'node:crypto';
import type { CaseStatus } from '@vigie/contracts/parking';
import { and, asc, desc, eq, inArray, lte, ne, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { caseSteps, cases, occupancyEvents } from './parking.tables.ts';

export type CaseRow = Omit<typeof cases.$inferSelect, 'status'> & { status: CaseStatus };
export type StepRow = Omit<typeof caseSteps.$inferSelect, 'status'> & { status: CaseStatus };

export interface CasesStore {
  list(tx: Database, ids?: readonly string[]): Promise<CaseRow[]>;
  /** Oldest first. */
  stepsOf(caseIds: readonly string[], tx: Database): Promise<Map<string, StepRow[]>>;
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
  /** Locks cases that are to be looked at by now, oldest first; what another server has locked is passed over. */
  takeDue(now: Date, limit: number, tx: Database): Promise<CaseRow[]>;
  saveNextLook(id: string, at: Date | null, tx: Database): Promise<void>;
  /** All cases that are not closed are looked at from `at` on: their zones may have changed. */
  lookAtAll(at: Date, tx: Database): Promise<void>;
  /** What made an arrival known: the device's own time counted, or not; `undefined` when no such event is kept. */
  arrivalFlag(spaceId: string, at: Date, tx: Database): Promise<string | undefined>;
}

export function createCasesStore(): CasesStore {
  return {
    list: async (tx, ids) =>
      (await tx
        .select()
        .from(cases)
        .where(ids ? inArray(cases.id, [...ids]) : undefined)
        .orderBy(desc(cases.openedAt), desc(cases.number))
        .limit(500)) as CaseRow[],
    stepsOf: async (caseIds, tx) => {
      if (caseIds.length === 0) return new Map();
      const rows = await tx
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
        .where(
          and(
            sql`${cases.spaceId} = any(${sql.param([...spaceIds])}::text[])`,
            ne(cases.status, 'closed'),
          ),
        );
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
    takeDue: async (now, limit, tx) =>
      (await tx
        .select()
        .from(cases)
        .where(lte(cases.nextLookAt, now))
        .orderBy(asc(cases.nextLookAt))
        .limit(limit)
        .for('update', { skipLocked: true })) as CaseRow[],
    saveNextLook: async (id, at, tx) => {
      await tx.update(cases).set({ nextLookAt: at }).where(eq(cases.id, id));
    },
    lookAtAll: async (at, tx) => {
      await tx.update(cases).set({ nextLookAt: at }).where(ne(cases.status, 'closed'));
    },
    arrivalFlag: async (spaceId, at, tx) => {
      const [row] = await tx
        .select({ flag: occupancyEvents.timeFlag })
        .from(occupancyEvents)
        .where(
          and(
            eq(occupancyEvents.spaceId, spaceId),
            eq(occupancyEvents.at, at),
            eq(occupancyEvents.occupied, true),
          ),
        )
        .limit(1);
      return row?.flag;
    },
  };
}
