import { randomUUID } from 'node:crypto';
import type { Fault } from '@vigie/contracts/devices';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Log } from '../platform/log.ts';
import type { DevicesStore } from './devices.store.ts';
import { type FaultChange, faultChanges, type Health } from './fault-rules.ts';

/** Where faults become tickets, e.g. a help desk. */
export interface TicketDesk {
  /**
   * Opens the ticket of a fault and gives its number. Called again after a failure, with the same fault id: a desk
   * that may have taken it already looks for that id first.
   */
  open(fault: Fault): Promise<string>;
}

interface FaultsDeps {
  db: Pick<Database, 'transaction'>;
  store: DevicesStore;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  /** `undefined`: faults are listed, and nobody is told. */
  desk: TicketDesk | undefined;
}

const queueName = 'open-ticket';
const patience = { retries: 200, firstDelaySeconds: 5, maxDelaySeconds: 3600 };
const missedBatch = 500;

/** Faults of devices: one open fault of a kind each, one ticket for each fault. */
export function createFaultsService({ db, store, jobs, clock, log, desk }: FaultsDeps) {
  async function open(
    deviceId: string,
    { kind, detail }: FaultChange,
    tx: Database,
  ): Promise<void> {
    const fault = {
      id: randomUUID(),
      deviceId,
      kind,
      detail: detail ?? '',
      openedAt: clock.now().toISOString(),
    };
    if (!(await store.openFault(fault, tx))) return;
    log.warn({ device: deviceId, kind, detail }, 'a device has a fault');
    if (desk) await jobs.add(queueName, fault.id, tx);
  }

  async function openTicket(id: string): Promise<void> {
    const fault = await store.findFault(id);
    if (!desk || !fault || fault.ticket !== null) return;
    try {
      await store.saveTicket(id, await desk.open(fault));
    } catch (error) {
      log.warn(
        { fault: id, error: messageOf(error) },
        'a ticket could not be opened; it will be tried again',
      );
      throw error;
    }
  }

  if (desk) jobs.work({ name: queueName, ...patience }, ({ id }) => openTicket(id));

  return {
    list: store.listFaults,
    /** Opens and closes what the newest words of the devices say. */
    note: async (
      words: readonly { id: string; model: string; health: Health }[],
      tx: Database,
    ): Promise<void> => {
      const known = await store.openFaultsOf(
        words.map(({ id }) => id),
        tx,
      );
      const over: string[] = [];
      for (const { id, model, health } of words) {
        for (const change of faultChanges(model, health)) {
          const mine = known.find(({ deviceId, kind }) => deviceId === id && kind === change.kind);
          if (change.detail === null && mine) over.push(mine.id);
          if (change.detail !== null && !mine) await open(id, change, tx);
        }
      }
      await store.closeFaults(over, clock.now(), tx);
    },
    /** Opens a fault for each device that has been silent for too long; returns how many. */
    noteSilence: (): Promise<number> =>
      db.transaction(async (tx) => {
        const missed = await store.listMissed(clock.now(), missedBatch, tx);
        for (const { id, lastSeenAt } of missed)
          await open(id, { kind: 'silent', detail: lastSeenAt?.toISOString() ?? '' }, tx);
        return missed.length;
      }),
  };
}

export type FaultsService = ReturnType<typeof createFaultsService>;
