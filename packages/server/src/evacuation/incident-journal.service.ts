import type { IncidentLine } from '@vigie/contracts/evacuation';
import { Conflict, Unavailable, VigieError } from '../platform/errors.ts';
import type { IncidentStatements, IncidentStore } from './incidents.store.ts';

/** Something seen during an incident that is to be kept. */
export type JournalEntry = { incidentId: string } & (
  | { line: IncidentLine }
  | { roomId: string; confirmedEmptyAt: string }
);

export type IncidentJournal = ReturnType<typeof createIncidentJournal>;

/**
 * Keeps what the rooms did during an incident in memory until the database has it, so that a database that is
 * down for a while neither stops the board nor loses the times. Order is kept.
 */
export function createIncidentJournal({ store }: { store: IncidentStore }) {
  const pending: JournalEntry[] = [];
  let running: Promise<void> = Promise.resolve();

  async function writeAll(): Promise<void> {
    const batch = pending.slice();
    if (batch.length === 0) return;
    await store.transaction(async (tx) => {
      for (const entry of batch) await write(tx, entry);
    });
    pending.splice(0, batch.length);
  }

  return {
    note: (entry: JournalEntry): void => void pending.push(entry),
    /** Stores everything noted so far, one call after the other. Rejects when the database does; then all is kept. */
    flush: (): Promise<void> => {
      running = running.then(writeAll, writeAll);
      return running;
    },
  };
}

const write = (tx: IncidentStatements, entry: JournalEntry): Promise<void> =>
  'line' in entry
    ? tx.append(entry.incidentId, entry.line)
    : tx.confirmEmpty(entry.incidentId, entry.roomId, new Date(entry.confirmedEmptyAt));

/** @throws Unavailable when the database does not take it. */
export async function stored<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VigieError) throw error;
    throw new Unavailable(
      'platform/database-failed',
      `${what} could not be stored: the database does not answer. Try again; if it lasts, see the server's log.`,
      { cause: error },
    );
  }
}

/** Two different findings of one id: the second one would be lost unnoticed. */
export const idTaken = (id: string): Conflict =>
  new Conflict(
    'evacuation/finding-id-taken',
    `Another finding of this incident has the id ${id}. Draw a new one and send it again.`,
  );
