import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { drillReminders, plannedDrills } from '../evacuation.tables.ts';
import type { DrillPlan } from './drill-plan.ts';

/** A plan as it is stored. `revision`: how often it was changed. */
export interface StoredDrill extends DrillPlan {
  id: string;
  buildingId: string;
  note: string;
  plannedBy: string;
  revision: number;
}

/** How a plan ended. `incidentId`: what it became, if that is known. */
export interface DrillClosing {
  state: 'started' | 'cancelled';
  closedBy: string;
  incidentId?: string | null;
}

export type DrillStore = ReturnType<typeof createDrillStore>;

/** Planned drills, and when people were reminded that one is due. */
export const createDrillStore = (db: Database) => ({
  transaction: <T>(work: (tx: Database) => Promise<T>): Promise<T> => db.transaction(work),

  /** Neither started nor cancelled, earliest first. */
  listOpen: async (): Promise<StoredDrill[]> =>
    db.select(columns).from(plannedDrills).where(isOpen).orderBy(asc(plannedDrills.at)),

  add: async (drill: StoredDrill): Promise<void> => {
    await db.insert(plannedDrills).values(drill);
  },

  /** `undefined` when it is not open any more. */
  change: async (
    id: string,
    change: Pick<StoredDrill, 'at' | 'startsItself' | 'note' | 'plannedBy'>,
  ): Promise<StoredDrill | undefined> => {
    const [row] = await db
      .update(plannedDrills)
      .set({ ...change, revision: sql`${plannedDrills.revision} + 1` })
      .where(and(eq(plannedDrills.id, id), isOpen))
      .returning(columns);
    return row;
  },

  /** `false` when it was closed already. */
  close: async (id: string, how: DrillClosing, tx: Database = db): Promise<boolean> => {
    const closed = await tx
      .update(plannedDrills)
      .set(how)
      .where(and(eq(plannedDrills.id, id), isOpen))
      .returning({ id: plannedDrills.id });
    return closed.length > 0;
  },

  markTold: async ({ id, at }: Pick<StoredDrill, 'id' | 'at'>, tx: Database): Promise<void> => {
    await tx.update(plannedDrills).set({ toldFor: at }).where(eq(plannedDrills.id, id));
  },

  /** The last reminder by building id. */
  remindedAt: async (): Promise<Map<string, Date>> => {
    const rows = await db.select().from(drillReminders);
    return new Map(rows.map(({ buildingId, at }) => [buildingId, at]));
  },

  markReminded: async (buildingIds: readonly string[], at: Date, tx: Database): Promise<void> => {
    await tx
      .insert(drillReminders)
      .values(buildingIds.map((buildingId) => ({ buildingId, at })))
      .onConflictDoUpdate({
        target: drillReminders.buildingId,
        set: { at },
        setWhere: lt(drillReminders.at, at),
      });
  },
});

const isOpen = eq(plannedDrills.state, 'planned');

const columns = {
  id: plannedDrills.id,
  buildingId: plannedDrills.buildingId,
  at: plannedDrills.at,
  startsItself: plannedDrills.startsItself,
  note: plannedDrills.note,
  plannedBy: plannedDrills.plannedBy,
  toldFor: plannedDrills.toldFor,
  revision: plannedDrills.revision,
};
