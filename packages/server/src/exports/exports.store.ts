import type { ParkingSpot, SpotStatus } from '@vigie/contracts/exports';
import { and, asc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { Place, Span } from '../parking/index.ts';
import type { Database } from '../platform/database.ts';
import { type SealedData, sealedColumn } from '../platform/sealed-data.ts';
import {
  pendingNotifications,
  statusChanges,
  subscriptions,
  toldStatuses,
} from './exports.tables.ts';
import type { StatusChange } from './status-changes.ts';

/** The status of a space of which no sensor has spoken. */
const FIRST_STATUS: SpotStatus = 'unknown';

/** A subscription as it is stored. */
export type SubscriptionRow = typeof subscriptions.$inferSelect;

/** Something a subscriber has not got yet; ids rise with the changes. */
export interface Pending {
  id: number;
  spot: ParkingSpot;
}

/** A silence of a sensor began or ended. `key` is unique and sorts changes of the same moment. */
export interface SilenceChange extends StatusChange {
  key: string;
  at: Date;
}

export interface ExportsStore {
  /** Until the transaction ends no other server tells changes. */
  lockTelling(tx: Database): Promise<void>;
  /** By space id. */
  toldStatuses(spaceIds: readonly string[], tx: Database): Promise<Map<string, SpotStatus>>;
  /** Keeps what is told, and the change itself; a new space comes from `unknown`, seen in it or not. */
  saveChanges(changes: readonly StatusChange[], at: Date, tx: Database): Promise<void>;
  /** Changes from or to `unknown`, newest first. */
  listSilences(
    wanted: Span & { spaceIds?: readonly string[] | undefined },
    page: { before?: Place | undefined; limit: number },
  ): Promise<SilenceChange[]>;
  /** `false` when the id is taken. */
  addSubscription(
    row: Pick<SubscriptionRow, 'id' | 'wish' | 'headers' | 'owner' | 'createdAt'>,
  ): Promise<boolean>;
  listSubscriptions(tx?: Database): Promise<SubscriptionRow[]>;
  /** `false` when there was none. */
  removeSubscription(id: string): Promise<boolean>;
  /**
   * Locked until the transaction ends, while changes may still be added: one at a time sends to a subscriber.
   * `'taken'`: another is at it; `undefined`: there is none.
   */
  takeSubscription(id: string, tx: Database): Promise<SubscriptionRow | 'taken' | undefined>;
  /** Returns the ids of what was added, in the given order. */
  addPending(
    subscriptionId: string,
    spots: readonly ParkingSpot[],
    from: { at: Date; tx: Database },
  ): Promise<number[]>;
  /** Oldest first. */
  listPending(subscriptionId: string, limit: number, tx: Database): Promise<Pending[]>;
  removePending(ids: readonly number[], tx: Database): Promise<void>;
  /** Lets go of what is older than the moment; returns how many. */
  dropPending(subscriptionId: string, before: Date, tx: Database): Promise<number>;
  saveAttempt(id: string, attempt: { at: Date; isSent: boolean }, tx: Database): Promise<void>;
}

export function createExportsStore(db: Database): ExportsStore {
  return {
    lockTelling: async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('vigie.told-statuses'))`);
    },
    toldStatuses: async (spaceIds, tx) => {
      const rows = await tx
        .select()
        .from(toldStatuses)
        .where(sql`${toldStatuses.spaceId} = any(${sql.param([...spaceIds])}::text[])`);
      return new Map(rows.map(({ spaceId, status }) => [spaceId, status]));
    },
    saveChanges: async (changes, at, tx) => {
      if (changes.length === 0) return;
      const ids = sql.param(changes.map(({ spaceId }) => spaceId));
      const befores = sql.param(changes.map(({ before }) => before ?? FIRST_STATUS));
      const statuses = sql.param(changes.map(({ status }) => status));
      await tx.execute(sql`
        insert into told_statuses (space_id, status)
        select * from unnest(${ids}::text[], ${statuses}::text[])
        on conflict (space_id) do update set status = excluded.status`);
      await tx.execute(sql`
        insert into status_changes (space_id, before, status, at)
        select c.*, ${at.toISOString()}::timestamptz
        from unnest(${ids}::text[], ${befores}::text[], ${statuses}::text[]) as c(space_id, before, status)
        where c.before <> c.status`);
    },
    listSilences: async ({ from, to, spaceIds }, { before, limit }) => {
      const { at, id } = statusChanges;
      const key = sql`lpad(${id}::text, 16, '0') collate "C"`;
      const rows = await db
        .select()
        .from(statusChanges)
        .where(
          and(
            sql`${at} >= ${from.toISOString()}`,
            sql`${at} < ${to.toISOString()}`,
            or(eq(statusChanges.before, 'unknown'), eq(statusChanges.status, 'unknown')),
            spaceIds && sql`${statusChanges.spaceId} = any(${sql.param([...spaceIds])}::text[])`,
            before && sql`(${at}, ${key}) < (${before.at.toISOString()}, ${before.key})`,
          ),
        )
        .orderBy(sql`${at} desc`, sql`${id} desc`)
        .limit(limit);
      return rows.map((row) => ({ ...row, key: String(row.id).padStart(16, '0') }));
    },
    addSubscription: async (row) => {
      const added = await db
        .insert(subscriptions)
        .values(row)
        .onConflictDoNothing()
        .returning({ id: subscriptions.id });
      return added.length > 0;
    },
    listSubscriptions: (tx = db) =>
      tx.select().from(subscriptions).orderBy(asc(subscriptions.createdAt), asc(subscriptions.id)),
    removeSubscription: async (id) => {
      const gone = await db
        .delete(subscriptions)
        .where(eq(subscriptions.id, id))
        .returning({ id: subscriptions.id });
      return gone.length > 0;
    },
    takeSubscription: async (id, tx) => {
      const isThis = eq(subscriptions.id, id);
      const [row] = await tx
        .select()
        .from(subscriptions)
        .where(isThis)
        .for('no key update', { skipLocked: true });
      if (row) return row;
      const found = await tx.select({ id: subscriptions.id }).from(subscriptions).where(isThis);
      return found.length > 0 ? 'taken' : undefined;
    },
    addPending: async (subscriptionId, spots, { at, tx }) => {
      const rows = await tx
        .insert(pendingNotifications)
        .values(spots.map((spot) => ({ subscriptionId, spot, createdAt: at })))
        .returning({ id: pendingNotifications.id });
      return rows.map(({ id }) => id);
    },
    listPending: (subscriptionId, limit, tx) =>
      tx
        .select({ id: pendingNotifications.id, spot: pendingNotifications.spot })
        .from(pendingNotifications)
        .where(eq(pendingNotifications.subscriptionId, subscriptionId))
        .orderBy(asc(pendingNotifications.id))
        .limit(limit),
    removePending: async (ids, tx) => {
      await tx.delete(pendingNotifications).where(inArray(pendingNotifications.id, [...ids]));
    },
    dropPending: async (subscriptionId, before, tx) => {
      const gone = await tx
        .delete(pendingNotifications)
        .where(
          and(
            eq(pendingNotifications.subscriptionId, subscriptionId),
            lt(pendingNotifications.createdAt, before),
          ),
        )
        .returning({ id: pendingNotifications.id });
      return gone.length;
    },
    saveAttempt: async (id, { at, isSent }, tx) => {
      const outcome = isSent
        ? { timesSent: sql`${subscriptions.timesSent} + 1`, timesFailed: 0, lastSuccess: at }
        : { timesFailed: sql`${subscriptions.timesFailed} + 1`, lastFailure: at };
      await tx
        .update(subscriptions)
        .set({ ...outcome, lastNotification: at })
        .where(eq(subscriptions.id, id));
    },
  };
}

/** What this feature keeps sealed. */
export const exportsSealedData: readonly SealedData[] = [
  sealedColumn('secrets of subscribers', subscriptions.headers, 'subscribers'),
];
