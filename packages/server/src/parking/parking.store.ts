import type { Display, Space, Zone } from '@vigie/contracts/parking';
import { and, asc, desc, eq, inArray, isNull, lte, min, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { displays, occupancyEvents, spaces, stays, zones } from './parking.tables.ts';
import { type OccupancyEvent, type StaySpan, stayId } from './stays.ts';

/** An event as it is stored. */
export type StoredEvent = Omit<typeof occupancyEvents.$inferInsert, 'id'>;

/** A space with its rules, what it shows, and whether its sensor ever spoke. */
export interface SpaceRow {
  space: Space;
  zone: Zone;
  display: Display | null;
}

export interface ParkingStore {
  listZones(tx?: Database): Promise<Zone[]>;
  saveZone(zone: Zone, tx: Database): Promise<void>;
  saveSpace(space: Space, tx: Database): Promise<void>;
  /** By id; `ids` undefined: all. Locked in the order of ids when `lock`, so that writers never cross. */
  listSpaces(tx: Database, ids?: readonly string[], lock?: boolean): Promise<SpaceRow[]>;
  /** Events that are there already are passed over. */
  addEvents(events: readonly StoredEvent[], tx: Database): Promise<void>;
  eventsOf(spaceIds: readonly string[], tx: Database): Promise<Map<string, OccupancyEvent[]>>;
  /** Makes the stored stays of a space equal to the given ones. */
  replaceStays(spaceId: string, spans: readonly StaySpan[], tx: Database): Promise<void>;
  openStays(spaceIds: readonly string[], tx: Database): Promise<Map<string, StaySpan>>;
  closeStay(spaceId: string, since: Date, until: Date, tx: Database): Promise<void>;
  /** Newest first. */
  staysOf(spaceId: string, limit: number): Promise<StaySpan[]>;
  hasStay(id: string, tx: Database): Promise<boolean>;
  saveDisplays(
    shown: readonly { spaceId: string; display: Display; nextChangeAt: Date | null }[],
    tx: Database,
  ): Promise<void>;
  /** Locks spaces whose display is due, oldest first; what another server has locked is passed over. */
  takeDue(now: Date, limit: number, tx: Database): Promise<string[]>;
  nextDueAt(): Promise<Date | undefined>;
}

export function createParkingStore(db: Database): ParkingStore {
  return {
    listZones: async (tx = db) =>
      (await tx.select().from(zones).orderBy(asc(zones.id))).map(zoneOf),
    saveZone: async ({ id, ...rules }, tx) => {
      await tx
        .insert(zones)
        .values({ id, rules })
        .onConflictDoUpdate({ target: zones.id, set: { rules } });
    },
    saveSpace: async (space, tx) => {
      const { id, ...rest } = space;
      await tx.insert(spaces).values(space).onConflictDoUpdate({ target: spaces.id, set: rest });
    },
    listSpaces: async (tx, ids, lock = false) => {
      const query = tx
        .select({ space: spaces, zone: zones, display: displays.display })
        .from(spaces)
        .innerJoin(zones, eq(zones.id, spaces.zoneId))
        .leftJoin(displays, eq(displays.spaceId, spaces.id))
        .where(ids ? inArray(spaces.id, [...ids]) : undefined)
        .orderBy(asc(spaces.id));
      const rows = lock ? await query.for('update', { of: spaces }) : await query;
      return rows.map(({ space, zone, display }) => ({ space, zone: zoneOf(zone), display }));
    },
    addEvents: async (events, tx) => {
      if (events.length > 0)
        await tx
          .insert(occupancyEvents)
          .values([...events])
          .onConflictDoNothing();
    },
    eventsOf: async (spaceIds, tx) => {
      const rows = await tx
        .select({
          spaceId: occupancyEvents.spaceId,
          at: occupancyEvents.at,
          occupied: occupancyEvents.occupied,
          seq: occupancyEvents.seq,
        })
        .from(occupancyEvents)
        .where(inArray(occupancyEvents.spaceId, [...spaceIds]));
      return Map.groupBy(rows, (row) => row.spaceId);
    },
    replaceStays: async (spaceId, spans, tx) => {
      const rows = spans.map((span) => ({ id: stayId(spaceId, span.since), spaceId, ...span }));
      const kept = rows.map((row) => row.id);
      const isGone =
        kept.length > 0 ? sql`${stays.id} <> all(${sql.param(kept)}::text[])` : sql`true`;
      await tx.delete(stays).where(and(eq(stays.spaceId, spaceId), isGone));
      if (rows.length === 0) return;
      await tx
        .insert(stays)
        .values(rows)
        .onConflictDoUpdate({
          target: stays.id,
          set: { until: sql`excluded.until`, freeSince: sql`excluded.free_since` },
          setWhere: sql`(${stays.until}, ${stays.freeSince}) is distinct from (excluded.until, excluded.free_since)`,
        });
    },
    openStays: async (spaceIds, tx) => {
      const rows = await tx
        .select()
        .from(stays)
        .where(and(inArray(stays.spaceId, [...spaceIds]), isNull(stays.until)));
      return new Map(rows.map((row) => [row.spaceId, row]));
    },
    closeStay: async (spaceId, since, until, tx) => {
      await tx
        .update(stays)
        .set({ until })
        .where(eq(stays.id, stayId(spaceId, since)));
    },
    staysOf: (spaceId, limit) =>
      db
        .select()
        .from(stays)
        .where(eq(stays.spaceId, spaceId))
        .orderBy(desc(stays.since))
        .limit(limit),
    hasStay: async (id, tx) =>
      (await tx.select({ id: stays.id }).from(stays).where(eq(stays.id, id))).length > 0,
    saveDisplays: async (shown, tx) => {
      if (shown.length === 0) return;
      await tx
        .insert(displays)
        .values([...shown])
        .onConflictDoUpdate({
          target: displays.spaceId,
          set: { display: sql`excluded.display`, nextChangeAt: sql`excluded.next_change_at` },
        });
    },
    takeDue: async (now, limit, tx) => {
      const rows = await tx
        .select({ spaceId: spaces.id })
        .from(spaces)
        .innerJoin(displays, eq(displays.spaceId, spaces.id))
        .where(lte(displays.nextChangeAt, now))
        .orderBy(asc(displays.nextChangeAt))
        .limit(limit)
        .for('update', { of: spaces, skipLocked: true });
      return rows.map(({ spaceId }) => spaceId);
    },
    nextDueAt: async () => {
      const [row] = await db.select({ at: min(displays.nextChangeAt) }).from(displays);
      return row?.at ?? undefined;
    },
  };
}

/** Rules that zones stored by an earlier version do not have. */
const laterRules = { remindAfterHours: 24, escalateAfterHours: 48, quietHours: null };

const zoneOf = ({ id, rules }: typeof zones.$inferSelect): Zone => ({
  ...laterRules,
  ...rules,
  id,
});
