import type { NewSubscription, ParkingSpot, SpotStatus } from '@vigie/contracts/exports';
import { bigserial, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** The status of each space that subscribers were told last. */
export const toldStatuses = pgTable('told_statuses', {
  spaceId: text('space_id').primaryKey(),
  status: text('status').$type<SpotStatus>().notNull(),
});

/** Append-only: when which space changed its status. The silences of the sensors are read from it. */
export const statusChanges = pgTable(
  'status_changes',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    spaceId: text('space_id').notNull(),
    before: text('before').$type<SpotStatus>().notNull(),
    status: text('status').$type<SpotStatus>().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('status_changes_at').on(table.at)],
);

/** `headers` is sealed: the receiver's own secrets, by name. */
export const subscriptions = pgTable('subscriptions', {
  id: text('id').primaryKey(),
  wish: jsonb('wish').$type<NewSubscription>().notNull(),
  headers: text('headers'),
  owner: text('owner').notNull(),
  createdAt: moment('created_at').notNull(),
  timesSent: integer('times_sent').notNull().default(0),
  timesFailed: integer('times_failed').notNull().default(0),
  lastNotification: moment('last_notification'),
  lastSuccess: moment('last_success'),
  lastFailure: moment('last_failure'),
});

/** What a subscriber has not got yet, in the order of the changes. */
export const pendingNotifications = pgTable(
  'pending_notifications',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    subscriptionId: text('subscription_id')
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    spot: jsonb('spot').$type<ParkingSpot>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('pending_notifications_order').on(table.subscriptionId, table.id)],
);
