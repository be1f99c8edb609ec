import type { CapMessage } from '@vigie/contracts/cap';
import type { Board } from '@vigie/contracts/evacuation';
import type { Clock } from '../../platform/clock.ts';
import { messageOf, NotFound } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { SendWebhook } from '../../platform/webhook.driver.ts';
import { endReasonOf } from '../reports/report.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import type { CapStore, StoredCap } from './cap.store.ts';
import {
  type CapElement,
  type CapPlace,
  capAlert,
  capDue,
  capIdentifier,
  type SentCap,
} from './cap.ts';
import type { IncidentsService } from './incidents.service.ts';

/** Waits of a receiver that does not answer: doubled from the first to the last. */
const firstWaitMs = 5000;
const lastWaitMs = 300_000;

/** A message that is older tells nobody anything: a receiver that is set later must not get the past. */
const worthMs = 86_400_000;

interface CapDeps {
  store: CapStore;
  incidents: Pick<IncidentsService, 'board' | 'get' | 'listLines' | 'listActiveIds'>;
  rooms: Pick<RoomsService, 'findBuilding'>;
  toXml: (alert: CapElement) => string;
  publish: (buildingId: string, xml: string) => void;
  post: SendWebhook;
  /** Who gets every message, in order; `undefined`: nobody. */
  receiver:
    | { url: string; headersOf: (id: string, body: string) => Record<string, string> }
    | undefined;
  place: Omit<CapPlace, 'address'>;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}

export type CapService = ReturnType<typeof createCapService>;

/** Tells other systems about incidents by the Common Alerting Protocol: on the bus, and to one receiver. */
export function createCapService(deps: CapDeps) {
  const { store, incidents, clock } = deps;

  async function follow(id: string): Promise<void> {
    const board = await incidents.board(id);
    const stored = await store.list(id);
    const now = clock.now();
    const facts = factsOf(board);
    const sent = stored.map(sentFrom);
    const type = capDue(board.incident, facts, { last: sent.at(-1), now });
    if (!type) return;
    const { incident } = board;
    const address = deps.rooms.findBuilding(incident.buildingId)?.address ?? '';
    const endReason = endReasonOf(await incidents.listLines(id)) ?? '';
    const place = { ...deps.place, address };
    const alert = capAlert({ incident, type, facts, sent, now, endReason, place });
    const n = sent.length + 1;
    const xml = deps.toXml(alert);
    const message = { incidentId: id, n, identifier: capIdentifier(id, n), type, facts, xml };
    if (await store.add({ ...message, sent: String(alert.sent), sentAt: now }))
      deps.publish(incident.buildingId, xml);
  }

  let isDelivering = false;

  /** A receiver that is slow to answer must not get the same from the next round. */
  async function deliver(): Promise<void> {
    if (!deps.receiver || isDelivering) return;
    isDelivering = true;
    try {
      await sendAll();
    } finally {
      isDelivering = false;
    }
  }

  async function sendAll(): Promise<void> {
    const since = new Date(clock.now().getTime() - worthMs);
    const waiting = new Set<string>();
    for (const message of await store.listUndelivered(since)) {
      // A later message refers to this one: it comes after it or not at all.
      if (waiting.has(message.incidentId)) continue;
      const isDue = !message.nextAttemptAt || message.nextAttemptAt <= clock.now();
      if (!isDue || !(await send(message))) waiting.add(message.incidentId);
    }
  }

  async function send(message: StoredCap): Promise<boolean> {
    if (!deps.receiver) return false;
    const { url, headersOf } = deps.receiver;
    try {
      await deps.post({
        url,
        headers: headersOf(message.identifier, message.xml),
        body: message.xml,
      });
      await store.setTried(message, { deliveredAt: clock.now(), error: null });
      return true;
    } catch (error) {
      const waitMs = Math.min(lastWaitMs, firstWaitMs * 2 ** message.attempts);
      const nextAttemptAt = new Date(clock.now().getTime() + waitMs);
      const failed = { attempts: message.attempts + 1, nextAttemptAt, error: messageOf(error) };
      await store.setTried(message, failed);
      deps.log.warn({ cap: message.identifier, ...failed }, 'a CAP message was not taken');
      return false;
    }
  }

  return {
    /** Writes what is due, then sends what waits. Rejects when the database does. */
    round: async (): Promise<void> => {
      const ended = await store.listUncancelled();
      const ids = new Set([...incidents.listActiveIds(), ...ended.map(({ id }) => id)]);
      for (const id of ids) await follow(id);
      await deliver();
    },

    list: async (id: string): Promise<CapMessage[]> => {
      await incidents.get(id);
      return (await store.list(id)).map(({ n, identifier, type, sentAt, deliveredAt, error }) => ({
        n,
        identifier,
        type,
        sentAt: sentAt.toISOString(),
        deliveredAt: deliveredAt?.toISOString() ?? null,
        error,
      }));
    },

    /** @throws NotFound when there is no such incident or message. */
    xml: async (id: string, n: number): Promise<string> => {
      await incidents.get(id);
      const found = (await store.list(id)).find((message) => message.n === n);
      if (found) return found.xml;
      throw new NotFound(
        'evacuation/cap-unknown',
        `Incident ${id} has no message ${n}. GET /api/v1/incidents/${id}/cap lists them.`,
      );
    },
  };
}

const factsOf = ({ incident, totals }: Board): SentCap['facts'] => ({
  kind: incident.kind,
  peopleMin: totals.peopleMin,
  peopleMax: totals.peopleMax,
  roomsUnknown: totals.roomsUnknown,
});

const sentFrom = ({ identifier, type, sent, sentAt, facts }: StoredCap): SentCap => ({
  identifier,
  type,
  sent,
  sentAt: sentAt.toISOString(),
  facts,
});
