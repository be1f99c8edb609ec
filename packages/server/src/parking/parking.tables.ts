import type { Display, Zone } from '@vigie/contracts/parking';
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  index,
  json,
  jsonb,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { EventKind } from './stays.ts';
import type { StoredFold } from './stored-fold.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const zones = pgTable('zones', { id: text('id').primaryKey() });

/** The rules of each zone from a moment on; `applies_from` null: from the beginning. Rows of the past never change. */
export const zoneRules = pgTable(
  'zone_rules',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    zoneId: text('zone_id')
      .notNull()
      .references(() => zones.id),
    appliesFrom: moment('applies_from'),
    rules: jsonb('rules').$type<Omit<Zone, 'id'>>().notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: moment('changed_at').notNull(),
  },
  (table) => [
    uniqueIndex('zone_rules_from').on(
      table.zoneId,
      sql`coalesce(${table.appliesFrom}, '-infinity')`,
    ),
  ],
);

export const spaces = pgTable(
  'spaces',
  {
    id: text('id').primaryKey(),
    zoneId: text('zone_id')
      .notNull()
      .references(() => zones.id),
    label: text('label').notNull(),
    address: text('address').notNull(),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
  },
  (table) => [index('spaces_zone').on(table.zoneId)],
);

/** Stays that are authorised. Never deleted: `ended_at` says when one was withdrawn. */
export const exemptions = pgTable(
  'exemptions',
  {
    id: text('id').primaryKey(),
    spaceId: text('space_id')
      .notNull()
      .references(() => spaces.id),
    from: moment('from').notNull(),
    until: moment('until').notNull(),
    reason: text('reason').notNull(),
    by: text('by').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [index('exemptions_space').on(table.spaceId, table.until)],
);

/** Append-only. Both times are kept; `at` is the one that counts (see `event-time.ts`). `key`: the sender's own name of it. */
export const occupancyEvents = pgTable(
  'occupancy_events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    spaceId: text('space_id').notNull(),
    deviceId: text('device_id').notNull(),
    key: text('key').notNull(),
    kind: text('kind').$type<EventKind>().notNull(),
    occupied: boolean('occupied'),
    seq: bigint('seq', { mode: 'number' }),
    deviceAt: moment('device_at').notNull(),
    receivedAt: moment('received_at').notNull(),
    at: moment('at').notNull(),
    timeFlag: text('time_flag').notNull(),
    previousStateMs: bigint('previous_state_ms', { mode: 'number' }),
    isNewVehicle: boolean('is_new_vehicle').notNull().default(false),
    /** What was promised when it was received; see `stays.ts`. */
    silentAfterMs: bigint('silent_after_ms', { mode: 'number' }),
  },
  (table) => [
    uniqueIndex('occupancy_events_once').on(table.deviceId, table.key, table.spaceId),
    index('occupancy_events_space').on(table.spaceId, table.at),
    // The log grows in the order of time: a coarse index finds a span of it, and costs next to nothing to keep.
    index('occupancy_events_at').using('brin', table.at),
  ],
);

/** Derived from the events by the fold; rewritten when a late event changes the past. */
export const stays = pgTable(
  'stays',
  {
    id: text('id').primaryKey(),
    spaceId: text('space_id').notNull(),
    since: moment('since').notNull(),
    until: moment('until'),
    freeSince: moment('free_since'),
    gaps: jsonb('gaps').$type<[from: string, until: string | null][]>().notNull(),
    isArrivalInferred: boolean('is_arrival_inferred').notNull(),
  },
  (table) => [
    index('stays_space').on(table.spaceId, table.since),
    index('stays_since').on(table.since, table.id),
    index('stays_until').on(table.until),
  ],
);

/** Where the fold of each space stands, what the space shows, and when that must change next. */
export const spaceStates = pgTable(
  'space_states',
  {
    spaceId: text('space_id').primaryKey(),
    // Written with every event and only read whole: kept as the text that came.
    fold: json('fold').$type<StoredFold>().notNull(),
    display: json('display').$type<Display>().notNull(),
    nextChangeAt: moment('next_change_at'),
  },
  (table) => [index('space_states_next_change').on(table.nextChangeAt)],
);

export const cases = pgTable(
  'cases',
  {
    id: text('id').primaryKey(),
    number: serial('number').notNull(),
    stayId: text('stay_id').notNull().unique(),
    spaceId: text('space_id').notNull(),
    since: moment('since').notNull(),
    openedAt: moment('opened_at').notNull(),
    status: text('status').notNull(),
    /** Real time at which a message may fall due. */
    nextLookAt: moment('next_look_at'),
  },
  (table) => [
    index('cases_space').on(table.spaceId, table.status),
    index('cases_next_look').on(table.nextLookAt),
  ],
);

/** Append-only: who, when, why. */
export const caseSteps = pgTable(
  'case_steps',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    status: text('status').notNull(),
    at: moment('at').notNull(),
    actor: text('actor').notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [index('case_steps_case').on(table.caseId, table.id)],
);
