import type { Display, Space, Zone } from '@vigie/contracts/parking';
import { and, asc, desc, eq, gte, lt, lte, max, min, sql } from 'drizzle-orm';
import { columnOf, type Database } from '../platform/database.ts';
import type { SealedAddresses } from '../platform/sealed-addresses.ts';
import { type SealedData, sealedColumn } from '../platform/sealed-data.ts';
import { occupancyEvents, spaceStates, spaces, stays, zoneRules, zones } from './parking.tables.ts';
import {
  emptyFold,
  type Fold,
  freeFrom,
  type OccupancyEvent,
  type StaySpan,
  stayId,
} from './stays.ts';
import { foldOf, type StoredFold } from './stored-fold.ts';
import { rulesAt, type Timeline } from './zone-timeline.ts';

/** An event as it is stored. */
export type StoredEvent = Omit<typeof occupancyEvents.$inferSelect, 'id'>;

/** A space with its rules, where its fold stands, and what it shows. */
export interface SpaceRow {
  space: Space;
  /** Rules in force at the moment that was asked for. */
  zone: Zone;
  timeline: Timeline;
  fold: Fold;
  display: Display | null;
}

/** A space as people see it. `caseId`: its case that is not closed. */
export interface ShownRow extends Pick<SpaceRow, 'space' | 'zone' | 'display'> {
  caseId: string | null;
}

/** What was decided for a space. */
export interface SpaceState {
  spaceId: string;
  fold: Fold;
  display: Display;
  nextChangeAt: Date | null;
}

/** Which spaces, as they stand at which moment. `ids` undefined: all. */
export interface SpaceQuery {
  now: Date;
  ids?: readonly string[];
  /** Lock them in the order of ids, so that writers never cross. */
  lock?: boolean;
}

export interface ParkingStore {
  listZones(now: Date, tx?: Database): Promise<Zone[]>;
  rulesOf(zoneId: string): Promise<(typeof zoneRules.$inferSelect)[]>;
  /** Makes the zone where there is none. The rules of its first line have applied from the beginning. */
  saveRules(
    line: { zone: Zone; appliesFrom: Date; changedBy: string; changedAt: Date },
    tx: Database,
  ): Promise<void>;
  saveSpaces(spaces: readonly Space[], tx: Database): Promise<void>;
  /** Those of the ids that are spaces. */
  knownSpaces(ids: readonly string[], tx: Database): Promise<Set<string>>;
  listSpaces(tx: Database, query: SpaceQuery): Promise<SpaceRow[]>;
  /** What spaces show, without where their folds stand; in the order of ids. */
  listShown(query: Omit<SpaceQuery, 'lock'>): Promise<ShownRow[]>;
  spaceIdsOf(zoneId: string, tx: Database): Promise<string[]>;
  /** Gives those that were not there yet. */
  addEvents(events: readonly StoredEvent[], tx: Database): Promise<StoredEvent[]>;
  /** The place in the past from which a space must be folded again for an event at `moment`, and the events since. */
  restart(spaceId: string, moment: Date, tx: Database): Promise<Restart>;
  saveStays(found: readonly { spaceId: string; span: StaySpan }[], tx: Database): Promise<void>;
  /** Takes away stays from `since` on (all: `null`) that the fold no longer finds. */
  dropStays(
    spaceId: string,
    since: Date | null,
    kept: readonly StaySpan[],
    tx: Database,
  ): Promise<void>;
  /** Newest first. */
  staysOf(spaceId: string, limit: number): Promise<StaySpan[]>;
  hasStay(id: string, tx: Database): Promise<boolean>;
  saveStates(states: readonly SpaceState[], tx: Database): Promise<void>;
  /** Locks spaces that are due, oldest first; what another server has locked is passed over. */
  takeDue(now: Date, limit: number, tx: Database): Promise<string[]>;
  nextDueAt(): Promise<Date | undefined>;
}

/** Where to begin again, and what to fold from there. */
export interface Restart {
  since: Date | null;
  fold: Fold;
  events: OccupancyEvent[];
}

/** How late an event may be believed (see `event-time.ts`): so long before a restart signs of life still count. */
const memoryMs = 48 * 3_600_000;

