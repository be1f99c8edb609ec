import type { Building, Camera, CameraUse, Room } from '@vigie/contracts/evacuation';
import type { AssemblyPoint } from '@vigie/contracts/floors';
import type { Markings } from '@vigie/contracts/vision';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { type SealedData, sealedColumn } from '../../platform/sealed-data.ts';
import { assemblyPoints, buildings, cameras, floors, rooms } from '../evacuation.tables.ts';

/** A camera with its sealed URL, which leaves the server towards the workers only. */
export type SealedCamera = Camera & { sealedSource: string; viewSince: Date | null };

/** Buildings, rooms, cameras and assembly points as they are registered. */
export interface Registry {
  buildings: Building[];
  rooms: Room[];
  cameras: SealedCamera[];
  assemblyPoints: AssemblyPoint[];
}

export type RegistryStore = ReturnType<typeof createRegistryStore>;

/** Reads and writes the registry; `db` may be a transaction. */
export function createRegistryStore(db: Database) {
  return {
    read: async (): Promise<Registry> => ({
      buildings: (await db.select().from(buildings).orderBy(buildings.name, buildings.id)).map(
        (building) => ({ ...building, cameraUse: building.cameraUse ?? 'open' }),
      ),
      rooms: await listRooms(db),
      cameras: await db.select().from(cameras).orderBy(cameras.name, cameras.id),
      assemblyPoints: await db
        .select()
        .from(assemblyPoints)
        .orderBy(assemblyPoints.name, assemblyPoints.id),
    }),
    confirmView: async (cameraId: string, at: Date): Promise<void> => {
      await db.update(cameras).set({ viewSince: at }).where(eq(cameras.id, cameraId));
    },
    setCameraUse: async (buildingId: string, cameraUse: CameraUse): Promise<void> => {
      await db.update(buildings).set({ cameraUse }).where(eq(buildings.id, buildingId));
    },
    putBuildings: async (rows: readonly Building[]): Promise<void> => {
      if (rows.length === 0) return;
      await db
        .insert(buildings)
        .values([...rows])
        .onConflictDoUpdate({
          target: buildings.id,
          set: {
            name: sql`excluded.name`,
            address: sql`excluded.address`,
            cameraUse: sql`coalesce(excluded.camera_use, ${buildings.cameraUse})`,
          },
        });
    },
    /** Their floors and assembly points must exist. Use, instructions and whether it may be filmed stay where a room does not say them. */
    putRooms: async (rows: readonly Room[]): Promise<void> => {
      if (rows.length === 0) return;
      await db
        .insert(rooms)
        .values(rows.map((room) => ({ ...room, floor: room.floor || null })))
        .onConflictDoUpdate({
          target: rooms.id,
          set: {
            buildingId: sql`excluded.building_id`,
            name: sql`excluded.name`,
            floor: sql`excluded.floor`,
            capacity: sql`excluded.capacity`,
            emptyDailyAt: sql`excluded.empty_daily_at`,
            assemblyPointId: sql`excluded.assembly_point_id`,
            use: sql`coalesce(excluded.use, ${rooms.use})`,
            isFilmFree: sql`coalesce(excluded.is_film_free, ${rooms.isFilmFree})`,
            instructions: sql`coalesce(excluded.instructions, ${rooms.instructions})`,
          },
        });
    },
    /** With its link; what was noted of it by name stays. */
    removeCamera: async (id: string): Promise<void> => {
      await db.delete(cameras).where(eq(cameras.id, id));
    },
    /** When its view was confirmed stays as it is. */
    putCameras: async (rows: readonly Omit<SealedCamera, 'viewSince'>[]): Promise<void> => {
      if (rows.length === 0) return;
      await db
        .insert(cameras)
        .values([...rows])
        .onConflictDoUpdate({
          target: cameras.id,
          set: {
            roomId: sql`excluded.room_id`,
            name: sql`excluded.name`,
            profile: sql`excluded.profile`,
            fps: sql`excluded.fps`,
            staleMs: sql`excluded.stale_ms`,
            sealedSource: sql`excluded.sealed_source`,
            watches: sql`excluded.watches`,
            markings: sql`excluded.markings`,
          },
        });
    },
    setMarkings: async (cameraId: string, markings: Markings): Promise<void> => {
      await db.update(cameras).set({ markings }).where(eq(cameras.id, cameraId));
    },
  };
}

/** From the lowest floor up; rooms without a floor come last. */
async function listRooms(db: Database): Promise<Room[]> {
  const rows = await db
    .select({ room: rooms })
    .from(rooms)
    .leftJoin(floors, and(eq(floors.buildingId, rooms.buildingId), eq(floors.name, rooms.floor)))
    .orderBy(asc(floors.level), asc(rooms.floor), asc(rooms.name), asc(rooms.id));
  return rows.map(({ room }) => ({ ...room, floor: room.floor ?? '' }));
}

/** What this feature keeps sealed. */
export const evacuationSealedData: readonly SealedData[] = [
  sealedColumn('addresses of cameras in rooms', cameras.sealedSource, 'vision workers'),
];
