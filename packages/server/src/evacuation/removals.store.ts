import { and, eq } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { assemblyPoints, buildings, floors, rooms, wardens } from './evacuation.tables.ts';

const tables = { floor: floors, room: rooms, 'assembly-point': assemblyPoints, warden: wardens };

/** What may be taken out of the registry. */
export type Removable = 'building' | keyof typeof tables;

export type RemovalStore = ReturnType<typeof createRemovalStore>;

/** Takes things out of the registry; `db` is a transaction. Incidents stay: they keep what they tell of by name. */
export function createRemovalStore(db: Database) {
  return {
    /** The building of a thing; `undefined` when there is no such thing. */
    findBuildingOf: async (what: Removable, id: string): Promise<string | undefined> => {
      if (what === 'building') {
        const found = await db.select().from(buildings).where(eq(buildings.id, id));
        return found[0]?.id;
      }
      const table = tables[what];
      const found = await db
        .select({ buildingId: table.buildingId })
        .from(table)
        .where(eq(table.id, id));
      return found[0]?.buildingId;
    },

    /** Rooms go with their cameras and counts, a building with all that is in it. */
    remove: async (what: Removable, id: string): Promise<void> => {
      if (what === 'building') {
        // Floors could not go before the rooms that name them.
        await db.delete(rooms).where(eq(rooms.buildingId, id));
        await db.delete(buildings).where(eq(buildings.id, id));
        return;
      }
      await db.delete(tables[what]).where(eq(tables[what].id, id));
    },

    /** The rooms of a floor stay, without one. */
    emptyFloor: async (id: string): Promise<void> => {
      const [floor] = await db.select().from(floors).where(eq(floors.id, id));
      if (!floor) return;
      await db
        .update(rooms)
        .set({ floor: null })
        .where(and(eq(rooms.buildingId, floor.buildingId), eq(rooms.floor, floor.name)));
    },
  };
}
