import { asc, eq } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { type SealedData, sealedColumn } from '../platform/sealed-data.ts';
import { parkingCameras } from './devices.tables.ts';
import type { SealedParkingCamera } from './parking-cameras.ts';

export type ParkingCamerasStore = ReturnType<typeof createParkingCamerasStore>;

/** Reads and writes the cameras that watch parking spaces. */
export const createParkingCamerasStore = (db: Database) => ({
  list: (tx: Database = db): Promise<SealedParkingCamera[]> =>
    tx.select().from(parkingCameras).orderBy(asc(parkingCameras.name), asc(parkingCameras.id)),
  save: async (camera: SealedParkingCamera, tx: Database): Promise<void> => {
    const { id, ...rest } = camera;
    await tx
      .insert(parkingCameras)
      .values({ id, ...rest })
      .onConflictDoUpdate({ target: parkingCameras.id, set: rest });
  },
  remove: async (id: string, tx: Database): Promise<void> => {
    await tx.delete(parkingCameras).where(eq(parkingCameras.id, id));
  },
});

/** What this feature keeps sealed. */
export const devicesSealedData: readonly SealedData[] = [
  sealedColumn('addresses of cameras over spaces', parkingCameras.sealedSource, 'vision workers'),
];
