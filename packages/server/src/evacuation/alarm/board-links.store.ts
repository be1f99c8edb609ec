import type { BoardLink } from '@vigie/contracts/sweeps';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { boardLinks } from '../evacuation.tables.ts';

export type BoardLinksStore = ReturnType<typeof createBoardLinksStore>;

/** The links to boards; only the digest of a token is kept. */
export function createBoardLinksStore(db: Database) {
  return {
    add: async (incidentId: string, link: BoardLink, tokenDigest: string): Promise<void> => {
      const { id, drawnBy, drawnAt, until } = link;
      const times = { drawnAt: new Date(drawnAt), expiresAt: new Date(until) };
      await db.insert(boardLinks).values({ id, incidentId, tokenDigest, drawnBy, ...times });
    },

    /** Newest first, those that have ended too. */
    list: async (incidentId: string): Promise<BoardLink[]> => {
      const rows = await db
        .select()
        .from(boardLinks)
        .where(eq(boardLinks.incidentId, incidentId))
        .orderBy(desc(boardLinks.drawnAt));
      return rows.map(({ id, drawnBy, drawnAt, expiresAt, revokedAt }) => ({
        id,
        drawnBy,
        drawnAt: drawnAt.toISOString(),
        until: expiresAt.toISOString(),
        revokedAt: revokedAt?.toISOString() ?? null,
      }));
    },

    /** `false`: the incident has no such link that still opens. */
    revoke: async (incidentId: string, id: string, at: Date): Promise<boolean> => {
      const revoked = await db
        .update(boardLinks)
        .set({ revokedAt: at })
        .where(
          and(
            eq(boardLinks.id, id),
            eq(boardLinks.incidentId, incidentId),
            isNull(boardLinks.revokedAt),
          ),
        )
        .returning();
      return revoked.length > 0;
    },

    /** `undefined`: no link has this token, or it opens nothing any more. */
    find: async (
      tokenDigest: string,
      now: Date,
    ): Promise<{ id: string; incidentId: string } | undefined> => {
      const [row] = await db
        .select({ id: boardLinks.id, incidentId: boardLinks.incidentId })
        .from(boardLinks)
        .where(
          and(
            eq(boardLinks.tokenDigest, tokenDigest),
            gt(boardLinks.expiresAt, now),
            isNull(boardLinks.revokedAt),
          ),
        );
      return row;
    },
  };
}
