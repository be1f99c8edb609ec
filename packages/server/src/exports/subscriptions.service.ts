import { randomUUID } from 'node:crypto';
import type { NewSubscription, Subscription } from '@vigie/contracts/exports';
import { seal } from '@vigie/contracts/seal';
import type { Clock } from '../platform/clock.ts';
import { Conflict, InvalidInput, NotFound } from '../platform/errors.ts';
import type { ExportsStore, SubscriptionRow } from './exports.store.ts';
import { spotTypes } from './parking-spot.ts';
import { readSpotQuery } from './spot-query.ts';
import { subscriptionStatus } from './subscription-match.ts';

interface SubscriptionsDeps {
  store: ExportsStore;
  clock: Clock;
  /** 32 bytes; seals the headers that receivers want. */
  key: Uint8Array<ArrayBuffer>;
  /** @throws InvalidInput for an address to which nothing is sent. */
  mustBeAllowed(address: string): void;
}

/** Whose subscriptions somebody may handle. `seesAll`: an administrator. */
export interface Subscriber {
  username: string;
  seesAll: boolean;
}

export interface SubscriptionsService {
  /**
   * Returns the id.
   * @throws InvalidInput for a type that is not ours, an address to which nothing is sent, or a query that is not understood.
   * @throws Conflict when the id is taken.
   */
  add(wish: NewSubscription, subscriber: Subscriber): Promise<string>;
  list(subscriber: Subscriber): Promise<Subscription[]>;
  /** @throws NotFound */
  get(id: string, subscriber: Subscriber): Promise<Subscription>;
  /** What waits is let go. @throws NotFound */
  remove(id: string, subscriber: Subscriber): Promise<void>;
}

export function createSubscriptionsService({
  store,
  clock,
  key,
  mustBeAllowed,
}: SubscriptionsDeps): SubscriptionsService {
  async function rowsOf({ username, seesAll }: Subscriber): Promise<SubscriptionRow[]> {
    const rows = await store.listSubscriptions();
    return rows.filter(({ owner }) => seesAll || owner === username);
  }

  async function getRow(id: string, subscriber: Subscriber): Promise<SubscriptionRow> {
    const row = (await rowsOf(subscriber)).find((one) => one.id === id);
    if (row) return row;
    throw new NotFound('exports/subscription-unknown', `There is no subscription ${id} of yours.`);
  }

  return {
    add: async (wish, { username }) => {
      mustBeUnderstood(wish);
      mustBeAllowed(wish.notification.endpoint.uri);
      const id = wish.id ?? `urn:ngsi-ld:Subscription:${randomUUID()}`;
      const { receiverInfo, ...endpoint } = wish.notification.endpoint;
      const headers = receiverInfo ? await seal(JSON.stringify(receiverInfo), key) : null;
      const stored = { ...wish, id, notification: { ...wish.notification, endpoint } };
      const row = { id, wish: stored, headers, owner: username, createdAt: clock.now() };
      if (await store.addSubscription(row)) return id;
      throw new Conflict('exports/subscription-exists', `There is already a subscription ${id}.`);
    },
    list: async (subscriber) =>
      (await rowsOf(subscriber)).map((row) => subscriptionOf(row, clock.now())),
    get: async (id, subscriber) => subscriptionOf(await getRow(id, subscriber), clock.now()),
    remove: async (id, subscriber) => {
      await getRow(id, subscriber);
      await store.removeSubscription(id);
    },
  };
}

/** @throws InvalidInput */
function mustBeUnderstood({ entities, q }: NewSubscription): void {
  const foreign = entities.find(({ type }) => !spotTypes.includes(type));
  if (foreign) {
    throw new InvalidInput(
      'input/invalid',
      `There are no entities of the type ${foreign.type} here, only ParkingSpot.`,
    );
  }
  if (q !== undefined && !readSpotQuery(q))
    throw new InvalidInput('input/invalid', `The query ${q} is not understood.`);
}

function subscriptionOf(row: SubscriptionRow, now: Date): Subscription {
  const { wish, timesSent, timesFailed, lastNotification, lastSuccess, lastFailure } = row;
  return {
    ...wish,
    id: row.id,
    status: subscriptionStatus(wish, now),
    notification: {
      ...wish.notification,
      status: timesFailed > 0 ? 'failed' : 'ok',
      timesSent,
      timesFailed,
      ...moment('lastNotification', lastNotification),
      ...moment('lastSuccess', lastSuccess),
      ...moment('lastFailure', lastFailure),
    },
  };
}

const moment = <K extends string>(name: K, at: Date | null): { [P in K]?: string } =>
  at ? ({ [name]: at.toISOString() } as { [P in K]?: string }) : {};
