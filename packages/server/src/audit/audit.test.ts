import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditNote } from '../platform/audit.ts';
import { openDatabase } from '../platform/database.ts';
import { digestOf } from '../platform/secrets.ts';
import { openTestDatabase } from '../testing/database.ts';
import { silentLog } from '../testing/log.ts';
import { createAuditService } from './audit.service.ts';
import { createAuditStore } from './audit.store.ts';
import { createHeadService } from './head.service.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let other: Awaited<ReturnType<typeof openDatabase>>;
let now: Date;
let salts = 0;

const open = ({ db }: Pick<typeof database, 'db'> = database) =>
  createAuditService({
    store: createAuditStore(db),
    clock: { now: () => now, rate: 1 },
    digest: digestOf,
    newSalt: () => `salt ${salts++}`,
    log: silentLog,
  });
const ada = { id: 'account:ada', name: 'ada.lovelace', address: '192.0.2.7' };
const note = (n: number, given: Partial<AuditNote> = {}): AuditNote => ({
  actor: ada,
  act: 'change',
  subject: `room:${n}`,
  details: { n, list: ['b', 'a'], nothing: null },
  told: { reason: `parce que ${n}\0` },
  ...given,
});
/** As somebody does it who owns the database. */
const tamper = (sql: string) =>
  database.pool.query(`ALTER TABLE audit_rows DISABLE TRIGGER USER; ${sql};
    ALTER TABLE audit_rows ENABLE TRIGGER USER`);
const faults = async (head?: string) => (await open().verify(head)).faults;
const write = async (count: number) => {
  for (let n = 1; n <= count; n++) await open().write(note(n));
};

beforeAll(async () => {
  database = await openTestDatabase();
  other = await openDatabase(database.url, silentLog);
  await Promise.all([open().guard(), open(other).guard()]);
});
afterAll(async () => {
  await other?.stop();
  await database?.stop();
});
beforeEach(async () => {
  now = new Date('2026-11-26T08:00:00.000Z');
  await tamper('TRUNCATE audit_rows');
});

