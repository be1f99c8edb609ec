import type { WatchedSpace } from '@vigie/contracts/vision';
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Bollards and sensors. The space is not the device: `bollard_postings` says where each stands. */
export const bollards = pgTable(
  'bollards',
  {
    id: text('id').primaryKey(),
    model: text('model').notNull(),
    deviceEui: text('device_eui').unique(),
    /** Where it differs from its model's. */
    heartbeatMs: bigint('heartbeat_ms', { mode: 'number' }),
    /** LoRaWAN network and topic by which it is answered, as learned from its own messages. */
    network: text('network').$type<'chirpstack' | 'the-things-stack'>(),
    downTopic: text('down_topic'),
    online: boolean('online').notNull().default(false),
    firstSeenAt: moment('first_seen_at'),
    lastSeenAt: moment('last_seen_at'),
    /** From when on it is missed if nothing more is heard. */
    missedAt: moment('missed_at'),
    batteryPercent: doublePrecision('battery_percent'),
    rssiDbm: doublePrecision('rssi_dbm'),
    temperatureC: doublePrecision('temperature_c'),
    firmware: text('firmware'),
    replacedBy: text('replaced_by'),
    retiredAt: moment('retired_at'),
  },
  (table) => [index('bollards_missed').on(table.missedAt)],
);

/** Which device stood at which space, from when to when. `from_at` null: from the beginning. Rows of the past never change. */
export const bollardPostings = pgTable(
  'bollard_postings',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    bollardId: text('bollard_id')
      .notNull()
      .references(() => bollards.id),
    spaceId: text('space_id').notNull(),
    fromAt: moment('from_at'),
    untilAt: moment('until_at'),
  },
  (table) => [
    index('bollard_postings_bollard').on(table.bollardId),
    uniqueIndex('bollard_postings_now')
      .on(table.spaceId, table.bollardId)
      .where(sql`${table.untilAt} is null`),
  ],
);

/** One credential per device; only a digest of the key is kept. */
export const deviceCredentials = pgTable(
  'device_credentials',
  {
    kind: text('kind').notNull(),
    id: text('id').notNull(),
    keyDigest: text('key_digest').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.id] })],
);

/** What is or was wrong with a device; at most one open fault of a kind each. */
export const faults = pgTable(
  'faults',
  {
    id: text('id').primaryKey(),
    deviceId: text('device_id').notNull(),
    kind: text('kind').notNull(),
    detail: text('detail').notNull(),
    openedAt: moment('opened_at').notNull(),
    closedAt: moment('closed_at'),
    ticket: text('ticket'),
  },
  (table) => [
    uniqueIndex('faults_open').on(table.deviceId, table.kind).where(sql`${table.closedAt} is null`),
    index('faults_opened').on(table.openedAt),
  ],
);

/** Messages that could not be read, as they came. */
export const unreadMessages = pgTable(
  'unread_messages',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    deviceId: text('device_id').notNull(),
    receivedAt: moment('received_at').notNull(),
    reason: text('reason').notNull(),
    payload: text('payload').notNull(),
  },
  (table) => [index('unread_messages_received').on(table.receivedAt)],
);

/** Cameras that watch parking spaces. Each of their spaces has a device among the bollards, whose postings remember it. */
export const parkingCameras = pgTable('parking_cameras', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  fps: doublePrecision('fps').notNull(),
  staleMs: bigint('stale_ms', { mode: 'number' }).notNull(),
  sealedSource: text('sealed_source').notNull(),
  spaces: jsonb('spaces').$type<WatchedSpace[]>().notNull(),
  /** When a person confirmed that the camera looks where it should. */
  viewSince: moment('view_since'),
});
