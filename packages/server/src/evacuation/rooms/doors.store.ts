import { and, desc, eq, lt } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { crossings, knownEmpties } from '../evacuation.tables.ts';
import type { Passage } from './door-count.ts';

/** A crossing to be kept. `at`: milliseconds since 1970. */
export interface RoomPassage extends Passage {
  roomId: string;
  cameraId: string;
  lineId: string;
}

/** Nobody was in the room at that moment, milliseconds since 1970. */
export interface KnownEmpty {
  roomId: string;
  at: number;
  declaredBy: string;
}

export type DoorStore = ReturnType<typeof createDoorStore>;

/** Crossings of doors and the moments at which rooms were known to be empty. */
export function createDoorStore(db: Database) {
  return {
    listPassages: async (): Promise<RoomPassage[]> => {
      const rows = await db.select().from(crossings).orderBy(crossings.at);
      return rows.map((row) => ({ ...row, at: row.at.getTime() }));
    },

    /** The last known-empty moment of every room that had one. */
    listKnownEmpty: async (): Promise<KnownEmpty[]> => {
      const rows = await db
        .selectDistinctOn([knownEmpties.roomId])
        .from(knownEmpties)
        .orderBy(knownEmpties.roomId, desc(knownEmpties.at));
      return rows.map(({ roomId, at, declaredBy }) => ({ roomId, at: at.getTime(), declaredBy }));
    },

    /** A crossing that was kept before stays as it is. */
    addPassage: async ({ at, ...passage }: RoomPassage): Promise<void> => {
      await db
        .insert(crossings)
        .values({ ...passage, at: new Date(at) })
        .onConflictDoNothing();
    },

    /** Crossings before that moment are forgotten: they say nothing any more. */
    addKnownEmpty: ({ roomId, at, declaredBy }: KnownEmpty): Promise<void> =>
      db.transaction(async (tx) => {
        const moment = new Date(at);
        await tx.insert(knownEmpties).values({ roomId, at: moment, declaredBy });
        await tx
          .delete(crossings)
          .where(and(eq(crossings.roomId, roomId), lt(crossings.at, moment)));
      }),
  };
}
