import type {
  AuditEntry,
  AuditPage,
  AuditQuery,
  AuditRow,
  AuditVerification,
  PrivateKey,
} from '@vigie/contracts/audit';
import { commitmentOf, createChainCheck, type Digest, hashOf } from '@vigie/contracts/audit-chain';
import { type AuditLog, type AuditNote, systemActor } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { OldData } from '../platform/old-data.ts';
import type { AuditStore, LoggedPerson } from './audit.store.ts';

const pageSize = 1000;
const retryMs = 5000;
/** More than this waits for no database: the log of incidents has its own journal on disk. */
const longestQueue = 10_000;

interface AuditDeps {
  store: AuditStore;
  clock: Clock;
  digest: Digest;
  newSalt: () => string;
  log: Pick<Log, 'error'>;
}

export type AuditService = ReturnType<typeof createAuditService>;

/** Writes the chain, reads it, and finds what somebody changed in it. */
export function createAuditService({ store, clock, digest, newSalt, log }: AuditDeps) {
  async function record(note: AuditNote, tx: Database): Promise<void> {
    const { seq, hash: previous } = await store.lockHead(tx);
    const told = toldOf(note, newSalt);
    const entry: AuditEntry = {
      seq: seq + 1,
      at: clock.now().toISOString(),
      actor: note.actor.id,
      act: note.act,
      subject: note.subject ?? '',
      details: note.details ?? {},
      commitments: commitmentsOf(told, digest),
    };
    await store.add({ ...entry, previous, hash: hashOf(entry, previous, digest), told }, tx);
  }
  const write = (note: AuditNote) => store.transaction((tx) => record(note, tx));
  const waiting = createWaiting(write, log);

  async function* allRows(): AsyncGenerator<AuditRow[]> {
    let page: AuditRow[] = [];
    do {
      page = await store.listAfter(page.at(-1)?.seq ?? 0, pageSize);
      yield page;
    } while (page.length === pageSize);
  }

  const writer: AuditLog = { record, write, writeLater: waiting.add };
  return {
    ...writer,
    list: async (query: AuditQuery): Promise<AuditPage> => ({
      rows: await store.list(query),
      head: await store.findHead(),
    }),
    listAbout: store.listAbout,
    allRows,
    verify: async (head?: string): Promise<AuditVerification> => {
      const check = createChainCheck(digest);
      for await (const page of allRows()) for (const row of page) check.take(row);
      return { at: clock.now().toISOString(), ...check.end(head) };
    },
    /** What is told of a person goes; that it went is a row of its own. Returns the rows that told something. */
    erase: async (person: LoggedPerson, note: Omit<AuditNote, 'act'>, tx: Database) => {
      await store.lockHead(tx);
      const rows = await store.silence(person, tx);
      const subject = 'id' in person ? person.id : '';
      await record({ ...note, act: 'person-erased', subject }, tx);
      return rows;
    },
    guard: store.guard,
    stop: waiting.stop,
    oldData: oldRowsOf(store, record),
  };
}

/** The old end of the log. A row says up to where it went, and by which hash the rest goes on. */
const oldRowsOf = (store: AuditStore, record: AuditLog['record']): OldData => ({
  kind: 'audit',
  count: async (until, db) => (await store.countOld(until, db)).rows,
  remove: async (until, tx) => {
    await store.lockHead(tx);
    const { seq: through, hash, rows } = await store.countOld(until, tx);
    if (rows === 0) return 0;
    const details = { through, hash, rows, until: until.toISOString() };
    await record({ actor: systemActor, act: 'log-cut', details }, tx);
    await store.removeThrough(through, tx);
    return rows;
  },
});

/** PostgreSQL takes neither NUL nor half a character. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

function toldOf({ actor, told }: AuditNote, newSalt: () => string): AuditRow['told'] {
  const given = { actorName: actor.name, address: actor.address, ...told };
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      value === undefined || value === ''
        ? []
        : [[key, { value: storable(value), salt: newSalt() }]],
    ),
  );
}

const commitmentsOf = (told: AuditRow['told'], digest: Digest): AuditEntry['commitments'] =>
  Object.fromEntries(
    Object.entries(told).map(([key, { value, salt }]): [PrivateKey, string] => [
      key as PrivateKey,
      commitmentOf(salt, value, digest),
    ]),
  );

/** Notes that wait for the database, in order. */
function createWaiting(write: (note: AuditNote) => Promise<void>, log: Pick<Log, 'error'>) {
  const notes: AuditNote[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    try {
      for (let next = notes[0]; next; next = notes[0]) {
        await write(next);
        notes.shift();
      }
    } catch (error) {
      log.error({ waiting: notes.length, error: messageOf(error) }, 'the audit log is behind');
      timer = setTimeout(begin, retryMs);
    }
  }
  function begin(): void {
    timer = undefined;
    running ??= writeAll().finally(() => {
      running = undefined;
    });
  }

  return {
    add: (note: AuditNote): void => {
      if (notes.length >= longestQueue)
        log.error({ act: note.act, subject: note.subject }, 'an act could not be put on record');
      else notes.push(note);
      if (!timer) begin();
    },
    stop: async (): Promise<void> => {
      await running;
      clearTimeout(timer);
      if (notes.length > 0) await writeAll();
      clearTimeout(timer);
    },
  };
}
