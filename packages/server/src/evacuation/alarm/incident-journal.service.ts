import { AlarmSource, Incident, IncidentLine } from '@vigie/contracts/evacuation';
import { Instant } from '@vigie/contracts/time';
import * as z from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { Conflict, Unavailable, VigieError } from '../../platform/errors.ts';
import { joinedBy } from './alarm.ts';
import type { IncidentStatements, IncidentStore, StoredRoom } from './incidents.store.ts';

/** The beginning of an incident. `webhookId`: of the delivery that began it. */
interface Beginning {
  begun: Incident;
  rooms: readonly StoredRoom[];
  webhookId: string | undefined;
}

/** Something that happened in an incident and is to be kept. */
export type JournalEntry = { incidentId: string } & (
  | Beginning
  | { joined: AlarmSource }
  | { line: IncidentLine }
  | { roomId: string; confirmedEmptyAt: string }
);

/** `id`: replayed, the entry is stored once. `notedAt`: milliseconds since 1970. */
type Noted = JournalEntry & { id: string; notedAt: number };

/** Where entries wait for the database beyond the life of the process. */
export interface JournalFile {
  read(): string[];
  /** `false`: the disk did not take it; the failure is logged. */
  append(line: string): boolean;
  clear(): void;
  close(): void;
}

interface JournalDeps {
  store: IncidentStore;
  file: JournalFile;
  clock: Clock;
  newId: () => string;
}

/** An alarm waits so long for the database; then it goes on without, and the journal keeps it. */
const patienceMs = 1000;

/** An entry that waits longer than this is worth a word on the board. */
const delayMs = 2000;

export type IncidentJournal = ReturnType<typeof createIncidentJournal>;

/**
 * Keeps what happened in incidents in memory and on disk until the database has it, so that a database that is down for a
 * while neither stops the board nor loses anything, not even when the server ends meanwhile. Order is kept.
 */
export function createIncidentJournal({ store, file, clock, newId }: JournalDeps) {
  const pending: Noted[] = [];
  /** by id of an incident that was begun here while another server had begun one in the same building */
  const movedTo = new Map<string, string>();
  let isOnDisk = true;
  let running: Promise<void> = Promise.resolve();

  async function begin(tx: IncidentStatements, { begun, rooms, webhookId }: Beginning) {
    if (webhookId) await tx.takeWebhook(webhookId, begun.buildingId, clock.now());
    if (await tx.add(begun, rooms)) return;
    const other = await tx.findActiveForUpdate(begun.buildingId);
    if (!other || other.id === begun.id) return;
    movedTo.set(begun.id, other.id);
    await tx.setJoined(begun.sources.reduce(joinedBy, other));
  }

  async function write(tx: IncidentStatements, entry: Noted): Promise<void> {
    if ('begun' in entry) return begin(tx, entry);
    const incidentId = movedTo.get(entry.incidentId) ?? entry.incidentId;
    if ('line' in entry) return tx.append(incidentId, entry.line, entry.id);
    if ('roomId' in entry)
      return tx.confirmEmpty(incidentId, entry.roomId, new Date(entry.confirmedEmptyAt));
    const joined = await tx.find(incidentId);
    if (joined) await tx.setJoined(joinedBy(joined, entry.joined));
  }

  async function writeAll(): Promise<void> {
    const batch = pending.slice();
    if (batch.length === 0) return;
    await store.transaction(async (tx) => {
      for (const entry of batch) await write(tx, entry);
    });
    pending.splice(0, batch.length);
    // What was noted meanwhile stays on disk with its forerunners: replayed, they are stored once.
    if (pending.length > 0) return;
    file.clear();
    isOnDisk = true;
  }

  function flush(): Promise<void> {
    running = running.then(writeAll, writeAll);
    return running;
  }

  return {
    /** Takes up what a killed server could not store. */
    load: (): void => {
      pending.push(...file.read().flatMap(entryIn));
    },
    note: (entry: JournalEntry, id = newId()): void => {
      const noted = { ...entry, id, notedAt: clock.now().getTime() };
      pending.push(noted);
      isOnDisk = file.append(JSON.stringify(noted)) && isOnDisk;
    },
    /** Stores everything noted so far, one call after the other. Rejects when the database does; then all is kept. */
    flush,
    /** Like `flush`, but content with the disk. */
    keep: (): Promise<void> =>
      flush().catch((error) => {
        if (!isOnDisk) throw error;
      }),
    /** Since when something waits for the database, if that is long. */
    delayedSince: (): string | null => {
      const first = pending[0];
      if (!first || clock.now().getTime() - first.notedAt < delayMs) return null;
      return new Date(first.notedAt).toISOString();
    },
    close: (): void => file.close(),
  };
}

const common = z.object({ incidentId: z.string(), id: z.string(), notedAt: z.number() });
const Entry = z.union([
  common.extend({ begun: Incident, rooms: z.array(z.looseObject({})) }).loose(),
  common.extend({ joined: AlarmSource }),
  common.extend({ line: IncidentLine }),
  common.extend({ roomId: z.string(), confirmedEmptyAt: Instant }),
]);

/** None for the half line of a server that was killed while it wrote, and for what is no entry: it would block all others. */
function entryIn(line: string): Noted[] {
  try {
    return [Entry.parse(JSON.parse(line)) as Noted];
  } catch {
    return [];
  }
}

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

/** Rejects when `work` takes longer than an alarm may wait; `work` goes on. */
export async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database is too slow')), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
