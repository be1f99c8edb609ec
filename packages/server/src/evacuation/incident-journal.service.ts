import type { IncidentLine } from '@vigie/contracts/evacuation';
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
