import { setTimeout as pause } from 'node:timers/promises';
import type { ParkingRecords } from '../parking/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Log } from '../platform/log.ts';
import type { ExportsStore } from './exports.store.ts';
import { spotId, spotOf } from './parking-spot.ts';
import { changesSince } from './status-changes.ts';
import { subscriptionStatus, wantedOf } from './subscription-match.ts';

/** How many spaces are told of in one transaction at most. */
const mostSpaces = 500;
const retryMs = 2000;
/** So long changes gather before they are told together. Real time. */
const gatherMs = 300;

interface WatchDeps {
  db: Pick<Database, 'transaction'>;
  store: ExportsStore;
  records: Pick<ParkingRecords, 'listSpaces'>;
  events: Pick<EventBus, 'on'>;
  /** Asks for a delivery, in the transaction that made it necessary. */
  queueDelivery: (subscriptionId: string, pendingId: number, tx: Database) => Promise<void>;
  /** The clock that parking runs on, and that of the world outside. */
  clocks: { parking: Clock; system: Clock };
  log: Log;
}

/** Notices changes of status and writes them down for those who subscribed. */
export interface StatusWatch {
  /** Begins with what changed while nobody watched. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A change is what differs from what was told last, not what an event said: so a lost, repeated or reordered event tells
 * nothing twice, and a restart catches up. What comes and goes before anybody looked (within a third of a second, or while the
 * server is down) is not told.
 */
export function createStatusWatch(deps: WatchDeps): StatusWatch {
  const { db, store, records, events, queueDelivery, clocks, log } = deps;
  /** ids of spaces to look at */
  const waiting = new Set<string>();
  let running: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isOpen = false;
  let endListening = (): void => undefined;

  async function tell(spaceIds: readonly string[], tx: Database): Promise<void> {
    await store.lockTelling(tx);
    const now = await records.listSpaces(spaceIds, tx);
    const changes = changesSince(await store.toldStatuses(spaceIds, tx), now);
    if (changes.length === 0) return;
    await store.saveChanges(changes, clocks.parking.now(), tx);
    const changed = new Set(changes.map(({ spaceId }) => spotId(spaceId)));
    const spots = now.map(spotOf).filter(({ id }) => changed.has(id));
    const at = clocks.system.now();
    for (const { id, wish } of await store.listSubscriptions(tx)) {
      const wanted = subscriptionStatus(wish, at) === 'active' ? wantedOf(wish, spots) : [];
      if (wanted.length === 0) continue;
      const [first] = await store.addPending(id, wanted, { at, tx });
      if (first !== undefined) await queueDelivery(id, first, tx);
    }
  }

  async function run(): Promise<void> {
    while (isOpen && waiting.size > 0) {
      const part = [...waiting].slice(0, mostSpaces);
      for (const id of part) waiting.delete(id);
      try {
        await db.transaction((tx) => tell(part, tx));
      } catch (error) {
        log.error({ error: messageOf(error) }, 'changes could not be told; they are tried again');
        for (const id of part) waiting.add(id);
        retry = setTimeout(wake, retryMs);
        break;
      }
    }
    running = undefined;
  }

  function wake(): void {
    if (isOpen) running ??= pause(gatherMs).then(run);
  }

  function look(spaceIds: readonly string[]): void {
    for (const id of spaceIds) waiting.add(id);
    wake();
  }

  return {
    start: async () => {
      isOpen = true;
      endListening = events.on('space', ({ id }) => look([id]));
      look((await records.listSpaces()).map(({ space }) => space.id));
    },
    stop: async () => {
      isOpen = false;
      endListening();
      clearTimeout(retry);
      await running;
    },
  };
}