export function createParkingStore(db: Database, addresses: SealedAddresses): ParkingStore {
  const opened = async (rules: Omit<Zone, 'id'>): Promise<Omit<Zone, 'id'>> => ({
    ...laterRules,
    ...rules,
    recipients: await addresses.openAll(rules.recipients),
  });

  async function timelines(tx: Database): Promise<Map<string, Timeline>> {
    const rows = await tx
      .select()
      .from(zoneRules)
      .orderBy(asc(zoneRules.zoneId), sql`${zoneRules.appliesFrom} nulls first`);
    const lines = rows.map(async ({ zoneId, appliesFrom, rules }) => ({
      appliesFrom,
      rules: { ...(await opened(rules)), id: zoneId },
    }));
    return Map.groupBy(await Promise.all(lines), ({ rules }) => rules.id);
  }

  return {
    listZones: async (now, tx = db) =>
      [...(await timelines(tx)).values()].map((timeline) => rulesAt(timeline, now)),
    rulesOf: async (zoneId) => {
      const lines = await db
        .select()
        .from(zoneRules)
        .where(eq(zoneRules.zoneId, zoneId))
        .orderBy(sql`${zoneRules.appliesFrom} nulls first`);
      return Promise.all(lines.map(async (line) => ({ ...line, rules: await opened(line.rules) })));
    },
    saveRules: async ({ zone: { id, ...rules }, appliesFrom, changedBy, changedAt }, tx) => {
      const made = await tx.insert(zones).values({ id }).onConflictDoNothing().returning();
      const from = made.length > 0 ? null : appliesFrom;
      // What was announced for later gives way to what is said now.
      await tx
        .delete(zoneRules)
        .where(and(eq(zoneRules.zoneId, id), gte(zoneRules.appliesFrom, appliesFrom)));
      const line = { zoneId: id, appliesFrom: from, changedBy, changedAt };
      const recipients = await addresses.sealAll(rules.recipients);
      await tx.insert(zoneRules).values({ ...line, rules: { ...rules, recipients } });
    },
    saveSpaces: async (given, tx) => {
      if (given.length === 0) return;
      await tx.execute(sql`
        insert into spaces (id, zone_id, label, address, latitude, longitude)
        select distinct on (s.id) s.id, s."zoneId", s.label, s.address, s.latitude, s.longitude
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as s(
          id text, "zoneId" text, label text, address text, latitude float8, longitude float8)
        on conflict (id) do update set zone_id = excluded.zone_id, label = excluded.label,
          address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude`);
    },
    knownSpaces: async (ids, tx) => {
      const rows = await tx.select({ id: spaces.id }).from(spaces).where(anyOf(spaces.id, ids));
      return new Set(rows.map(({ id }) => id));
    },
    listSpaces: async (tx, { now, ids, lock = false }) => {
      // A plain statement: mapping column by column is a good part of what an event costs.
      const { rows } = await tx.execute<PlainSpace & { fold: StoredFold | null }>(sql`
        select ${spaceColumns}, st.fold, st.display
        from spaces s left join space_states st on st.space_id = s.id
        ${ids ? sql`where s.id = any(${sql.param([...ids])}::text[])` : sql``}
        order by s.id ${lock ? sql`for update of s` : sql``}`);
      const byZone = await timelines(tx);
      return rows.map(({ fold, display, ...space }) => {
        const timeline = byZone.get(space.zoneId) ?? [];
        const zone = rulesAt(timeline, now);
        return { space, timeline, zone, fold: fold ? foldOf(fold) : emptyFold, display };
      });
    },
    listShown: async ({ now, ids }) => {
      const { rows } = await db.execute<PlainSpace & { caseId: string | null }>(sql`
        select ${spaceColumns}, st.display,
          (select c.id from cases c where c.space_id = s.id and c.status <> 'closed' limit 1) as "caseId"
        from spaces s left join space_states st on st.space_id = s.id
        ${ids ? sql`where s.id = any(${sql.param([...ids])}::text[])` : sql``}
        order by s.id`);
      const byZone = await timelines(db);
      return rows.map(({ display, caseId, ...space }) => {
        const zone = rulesAt(byZone.get(space.zoneId) ?? [], now);
        return { space, zone, display, caseId };
      });
    },
    spaceIdsOf: async (zoneId, tx) =>
      (
        await tx
          .select({ id: spaces.id })
          .from(spaces)
          .where(eq(spaces.zoneId, zoneId))
          .orderBy(asc(spaces.id))
      ).map(({ id }) => id),
    addEvents: async (events, tx) => {
      if (events.length === 0) return [];
      const { rows } = await tx.execute<{ space_id: string; device_id: string; key: string }>(sql`
        insert into occupancy_events (space_id, device_id, key, kind, occupied, seq, device_at,
          received_at, at, time_flag, previous_state_ms, is_new_vehicle, silent_after_ms)
        select e.* from unnest(
          ${columnOf(events, 'spaceId')}::text[], ${columnOf(events, 'deviceId')}::text[],
          ${columnOf(events, 'key')}::text[], ${columnOf(events, 'kind')}::text[],
          ${columnOf(events, 'occupied')}::boolean[], ${columnOf(events, 'seq')}::bigint[],
          ${columnOf(events, 'deviceAt')}::timestamptz[], ${columnOf(events, 'receivedAt')}::timestamptz[],
          ${columnOf(events, 'at')}::timestamptz[], ${columnOf(events, 'timeFlag')}::text[],
          ${columnOf(events, 'previousStateMs')}::bigint[], ${columnOf(events, 'isNewVehicle')}::boolean[],
          ${columnOf(events, 'silentAfterMs')}::bigint[]) as e
        on conflict do nothing returning space_id, device_id, key`);
      const added = new Set(rows.map((row) => nameOf(row.device_id, row.space_id, row.key)));
      // Of two with the same name the first was written down.
      return events.filter(({ deviceId, spaceId, key }) =>
        added.delete(nameOf(deviceId, spaceId, key)),
      );
    },
    restart: async (spaceId, moment, tx) => {
      const [stay] = await tx
        .select()
        .from(stays)
        .where(
          and(
            eq(stays.spaceId, spaceId),
            // One that begins at this very moment may not begin at all.
            lt(stays.since, moment),
            eq(stays.isArrivalInferred, false),
          ),
        )
        .orderBy(desc(stays.since))
        .limit(1);
      const since = stay?.since ?? null;
      const events = await tx
        .select(eventColumns)
        .from(occupancyEvents)
        .where(
          and(
            eq(occupancyEvents.spaceId, spaceId),
            since ? gte(occupancyEvents.at, since) : undefined,
          ),
        );
      const fold = since ? await foldBefore(spaceId, since, tx) : emptyFold;
      return { since, fold, events };
    },
    saveStays: async (found, tx) => {
      if (found.length === 0) return;
      const rows = new Map(
        found.map(({ spaceId, span }) => [stayId(spaceId, span.since), { spaceId, span }]),
      );
      const json = [...rows].map(([id, { spaceId, span }]) => ({ id, spaceId, ...stayRow(span) }));
      await tx.execute(sql`
        insert into stays (id, space_id, since, until, free_since, gaps, is_arrival_inferred)
        select s.id, s."spaceId", s.since, s.until, s."freeSince", s.gaps, s."isArrivalInferred"
        from jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as s(
          id text, "spaceId" text, since timestamptz(3), until timestamptz(3),
          "freeSince" timestamptz(3), gaps jsonb, "isArrivalInferred" boolean)
        on conflict (id) do update set until = excluded.until, free_since = excluded.free_since,
          gaps = excluded.gaps, is_arrival_inferred = excluded.is_arrival_inferred
        where (stays.until, stays.free_since, stays.gaps, stays.is_arrival_inferred) is distinct from
          (excluded.until, excluded.free_since, excluded.gaps, excluded.is_arrival_inferred)`);
    },
    dropStays: async (spaceId, since, kept, tx) => {
      const ids = kept.map((span) => stayId(spaceId, span.since));
      await tx
        .delete(stays)
        .where(
          and(
            eq(stays.spaceId, spaceId),
            since ? gte(stays.since, since) : undefined,
            sql`${stays.id} <> all(${sql.param(ids)}::text[])`,
          ),
        );
    },
    staysOf: async (spaceId, limit) =>
      (
        await db
          .select()
          .from(stays)
          .where(eq(stays.spaceId, spaceId))
          .orderBy(desc(stays.since))
          .limit(limit)
      ).map(spanOf),
    hasStay: async (id, tx) =>
      (await tx.select({ id: stays.id }).from(stays).where(eq(stays.id, id))).length > 0,
    saveStates: async (states, tx) => {
      if (states.length === 0) return;
      await tx.execute(sql`
        insert into space_states (space_id, fold, display, next_change_at)
        select s."spaceId", s.fold, s.display, s."nextChangeAt"
        from json_to_recordset(${JSON.stringify(states)}::json) as s(
          "spaceId" text, fold json, display json, "nextChangeAt" timestamptz(3))
        on conflict (space_id) do update set fold = excluded.fold, display = excluded.display,
          next_change_at = excluded.next_change_at`);
    },
    takeDue: async (now, limit, tx) => {
      const rows = await tx
        .select({ spaceId: spaces.id })
        .from(spaces)
        .innerJoin(spaceStates, eq(spaceStates.spaceId, spaces.id))
        .where(lte(spaceStates.nextChangeAt, now))
        .orderBy(asc(spaceStates.nextChangeAt))
        .limit(limit)
        .for('update', { of: spaces, skipLocked: true });
      return rows.map(({ spaceId }) => spaceId);
    },
    nextDueAt: async () => {
      const [row] = await db.select({ at: min(spaceStates.nextChangeAt) }).from(spaceStates);
      return row?.at ?? undefined;
    },
  };
}

