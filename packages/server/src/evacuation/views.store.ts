import type { CameraView } from '@vigie/contracts/evacuation';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { cameraViews } from './evacuation.tables.ts';

export type ViewStore = ReturnType<typeof createViewStore>;

/** The log of who watched which camera. Lines are added, ended once, and never changed or removed. */
export function createViewStore(db: Database) {
  return {
    begin: async ({ from, until: _, ...view }: CameraView): Promise<void> => {
      await db.insert(cameraViews).values({ ...view, startedAt: new Date(from) });
    },
    end: async (id: string, at: Date): Promise<void> => {
      await db
        .update(cameraViews)
        .set({ endedAt: at })
        .where(and(eq(cameraViews.id, id), isNull(cameraViews.endedAt)));
    },
    /** Newest first. */
    list: async (limit: number): Promise<CameraView[]> => {
      const rows = await db
        .select()
        .from(cameraViews)
        .orderBy(desc(cameraViews.startedAt))
        .limit(limit);
      return rows.map(({ startedAt, endedAt, ...view }) => ({
        ...view,
        from: startedAt.toISOString(),
        until: endedAt?.toISOString() ?? null,
      }));
    },
  };
}
