import {
  type AssemblyPoint,
  type Floor,
  type FloorView,
  NO_DRAWING,
  type PlanDrawing,
  type PlanPicture,
  type Warden,
} from '@vigie/contracts/floors';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { assemblyPoints, floorPlans, floors, wardens } from '../evacuation.tables.ts';
import type { StoredPlan } from './plan-picture.driver.ts';

export type FloorStore = ReturnType<typeof createFloorStore>;

/** Floors with their plans, assembly points and wardens; `db` may be a transaction. */
export function createFloorStore(db: Database) {
  return {
    /** From the lowest up. */
    list: async (): Promise<FloorView[]> => {
      const rows = await db
        .select({ floor: floors, plan: floorPlans.size })
        .from(floors)
        .leftJoin(floorPlans, eq(floorPlans.floorId, floors.id))
        .orderBy(asc(floors.level), asc(floors.name), asc(floors.id));
      return rows.map(({ floor, plan }) => ({ ...floor, plan }));
    },
    /** `undefined` when there is no such floor. */
    findBuildingOf: async (id: string): Promise<string | undefined> => {
      const found = await db
        .select({ buildingId: floors.buildingId })
        .from(floors)
        .where(eq(floors.id, id));
      return found[0]?.buildingId;
    },
    findPlan: async (
      floorId: string,
    ): Promise<{ mediaType: PlanPicture['mediaType']; picture: Uint8Array } | undefined> => {
      const { mediaType, picture } = floorPlans;
      const rows = await db
        .select({ mediaType, picture })
        .from(floorPlans)
        .where(eq(floorPlans.floorId, floorId));
      return rows[0];
    },
    /** `null`: the floor has no plan any more. */
    setPlan: async (floorId: string, plan: StoredPlan | null): Promise<void> => {
      if (!plan) {
        await db.delete(floorPlans).where(eq(floorPlans.floorId, floorId));
        return;
      }
      const { mediaType, picture, size } = plan;
      const set = { mediaType, picture, size };
      await db
        .insert(floorPlans)
        .values({ floorId, ...set })
        .onConflictDoUpdate({ target: floorPlans.floorId, set });
    },
    /** Rooms follow the name of their floor. What is drawn stays where `drawing` is undefined. */
    put: async ({ drawing, ...floor }: Floor & { drawing: PlanDrawing | undefined }) => {
      await db
        .insert(floors)
        .values({ ...floor, drawing: drawing ?? NO_DRAWING })
        .onConflictDoUpdate({
          target: floors.id,
          set: {
            ...floor,
            ...(drawing ? { drawing } : {}),
            revision: sql`${floors.revision} + 1`,
          },
        });
    },
    /** Until they are put again these floors bear names that nobody gives, so that others may take theirs. */
    setNamesAside: async (ids: readonly string[]): Promise<void> => {
      if (ids.length === 0) return;
      const name = sql`${floors.id} || ' ' || gen_random_uuid()`;
      await db
        .update(floors)
        .set({ name })
        .where(inArray(floors.id, [...ids]));
    },
    /** `false`: the floor is not at this revision any more. */
    change: async (
      { id, revision }: { id: string; revision: number },
      change: Pick<FloorView, 'name' | 'level' | 'drawing'>,
    ): Promise<boolean> => {
      const { name, level, drawing } = change;
      const changed = await db
        .update(floors)
        .set({ name, level, drawing, revision: revision + 1 })
        .where(and(eq(floors.id, id), eq(floors.revision, revision)))
        .returning({ id: floors.id });
      return changed.length > 0;
    },
    putAssemblyPoint: async ({ id, ...point }: AssemblyPoint): Promise<void> => {
      await db
        .insert(assemblyPoints)
        .values({ id, ...point })
        .onConflictDoUpdate({ target: assemblyPoints.id, set: point });
    },
    listWardens: (): Promise<Warden[]> =>
      db.select().from(wardens).orderBy(wardens.name, wardens.id),
    putWarden: async ({ id, ...warden }: Warden): Promise<void> => {
      await db
        .insert(wardens)
        .values({ id, ...warden })
        .onConflictDoUpdate({ target: wardens.id, set: warden });
    },
  };
}