type PlainSpace = Space & { display: Display | null };

const spaceColumns = sql.raw(
  's.id, s.zone_id as "zoneId", s.label, s.address, s.latitude, s.longitude',
);

/** What makes an event the same one. */
const nameOf = (deviceId: string, spaceId: string, key: string): string =>
  `${deviceId}\n${spaceId}\n${key}`;

const eventColumns = {
  at: occupancyEvents.at,
  receivedAt: occupancyEvents.receivedAt,
  deviceId: occupancyEvents.deviceId,
  seq: occupancyEvents.seq,
  kind: occupancyEvents.kind,
  occupied: occupancyEvents.occupied,
  previousStateMs: occupancyEvents.previousStateMs,
  isNewVehicle: occupancyEvents.isNewVehicle,
  silentAfterMs: occupancyEvents.silentAfterMs,
};

/** One parameter for any number of values: PostgreSQL plans it once. */
const anyOf = (column: typeof spaces.id, ids: readonly string[]) =>
  sql`${column} = any(${sql.param([...ids])}::text[])`;

/** A fold as it stands just before the stay that began at `since`: nobody is there. */
async function foldBefore(spaceId: string, since: Date, tx: Database): Promise<Fold> {
  const [before] = await tx
    .select({ since: stays.since, until: stays.until })
    .from(stays)
    .where(and(eq(stays.spaceId, spaceId), lt(stays.since, since)))
    .orderBy(desc(stays.since))
    .limit(1);
  const earlier = and(
    eq(occupancyEvents.spaceId, spaceId),
    gte(occupancyEvents.at, new Date(since.getTime() - memoryMs)),
    lt(occupancyEvents.at, since),
  );
  const [heard] = await tx
    .select({ at: max(occupancyEvents.at), receivedAt: max(occupancyEvents.receivedAt) })
    .from(occupancyEvents)
    .where(earlier);
  const signs = [heard?.at, heard?.receivedAt].filter((sign) => sign instanceof Date);
  return {
    ...emptyFold,
    lastUntil: before?.until ? freeFrom(before.since, before.until) : null,
    heardAt: signs.length > 0 ? new Date(Math.max(...signs.map(Number))) : null,
  };
}

/** Rules that zones stored by an earlier version do not have. */
const laterRules = { remindAfterHours: 24, escalateAfterHours: 48, quietHours: null };

const stayRow = ({ gaps, ...span }: StaySpan) => ({
  ...span,
  gaps: gaps.map(({ from, until }) => [from, until]),
});

const spanOf = (row: typeof stays.$inferSelect): StaySpan => ({
  since: row.since,
  until: row.until,
  freeSince: row.freeSince,
  isArrivalInferred: row.isArrivalInferred,
  gaps: row.gaps.map(([from, until]) => ({
    from: new Date(from),
    until: until === null ? null : new Date(until),
  })),
});

/** What this feature keeps sealed: recipients of the rules that were, are and will be in force. */
export const parkingSealedData: readonly SealedData[] = [
  sealedColumn('addresses of webhooks in rules of zones', zoneRules.rules, 'recipients'),
];
