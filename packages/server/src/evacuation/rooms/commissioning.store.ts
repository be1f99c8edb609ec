import type { Moment } from '@vigie/contracts/commissioning';
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { commissioningMoments } from '../evacuation.tables.ts';

export type CommissioningStore = ReturnType<typeof createCommissioningStore>;

const momentFrom = ({
  cameraId: _,
  at,
  ...moment
}: typeof commissioningMoments.$inferSelect): Moment => ({ ...moment, at: at.toISOString() });

/** The labelled moments of the cameras. */
export function createCommissioningStore(db: Database) {
  const { cameraId: camera, at, id } = commissioningMoments;
  return {
    add: async (cameraId: string, moments: readonly Moment[]): Promise<void> => {
      const rows = moments.map((moment) => ({ ...moment, cameraId, at: new Date(moment.at) }));
      await db.insert(commissioningMoments).values(rows);
    },
    /** `false`: this camera has no such moment. */
    remove: async (cameraId: string, momentId: string): Promise<boolean> => {
      const removed = await db
        .delete(commissioningMoments)
        .where(and(eq(camera, cameraId), eq(id, momentId)))
        .returning({ id });
      return removed.length > 0;
    },
    /** Newest first. */
    list: async (cameraId: string): Promise<Moment[]> => {
      const rows = await db
        .select()
        .from(commissioningMoments)
        .where(eq(camera, cameraId))
        .orderBy(desc(at), asc(id));
      return rows.map(momentFrom);
    },
    listCameras: async (): Promise<string[]> => {
      const rows = await db.selectDistinctOn([camera], { camera }).from(commissioningMoments);
      return rows.map((row) => row.camera);
    },
  };
}
