import {
  DeviceKey,
  type DeviceKind,
  type Fault,
  type FaultKind,
  type UnreadMessage,
} from '@vigie/contracts/devices';
import { and, asc, desc, eq, gt, isNull, lte, max, ne, notExists, or, sql } from 'drizzle-orm';
import { columnOf, type Database } from '../platform/database.ts';
import {
  bollardPostings,
  bollards,
  deviceCredentials,
  faults,
  unreadMessages,
} from './devices.tables.ts';
import type { Health } from './fault-rules.ts';
import { movesFor, type Placing, type Posting } from './postings.ts';

/** A device as it is stored. */
export type DeviceRow = typeof bollards.$inferSelect;

/** A device and where it stood and stands. */
export interface Device extends DeviceRow {
  postings: Posting[];
}

/** A device from which something was heard. */
export type HeardDevice = Pick<Device, keyof typeof heardColumns | 'postings'>;

/** What is registered of a device. */
export type SavedDevice = Pick<DeviceRow, 'id' | 'model' | 'deviceEui' | 'heartbeatMs'>;

/** A device and the digest of its key. */
export interface Digest {
  id: string;
  keyDigest: string;
}

/** By which way a device is told what to show. */
export type ShowingDevice = Pick<DeviceRow, keyof typeof showingColumns>;

/** What a device told about itself. `missedAt`: from then on it is missed if nothing more is heard. */
export interface Sighting extends Health {
  id: string;
  at: Date;
  missedAt: Date | null;
}

export interface DevicesStore {
  /** By id; `undefined`: all, those that are retired too. */
  list(ids?: readonly string[], tx?: Database): Promise<Device[]>;
  /** Those of the ids that are known, with what a word from them is compared with. */
  listHeard(ids: readonly string[], tx: Database): Promise<HeardDevice[]>;
  findByEui(eui: string, tx?: Database): Promise<Device | undefined>;
  /** In the order given, no id twice. */
  save(devices: readonly SavedDevice[], tx: Database): Promise<void>;
  /** Those of the devices that have one of the ids or EUIs. */
  listEuis(
    wanted: readonly Pick<DeviceRow, 'id' | 'deviceEui'>[],
    tx: Database,
  ): Promise<Pick<DeviceRow, 'id' | 'deviceEui'>[]>;
  /** Makes each stand at its spaces and no other; places that it keeps go on, others end at `moment`. No id twice. */
  post(placings: readonly Placing[], moment: Date, tx: Database): Promise<void>;
  markReplaced(id: string, by: string, tx: Database): Promise<void>;
  markRetired(id: string, moment: Date, tx: Database): Promise<void>;
  /** Devices that stand at the spaces now, by space. */
  devicesAt(spaceIds: readonly string[]): Promise<Map<string, ShowingDevice[]>>;
  saveOnline(id: string, online: boolean): Promise<void>;
  /** By which network and topic it is answered. */
  saveLine(id: string, line: Pick<DeviceRow, 'network' | 'downTopic'>): Promise<void>;
  /** Times only move forward, whatever order the sightings arrive in. */
  saveSightings(sightings: readonly Sighting[], tx: Database): Promise<void>;
  /** When a network was heard last. */
  newestSighting(network: NonNullable<DeviceRow['network']>): Promise<Date | undefined>;
  /** Devices that stand somewhere, are missed at `now`, and have no open fault for it. */
  listMissed(now: Date, limit: number, tx: Database): Promise<DeviceRow[]>;

  /** No id twice. */
  saveDigests(kind: DeviceKind, digests: readonly Digest[], tx: Database): Promise<void>;
  dropDigest(kind: DeviceKind, id: string, tx: Database): Promise<void>;
  findDigest(kind: DeviceKind, id: string): Promise<string | undefined>;
  /** Of everybody but bollards, by kind and id. */
  listKeys(): Promise<{ kind: DeviceKey['kind']; id: string; drawnAt: Date }[]>;
  /** Those of the ids that have a credential. */
  listCredentials(kind: DeviceKind, ids: readonly string[], tx: Database): Promise<Set<string>>;