describe('the log of acts', () => {
  it('has neither gaps nor forks when two servers write at once', async () => {
    const servers = [open(), open(other)];
    const writing = servers.flatMap((server) =>
      Array.from({ length: 40 }, (_, n) => server.write(note(n))),
    );
    await Promise.all(writing);
    expect(await open().verify()).toMatchObject({
      rows: 80,
      first: 1,
      head: { seq: 80 },
      faults: [],
    });
  });

  it('keeps a row with its act, or neither', async () => {
    await write(1);
    const failed = database.db.transaction(async (tx) => {
      await open().record(note(2), tx);
      throw new Error('the act failed');
    });
    await expect(failed).rejects.toThrow('the act failed');
    await write(1);
    expect(await open().verify()).toMatchObject({ rows: 2, head: { seq: 2 }, faults: [] });
  });

  it.each([
    `UPDATE audit_rows SET subject = 'x'`,
    `UPDATE audit_rows SET told = '{}'`,
    `DELETE FROM audit_rows`,
    `TRUNCATE audit_rows`,
    `SET vigie.audit = 'silence'; UPDATE audit_rows SET subject = 'x'`,
  ])('refuses %s', async (statement) => {
    await write(2);
    await expect(database.pool.query(statement)).rejects.toThrow('neither changed nor removed');
    await database.pool.query('SET vigie.audit = DEFAULT');
    expect(await faults()).toEqual([]);
  });

  it.each([
    { what: 'another subject', sql: `UPDATE audit_rows SET subject = 'x' WHERE seq = 3`, seq: 3 },
    {
      what: 'another time',
      sql: `UPDATE audit_rows SET at = at - interval '1 ms' WHERE seq = 3`,
      seq: 3,
    },
    {
      what: 'another detail',
      sql: `UPDATE audit_rows SET details = details || '{"n":4}' WHERE seq = 3`,
      seq: 3,
    },
    {
      what: 'another name',
      sql: `UPDATE audit_rows SET told = jsonb_set(told, '{actorName,value}', '"bob"') WHERE seq = 3`,
      seq: 3,
    },
    { what: 'no name', sql: `UPDATE audit_rows SET told = '{}' WHERE seq = 3`, seq: 3 },
    { what: 'a row less', sql: `DELETE FROM audit_rows WHERE seq = 3`, seq: 4 },
    { what: 'no beginning', sql: `DELETE FROM audit_rows WHERE seq < 3`, seq: 3 },
    {
      what: 'two rows that changed places',
      sql: `UPDATE audit_rows SET seq = 99 WHERE seq = 3; UPDATE audit_rows SET seq = 3 WHERE seq = 4;
        UPDATE audit_rows SET seq = 4 WHERE seq = 99`,
      seq: 3,
    },
  ])('names the row that has $what', async ({ sql, seq }) => {
    await write(6);
    await tamper(sql);
    expect((await faults()).map((fault) => fault.seq)).toContain(seq);
  });

  it('misses its tail when a head was written down', async () => {
    await write(4);
    const { head } = await open().verify();
    await tamper('DELETE FROM audit_rows WHERE seq > 2');
    expect(await faults()).toEqual([]);
    expect(await faults(head.hash)).toMatchObject([{ kind: 'head-missing' }]);
  });

  it('has its head mailed once a month, and at once when it is not as it was written', async () => {
    const letters = new Map<string, string>();
    const lines: string[] = [];
    const started = () =>
      createHeadService({
        db: database.db,
        verify: open().verify,
        mails: {
          addresses: ['dpo@example.org', 'archives@example.org'],
          town: 'Drancy',
          queue: async ({ id, recipient, subject, text }) =>
            void letters.set(id, `${recipient} ${subject} ${text}`),
        },
        digestOf,
        clock: { now: () => now, rate: 1 },
        log: { info: () => undefined, error: (data) => void lines.push(JSON.stringify(data)) },
      });
    const said = () => [...letters.values()].splice(-2).join();
    await write(3);
    const head = started();
    await head.tell();
    await started().tell();
    expect(letters.size).toBe(2);
    expect(said()).toContain((await open().verify()).head.hash);
    expect(said()).toMatch(/dpo@.*ligne 3.*archives@/s);
    now = new Date('2026-12-01T08:00:00.000Z');
    await head.tell();
    expect([letters.size, lines]).toEqual([4, []]);
    await tamper('DELETE FROM audit_rows WHERE seq = 3');
    await head.tell();
    expect([letters.size, lines]).toEqual([6, [expect.stringContaining('cut off')]]);
    expect(said()).toMatch(/a été modifié.*Row 2 is the last/s);
    await tamper(`UPDATE audit_rows SET subject = 'x' WHERE seq = 1`);
    for (let day = 0; day < 2; day++) await head.tell();
    expect(letters.size).toBe(8);
    expect(said()).toContain('Row 1 was altered.');
  });

  it('loses its old end on record, and goes on from there', async () => {
    await write(3);
    now = new Date('2026-12-26T08:00:00.000Z');
    await write(2);
    const { oldData } = open();
    const until = new Date('2026-12-01T00:00:00.000Z');
    const removed = await database.db.transaction((tx) => oldData.remove(until, tx));
    expect([await oldData.count(until, database.db), removed]).toEqual([0, 3]);
    const again = await database.db.transaction((tx) => oldData.remove(until, tx));
    expect(again).toBe(0);
    expect(await open().verify()).toMatchObject({ rows: 3, first: 4, faults: [] });
    await tamper('DELETE FROM audit_rows WHERE seq = 4');
    expect(await faults()).toMatchObject([{ seq: 5, kind: 'beginning-removed' }]);
  });

  it('forgets a person and stays whole', async () => {
    await write(2);
    const officer = { id: 'account:dpo', name: 'dpo' };
    const about = { subject: 'account:ada', told: { subjectName: 'ada.lovelace' } };
    await open().write(note(3, { actor: officer, act: 'account-changed', ...about }));
    await database.db.transaction((tx) =>
      open().erase({ id: 'account:ada' }, { actor: officer }, tx),
    );
    const { rows } = await database.pool.query('SELECT told::text FROM audit_rows');
    expect(JSON.stringify(rows)).not.toMatch(/lovelace|192\.0\.2\.7|parce que/);
    expect(JSON.stringify(rows)).toContain('dpo');
    expect(await open().verify()).toMatchObject({ rows: 4, faults: [] });
  });

  it('is found by who, what, about what and when', async () => {
    await write(3);
    await open().write(note(9, { actor: { id: 'program:1', name: '100%' }, act: 'export' }));
    const seqs = async (wish: object) =>
      (await open().list({ limit: 100, ...wish })).rows.map(({ seq }) => seq);
    expect(await seqs({})).toEqual([4, 3, 2, 1]);
    expect(await seqs({ who: 'LOVE' })).toEqual([3, 2, 1]);
    expect(await seqs({ who: '0%' })).toEqual([4]);
    expect(await seqs({ who: '%' })).toEqual([4]);
    expect(await seqs({ act: 'export' })).toEqual([4]);
    expect(await seqs({ subject: 'room:2' })).toEqual([2]);
    expect(await seqs({ from: '2026-11-27T00:00:00.000Z' })).toEqual([]);
    expect(await seqs({ before: 3, limit: 1 })).toEqual([2]);
  });

  it('is written when the database is there again', async () => {
    const gone = await openDatabase(database.url, silentLog);
    const late = open(gone);
    late.writeLater(note(1));
    late.writeLater(note(2));
    await late.stop();
    await gone.stop();
    expect((await open().verify()).rows).toBe(2);
  });
});
