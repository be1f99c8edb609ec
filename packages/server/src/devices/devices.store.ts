import type { Bollard, DeviceKind, NewBollard } from '@vigie/contracts/devices';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { bollards, deviceCredentials } from './devices.tables.ts';

/** What a bollard told about itself. */
export interface Sighting {
  bollardId: string;
  at: Date;
  batteryPercent: number | undefined;
  rssiDbm: number | undefined;
}

export interface DevicesStore {
  listBollards(): Promise<Bollard[]>;
  findBollard(id: string): Promise<Bollard | undefined>;
  saveBollard(bollard: Pick<NewBollard, 'id' | 'spaceId' | 'model'>, tx: Database): Promise<void>;
  saveDigest(kind: DeviceKind, id: string, digest: string, tx: Database): Promise<void>;
  findDigest(kind: DeviceKind, id: string): Promise<string | undefined>;
  hasCredential(kind: DeviceKind, id: string, tx: Database): Promise<boolean>;
  saveOnline(id: string, online: boolean): Promise<void>;
  /** Times only move forward, whatever order the sightings arrive in. */
  saveSightings(sightings: readonly Sighting[], tx: Database): Promise<void>;
  /** Space of each bollard; unknown bollards are missing. */
  spacesOf(ids: readonly string[], tx: Database): Promise<Map<string, string>>;
  bollardsOf(spaceId: string): Promise<string[]>;
}

export function createDevicesStore(db: Database): DevicesStore {
  return {
    listBollards: async () =>
      (await db.select().from(bollards).orderBy(asc(bollards.id))).map(fromRow),
    findBollard: async (id) => {
      const [row] = await db.select().from(bollards).where(eq(bollards.id, id));
      return row && fromRow(row);
    },
    saveBollard: async ({ id, spaceId, model }, tx) => {
      await tx
        .insert(bollards)
        .values({ id, spaceId, model })
        .onConflictDoUpdate({ target: bollards.id, set: { spaceId, model } });
    },
    saveDigest: async (kind, id, keyDigest, tx) => {
      await tx
        .insert(deviceCredentials)
        .values({ kind, id, keyDigest })
        .onConflictDoUpdate({
          target: [deviceCredentials.kind, deviceCredentials.id],
          set: { keyDigest },
        });
    },
    findDigest: async (kind, id) => (await findCredential(db, kind, id))?.keyDigest,
    hasCredential: async (kind, id, tx) => (await findCredential(tx, kind, id)) !== undefined,
    saveOnline: async (id, online) => {
      await db.update(bollards).set({ online }).where(eq(bollards.id, id));
    },
    saveSightings: async (sightings, tx) => {
      for (const { bollardId, at, batteryPercent, rssiDbm } of sightings) {
        await tx
          .update(bollards)
          .set({
            lastSeenAt: sql`greatest(${bollards.lastSeenAt}, ${at.toISOString()}::timestamptz)`,
            ...(batteryPercent === undefined ? {} : { batteryPercent }),
            ...(rssiDbm === undefined ? {} : { rssiDbm }),
          })
          .where(eq(bollards.id, bollardId));
      }
    },
    spacesOf: async (ids, tx) => {
      if (ids.length === 0) return new Map();
      const rows = await tx
        .select({ id: bollards.id, spaceId: bollards.spaceId })
        .from(bollards)
        .where(inArray(bollards.id, [...ids]));
      return new Map(rows.map(({ id, spaceId }) => [id, spaceId]));
    },
    bollardsOf: async (spaceId) => {
      const rows = await db
        .select({ id: bollards.id })
        .from(bollards)
        .where(eq(bollards.spaceId, spaceId))
        .orderBy(asc(bollards.id));
      return rows.map(({ id }) => id);
    },
  };
}

async function findCredential(db: Database, kind: DeviceKind, id: string) {
  const [row] = await db
    .select()
    .from(deviceCredentials)
    .where(and(eq(deviceCredentials.kind, kind), eq(deviceCredentials.id, id)));
  return row;
}

const fromRow = (row: typeof bollards.$inferSelect): Bollard => ({
  ...row,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
});
