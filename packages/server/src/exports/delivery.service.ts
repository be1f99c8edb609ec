import { unseal } from '@vigie/contracts/seal';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Log } from '../platform/log.ts';
import type { SendWebhook } from '../platform/webhook.driver.ts';
import { isAnothersTurn, nextBatch } from './delivery-order.ts';
import type { ExportsStore, Pending, SubscriptionRow } from './exports.store.ts';
import { notificationOf } from './spot-notification.ts';

/** From 2 s, doubling to an hour, for a good week. */
const queueName = 'notify-subscriber';
const patience = { retries: 200, firstDelaySeconds: 2, maxDelaySeconds: 3600, atOnce: 4 };

/** What a receiver has not taken by then is let go. */
const mostAgeMs = 7 * 86_400_000;
const mostAtOnce = 1000;

interface DeliveryDeps {
  db: Database;
  store: ExportsStore;
  jobs: Jobs;
  send: SendWebhook;
  clock: Clock;
  key: Uint8Array<ArrayBuffer>;
  contextUrl: string;
  log: Log;
}

type Outcome = 'sent' | 'nothing' | { failed: string };

/**
 * Brings subscribers what waits for them, in order, at least once. A receiver that does not answer is asked by one job,
 * however much waits behind, so that it holds up its own notifications only.
 */
export function createDelivery(deps: DeliveryDeps) {
  const { db, store, jobs, send, clock, key, contextUrl, log } = deps;

  async function headersOf({ headers }: SubscriptionRow): Promise<Record<string, string>> {
    if (headers === null) return {};
    const list = JSON.parse(await unseal(headers, key)) as { key: string; value: string }[];
    return Object.fromEntries(list.map(({ key: name, value }) => [name.toLowerCase(), value]));
  }

  async function deliverNext(subscriptionId: string, pendingId: number): Promise<Outcome> {
    return db.transaction(async (tx) => {
      const row = await store.takeSubscription(subscriptionId, tx);
      if (!row) return 'nothing';
      if (row === 'taken') return { failed: 'another is sending to this subscriber' };
      const now = clock.now();
      await letGo(row, now, tx);
      const batch = nextBatch(await store.listPending(subscriptionId, mostAtOnce, tx));
      const head = batch[0]?.id;
      if (head === undefined || isAnothersTurn(row, { head, mine: pendingId, now }))
        return 'nothing';
      const failed = await attempt(row, batch, now);
      await store.saveAttempt(row.id, { at: now, isSent: failed === undefined }, tx);
      if (failed !== undefined) {
        log.warn({ subscription: row.id, error: failed }, 'a subscriber took no notification');
        return { failed };
      }
      await store.removePending(
        batch.map(({ id }) => id),
        tx,
      );
      return 'sent';
    });
  }

  async function letGo(row: SubscriptionRow, now: Date, tx: Database): Promise<void> {
    const count = await store.dropPending(row.id, new Date(now.getTime() - mostAgeMs), tx);
    if (count > 0)
      log.warn({ subscription: row.id, count }, 'notifications were let go: nobody took them');
  }

  /** Returns why it was not taken. */
  async function attempt(
    row: SubscriptionRow,
    batch: readonly Pending[],
    now: Date,
  ): Promise<string | undefined> {
    const { wish, id } = row;
    const { headers, body } = notificationOf(batch, { subscriptionId: id, wish, contextUrl, now });
    try {
      await send({
        url: wish.notification.endpoint.uri,
        headers: { ...(await headersOf(row)), ...headers },
        body: JSON.stringify(body),
      });
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  async function deliver(id: string, pendingId: number): Promise<void> {
    for (;;) {
      const outcome = await deliverNext(id, pendingId);
      if (outcome === 'nothing') return;
      if (outcome !== 'sent') throw new Error(outcome.failed);
    }
  }

  jobs.work({ name: queueName, ...patience }, ({ id }) => {
    const { subscriptionId, pendingId } = JSON.parse(id) as DeliveryJob;
    return deliver(subscriptionId, pendingId);
  });

  return {
    queue: (subscriptionId: string, pendingId: number, tx: Database): Promise<void> =>
      jobs.add(queueName, JSON.stringify({ subscriptionId, pendingId } satisfies DeliveryJob), tx),
  };
}

interface DeliveryJob {
  subscriptionId: string;
  pendingId: number;
}
