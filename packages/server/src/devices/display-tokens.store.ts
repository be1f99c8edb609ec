import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { bollardPostings, bollards, deviceCredentials } from './devices.tables.ts';

/** Digests of what opens a display. They stand beside the keys of the devices, as a kind that opens no bus. */
export interface DisplayTokensStore {
  /** Space at which the bollard stands; `null`: at none; `undefined`: nobody knows the bollard. */
  findSpaceOf(bollardId: string): Promise<string | null | undefined>;
  save(bollardId: string, digest: string): Promise<void>;
  remove(bollardId: string): Promise<void>;
  /** Of the display's token and of the bollard's own key. */
  listDigests(bollardId: string): Promise<string[]>;
}

const kind = 'display';

export function createDisplayTokensStore(db: Database): DisplayTokensStore {
  return {
    findSpaceOf: async (bollardId) => {
      const [row] = await db
        .select({ spaceId: bollardPostings.spaceId })
        .from(bollards)
        .leftJoin(
          bollardPostings,
          and(eq(bollardPostings.bollardId, bollards.id), isNull(bollardPostings.untilAt)),
        )
        .where(eq(bollards.id, bollardId))
        .orderBy(asc(bollardPostings.id))
        .limit(1);
      return row?.spaceId;
    },
    save: async (id, keyDigest) => {
      const row = { kind, id, keyDigest };
      const target = [deviceCredentials.kind, deviceCredentials.id];
      await db.insert(deviceCredentials).values(row).onConflictDoUpdate({ target, set: row });
    },
    remove: async (id) => {
      await db
        .delete(deviceCredentials)
        .where(and(eq(deviceCredentials.kind, kind), eq(deviceCredentials.id, id)));
    },
    listDigests: async (id) => {
      const rows = await db
        .select({ digest: deviceCredentials.keyDigest })
        .from(deviceCredentials)
        .where(
          and(inArray(deviceCredentials.kind, [kind, 'bollard']), eq(deviceCredentials.id, id)),
        );
      return rows.map(({ digest }) => digest);
    },
  };
}