  openFaultsOf(deviceIds: readonly string[], tx: Database): Promise<Fault[]>;
  /** `false` when a fault of this kind is open already. */
  openFault(fault: Omit<Fault, 'closedAt' | 'ticket'>, tx: Database): Promise<boolean>;
  closeFaults(ids: readonly string[], at: Date, tx: Database): Promise<void>;
  findFault(id: string): Promise<Fault | undefined>;
  saveTicket(faultId: string, ticket: string): Promise<void>;
  /** Newest first. */
  listFaults(limit: number): Promise<Fault[]>;
  addUnread(message: Omit<UnreadMessage, 'id'>): Promise<void>;
  /** Newest first. */
  listUnread(limit: number): Promise<UnreadMessage[]>;
}

export function createDevicesStore(db: Database): DevicesStore {
  async function withPostings(rows: DeviceRow[], tx: Database): Promise<Device[]> {
    const ids = rows.map(({ id }) => id);
    const postings = await tx
      .select()
      .from(bollardPostings)
      .where(anyOf(bollardPostings.bollardId, ids))
      .orderBy(asc(bollardPostings.id));
    const byDevice = Map.groupBy(postings, ({ bollardId }) => bollardId);
    return rows.map((row) => ({ ...row, postings: byDevice.get(row.id) ?? [] }));
  }

  return {
    list: async (ids, tx = db) => {
      const rows = await tx
        .select()
        .from(bollards)
        .where(ids ? anyOf(bollards.id, ids) : undefined)
        .orderBy(asc(bollards.id));
      return withPostings(rows, tx);
    },
    listHeard: async (ids, tx) => {
      const rows = await tx
        .select({
          ...heardColumns,
          ...{ spaceId: bollardPostings.spaceId, fromAt: bollardPostings.fromAt },
          untilAt: bollardPostings.untilAt,
        })
        .from(bollards)
        .leftJoin(bollardPostings, eq(bollardPostings.bollardId, bollards.id))
        .where(anyOf(bollards.id, ids))
        .orderBy(asc(bollards.id), asc(bollardPostings.id));
      const byId = new Map<string, HeardDevice>();
      for (const { spaceId, fromAt, untilAt, ...device } of rows) {
        const heard = byId.get(device.id) ?? { ...device, postings: [] };
        if (spaceId !== null) heard.postings.push({ spaceId, fromAt, untilAt });
        byId.set(device.id, heard);
      }
      return [...byId.values()];
    },
    findByEui: async (eui, tx = db) => {
      const rows = await tx.select().from(bollards).where(eq(bollards.deviceEui, eui));
      return (await withPostings(rows, tx))[0];
    },
    save: async (devices, tx) => {
      await tx.execute(sql`
        insert into bollards (id, model, device_eui, heartbeat_ms)
        select * from unnest(
          ${columnOf(devices, 'id')}::text[], ${columnOf(devices, 'model')}::text[],
          ${columnOf(devices, 'deviceEui')}::text[], ${columnOf(devices, 'heartbeatMs')}::bigint[])
        on conflict (id) do update set model = excluded.model, device_eui = excluded.device_eui,
          heartbeat_ms = excluded.heartbeat_ms, retired_at = null`);
    },
    listEuis: (wanted, tx) =>
      tx
        .select({ id: bollards.id, deviceEui: bollards.deviceEui })
        .from(bollards)
        .where(
          or(
            sql`${bollards.id} = any(${columnOf(wanted, 'id')}::text[])`,
            sql`${bollards.deviceEui} = any(${columnOf(wanted, 'deviceEui')}::text[])`,
          ),
        ),
    post: async (placings, moment, tx) => {
      const ids = placings.map(({ id }) => id);
      const spaceIds = placings.flatMap((placing) => placing.spaceIds);
      const kept = await tx
        .select()
        .from(bollardPostings)
        .where(or(anyOf(bollardPostings.bollardId, ids), anyOf(bollardPostings.spaceId, spaceIds)));
      const { ended, begun } = movesFor(placings, kept, moment);
      await tx.execute(sql`
        update bollard_postings set until_at = ${moment.toISOString()}::timestamptz
        where id = any(${sql.param(ended)}::bigint[])`);
      await tx.execute(sql`
        insert into bollard_postings (bollard_id, space_id, from_at)
        select * from unnest(
          ${columnOf(begun, 'bollardId')}::text[], ${columnOf(begun, 'spaceId')}::text[],
          ${columnOf(begun, 'fromAt')}::timestamptz[])`);
    },
    markReplaced: async (id, by, tx) => {
      await tx.update(bollards).set({ replacedBy: by }).where(eq(bollards.id, id));
    },
    markRetired: async (id, moment, tx) => {
      await tx.update(bollards).set({ retiredAt: moment }).where(eq(bollards.id, id));
    },
    devicesAt: async (spaceIds) => {
      const rows = await db
        .select({ spaceId: bollardPostings.spaceId, ...showingColumns })
        .from(bollardPostings)
        .innerJoin(bollards, eq(bollards.id, bollardPostings.bollardId))
        .where(and(anyOf(bollardPostings.spaceId, spaceIds), isNull(bollardPostings.untilAt)))
        .orderBy(asc(bollards.id));
      return Map.groupBy(rows, ({ spaceId }) => spaceId);
    },
    saveOnline: async (id, online) => {
      await db.update(bollards).set({ online }).where(eq(bollards.id, id));
    },
    saveLine: async (id, line) => {
      await db.update(bollards).set(line).where(eq(bollards.id, id));
    },
    saveSightings: async (sightings, tx) => {
      if (sightings.length === 0) return;
      const rows = sightings.map(({ at, missedAt, fault: _fault, ...rest }) => ({
        ...rest,
        at: at.toISOString(),
        missedAt: missedAt?.toISOString() ?? null,
      }));
      await tx.execute(sql`
        update bollards set
          first_seen_at = coalesce(bollards.first_seen_at, s.at),
          last_seen_at = greatest(bollards.last_seen_at, s.at),
          missed_at = case when s."missedAt" is null then null
                      else greatest(bollards.missed_at, s."missedAt") end,
          battery_percent = coalesce(s."batteryPercent", bollards.battery_percent),
          rssi_dbm = coalesce(s."rssiDbm", bollards.rssi_dbm),
          temperature_c = coalesce(s."temperatureC", bollards.temperature_c),
          firmware = coalesce(s.firmware, bollards.firmware)
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(
          id text, at timestamptz, "missedAt" timestamptz, "batteryPercent" float8,
          "rssiDbm" float8, "temperatureC" float8, firmware text)
        where bollards.id = s.id`);
    },
    newestSighting: async (network) => {
      const [row] = await db
        .select({ at: max(bollards.lastSeenAt) })
        .from(bollards)
        .where(eq(bollards.network, network));
      return row?.at ?? undefined;
    },
    listMissed: (now, limit, tx) =>
      tx
        .select()
        .from(bollards)
        .where(
          and(
            lte(bollards.missedAt, now),
            isNull(bollards.retiredAt),
            isNull(bollards.replacedBy),
            notExists(
              db
                .select({ one: sql`1` })
                .from(faults)
                .where(
                  and(
                    eq(faults.deviceId, bollards.id),
                    eq(faults.kind, 'silent'),
                    // One that was closed after it was missed is over.
                    or(isNull(faults.closedAt), gt(faults.closedAt, bollards.missedAt)),
                  ),
                ),
            ),
          ),
        )
        .orderBy(asc(bollards.missedAt))
        .limit(limit),

    saveDigests: async (kind, digests, tx) => {
      await tx.execute(sql`
        insert into device_credentials (kind, id, key_digest)
        select ${kind}, d.* from unnest(
          ${columnOf(digests, 'id')}::text[], ${columnOf(digests, 'keyDigest')}::text[]) as d
        on conflict (kind, id) do update set key_digest = excluded.key_digest, created_at = now()`);
    },
    dropDigest: async (kind, id, tx) => {
      await tx
        .delete(deviceCredentials)
        .where(and(eq(deviceCredentials.kind, kind), eq(deviceCredentials.id, id)));
    },
    findDigest: async (kind, id) => {
      const [row] = await db
        .select()
        .from(deviceCredentials)
        .where(and(eq(deviceCredentials.kind, kind), eq(deviceCredentials.id, id)));
      return row?.keyDigest;
    },
    listKeys: async () => {
      const { kind, id, createdAt } = deviceCredentials;
      const rows = await db
        .select({ kind, id, drawnAt: createdAt })
        .from(deviceCredentials)
        .where(ne(kind, 'bollard'))
        .orderBy(kind, id);
      return rows.map((row) => ({ ...row, kind: DeviceKey.shape.kind.parse(row.kind) }));
    },
    listCredentials: async (kind, ids, tx) => {
      const rows = await tx
        .select({ id: deviceCredentials.id })
        .from(deviceCredentials)
        .where(and(eq(deviceCredentials.kind, kind), anyOf(deviceCredentials.id, ids)));
      return new Set(rows.map(({ id }) => id));
    },

    openFaultsOf: async (deviceIds, tx) =>
      (
        await tx
          .select()
          .from(faults)
          .where(and(anyOf(faults.deviceId, deviceIds), isNull(faults.closedAt)))
      ).map(faultOf),
    openFault: async ({ openedAt, ...rest }, tx) => {
      const made = await tx
        .insert(faults)
        .values({ ...rest, openedAt: new Date(openedAt) })
        .onConflictDoNothing()
        .returning({ id: faults.id });
      return made.length > 0;
    },
    closeFaults: async (ids, at, tx) => {
      if (ids.length > 0)
        await tx.update(faults).set({ closedAt: at }).where(anyOf(faults.id, ids));
    },
    findFault: async (id) => {
      const [row] = await db.select().from(faults).where(eq(faults.id, id));
      return row && faultOf(row);
    },
    saveTicket: async (faultId, ticket) => {
      await db.update(faults).set({ ticket }).where(eq(faults.id, faultId));
    },
    listFaults: async (limit) =>
      (await db.select().from(faults).orderBy(desc(faults.openedAt)).limit(limit)).map(faultOf),
    addUnread: async ({ receivedAt, ...rest }) => {
      await db.insert(unreadMessages).values({ ...rest, receivedAt: new Date(receivedAt) });
    },
    listUnread: async (limit) =>
      (await db.select().from(unreadMessages).orderBy(desc(unreadMessages.id)).limit(limit)).map(
        (row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }),
      ),
  };
}

const heardColumns = {
  id: bollards.id,
  model: bollards.model,
  heartbeatMs: bollards.heartbeatMs,
  lastSeenAt: bollards.lastSeenAt,
  batteryPercent: bollards.batteryPercent,
  rssiDbm: bollards.rssiDbm,
  temperatureC: bollards.temperatureC,
  firmware: bollards.firmware,
};

const showingColumns = {
  id: bollards.id,
  model: bollards.model,
  deviceEui: bollards.deviceEui,
  network: bollards.network,
  downTopic: bollards.downTopic,
};

type TextColumn =
  | typeof bollards.id
  | typeof bollardPostings.bollardId
  | typeof bollardPostings.spaceId
  | typeof deviceCredentials.id
  | typeof faults.id
  | typeof faults.deviceId;

/** One parameter for any number of values: PostgreSQL plans it once. */
const anyOf = (column: TextColumn, ids: readonly string[]) =>
  sql`${column} = any(${sql.param([...ids])}::text[])`;

const faultOf = (row: typeof faults.$inferSelect): Fault => ({
  ...row,
  kind: row.kind as FaultKind,
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
});
