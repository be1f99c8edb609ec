import type { Display, Zone } from '@vigie/contracts/parking';
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const zones = pgTable('zones', {
  id: text('id').primaryKey(),
  rules: jsonb('rules').$type<Omit<Zone, 'id'>>().notNull(),
});

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

/** Append-only. Both times are kept; `at` is the one that counts (see `event-time.ts`). */
export const occupancyEvents = pgTable(
  'occupancy_events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    spaceId: text('space_id').notNull(),
    bollardId: text('bollard_id').notNull(),
    occupied: boolean('occupied').notNull(),
    seq: integer('seq'),
    deviceAt: moment('device_at').notNull(),
    receivedAt: moment('received_at').notNull(),
    at: moment('at').notNull(),
    timeFlag: text('time_flag').notNull(),
  },
  (table) => [
    uniqueIndex('occupancy_events_once').on(
      table.bollardId,
      table.deviceAt,
      table.occupied,
      sql`coalesce(${table.seq}, -1)`,
    ),
    index('occupancy_events_space').on(table.spaceId, table.at),
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
  },
  (table) => [
    index('stays_space').on(table.spaceId, table.since),
    index('stays_since').on(table.since, table.id),
    index('stays_until').on(table.until),
  ],
);

/** What each space shows, and when that must change next. */
export const displays = pgTable(
  'displays',
  {
    spaceId: text('space_id').primaryKey(),
    display: jsonb('display').$type<Display>().notNull(),
    nextChangeAt: moment('next_change_at'),
  },
  (table) => [index('displays_next_change').on(table.nextChangeAt)],
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
  },
  (table) => [index('cases_space').on(table.spaceId, table.status)],
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
