import { and, eq, gt } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { cameraLinks } from '../evacuation.tables.ts';

export type CameraLinksStore = ReturnType<typeof createCameraLinksStore>;

/** The one link of each browser camera; only the digest of its token is kept. */
export function createCameraLinksStore(db: Database) {
  return {
    /** The link of this camera before ends. */
    put: async (cameraId: string, tokenDigest: string, expiresAt: Date): Promise<void> => {
      const row = { cameraId, tokenDigest, expiresAt };
      const target = cameraLinks.cameraId;
      await db.insert(cameraLinks).values(row).onConflictDoUpdate({ target, set: row });
    },
    remove: async (cameraId: string): Promise<void> => {
      await db.delete(cameraLinks).where(eq(cameraLinks.cameraId, cameraId));
    },
    /** `undefined`: no link has this token, or it has expired. */
    find: async (
      tokenDigest: string,
      now: Date,
    ): Promise<{ cameraId: string; expiresAt: Date } | undefined> => {
      const [row] = await db
        .select({ cameraId: cameraLinks.cameraId, expiresAt: cameraLinks.expiresAt })
        .from(cameraLinks)
        .where(and(eq(cameraLinks.tokenDigest, tokenDigest), gt(cameraLinks.expiresAt, now)));
      return row;
    },
  };
}
