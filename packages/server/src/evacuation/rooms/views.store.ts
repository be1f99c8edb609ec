import type { CameraView } from '@vigie/contracts/evacuation';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Actor, AuditLog } from '../../platform/audit.ts';
import type { Database } from '../../platform/database.ts';
import { cameraViews } from '../evacuation.tables.ts';

export type ViewStore = ReturnType<typeof createViewStore>;

/** Who watched which camera, with the audit log. Lines are added, ended once, and never changed. */
export function createViewStore(db: Database, audit: Pick<AuditLog, 'record'>) {
  return {
    begin: ({ from, until: _, ...view }: CameraView, actor: Actor): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.insert(cameraViews).values({ ...view, startedAt: new Date(from) });
        const { id, cameraId, mode, incidentId, reason } = view;
        const details = { view: id, mode, incident: incidentId };
        const subject = `camera:${cameraId}`;
        await audit.record({ actor, act: 'view-begun', subject, details, told: { reason } }, tx);
      }),
    end: (id: string, at: Date, actor: Actor): Promise<void> =>
      db.transaction(async (tx) => {
        const [view] = await tx
          .update(cameraViews)
          .set({ endedAt: at })
          .where(and(eq(cameraViews.id, id), isNull(cameraViews.endedAt)))
          .returning();
        if (!view) return;
        const { cameraId, mode, startedAt } = view;
        const seconds = Math.round((at.getTime() - startedAt.getTime()) / 1000);
        const details = { view: id, mode, seconds };
        await audit.record(
          { actor, act: 'view-ended', subject: `camera:${cameraId}`, details },
          tx,
        );
      }),
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
