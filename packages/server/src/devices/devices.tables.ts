import {
  boolean,
  doublePrecision,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

/** Bollards. The space is not the device: `space_id` says where it stands now. */
export const bollards = pgTable(
  'bollards',
  {
    id: text('id').primaryKey(),
    spaceId: text('space_id').notNull(),
    model: text('model').notNull(),
    online: boolean('online').notNull().default(false),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }),
    batteryPercent: doublePrecision('battery_percent'),
    rssiDbm: doublePrecision('rssi_dbm'),
  },
  (table) => [index('bollards_space').on(table.spaceId)],
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
