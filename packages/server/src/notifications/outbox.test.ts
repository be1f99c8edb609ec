import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createEventBus } from '../platform/events.ts';
import { createJobs } from '../platform/jobs.ts';
import { createOutgoing } from '../platform/outgoing.driver.ts';
import { createSealedAddresses } from '../platform/sealed-addresses.ts';
import { openTestDatabase } from '../testing/database.ts';
import { startHttpServer, type TestHttpServer } from '../testing/http-server.ts';
import { someLetter, someNotice } from '../testing/letters.ts';
import { silentLog } from '../testing/log.ts';
import { startMailServer, type TestMailServer } from '../testing/mail-server.ts';
import { createNotifications } from './index.ts';
import type { NewLetter } from './letter.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let mail: TestMailServer;
let sms: TestHttpServer;
const servers: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.stop());

beforeEach(async () => {
  mail = await startMailServer();
  sms = await startHttpServer();
});
afterEach(async () => {
  // First the mail server, so that no attempt is waited for.
  await mail.stop();
  await sms.stop();
  for (const server of servers.splice(0)) await server.stop();
});

/** One of the servers that share the database. */
async function startServer() {
  const jobs = createJobs(database.url, silentLog);
  const notifications = createNotifications({
    db: database.db,
    jobs,
    bus: { publish: async () => undefined },
    events: createEventBus(),
    clock: systemClock,
    log: silentLog,
    settings: readConfig({ SMTP_URL: mail.url, VIGIE_SMS_URL: sms.url }),
    addresses: createSealedAddresses(new Uint8Array(32)),
    outgoing: createOutgoing([]),
    publicUrl: 'https://vigie.town.fr',
  });
  await jobs.start();
  const server = {
    ...notifications,
    stop: async () => {
      servers.splice(servers.indexOf(server), 1);
      await jobs.stop();
      notifications.stop();
    },
  };
  servers.push(server);
  return server;
}

function newLetter(id: string, part: Partial<NewLetter> = {}): NewLetter {
  const { kind, channel, recipient, recipientName, subject, text, html } = someLetter();
  const caseId = id.split('-')[1] ?? null;
  const letter = { id, kind, caseId, channel, recipient, recipientName, subject, text, html };
  return { ...letter, data: { ...someNotice, id }, ...part };
}

type Server = Awaited<ReturnType<typeof startServer>>;

const queue = (server: Server, ...letters: NewLetter[]) =>
  database.db.transaction(async (tx) => {
    for (const letter of letters) await server.queue(letter, tx);
  });

const messageOf = async (server: Server, id: string) => {
  const caseId = id.split('-')[1] ?? '';
  const messages = (await server.ofCases([caseId], database.db)).get(caseId) ?? [];
  return messages.find((message) => message.id === id);
};
const isSent = (server: Server, id: string) =>
  expect
    .poll(async () => (await messageOf(server, id))?.status, { timeout: 15_000, interval: 50 })
    .toBe('sent');
const lettersOf = (id: string) =>
  mail.letters.filter((letter) => letter.includes(`<${id}@vigie>`)).length;

/** Lets the wait before the next attempt pass; resolves when that attempt has begun. */
async function nextAttempt(server: Server, id: string): Promise<void> {
  const before = (await messageOf(server, id))?.attempts ?? 0;
  await expect
    .poll(
      async () => {
        await database.pool.query(
          `update pgboss.job set start_after = now() where state = 'retry' and data->>'id' = $1`,
          [id],
        );
        return (await messageOf(server, id))?.attempts;
      },
      { timeout: 10_000, interval: 50 },
    )
    .toBe(before + 1);
}

describe('the outbox', () => {
  it('sends each message once, whichever of two servers takes it', async () => {
    const [first, second] = [await startServer(), await startServer()];
    const ids = Array.from({ length: 12 }, (_, i) => `case-two${i}-opened`);
    await Promise.all([
      queue(first, ...ids.map((id) => newLetter(id))),
      queue(second, ...ids.map((id) => newLetter(id))),
    ]);
    await Promise.all(ids.map((id) => isSent(first, id)));
    expect(ids.map(lettersOf)).toEqual(ids.map(() => 1));
  });

  it('sends nothing of a transaction that failed', async () => {
    const server = await startServer();
    const failing = database.db.transaction(async (tx) => {
      await server.queue(newLetter('case-undone-opened'), tx);
      throw new Error('the case could not be saved');
    });
    await expect(failing).rejects.toThrow(/could not be saved/);
    await queue(server, newLetter('case-done-opened'));
    await isSent(server, 'case-done-opened');
    expect(lettersOf('case-undone-opened')).toBe(0);
  });

  it('loses nothing while the mail server is away and Vigie is started again', async () => {
    const id = 'case-outage-opened';
    const port = Number(new URL(mail.url).port);
    await mail.stop();
    const before = await startServer();
    await queue(before, newLetter(id));
    for (let attempt = 0; attempt < 3; attempt++) await nextAttempt(before, id);
    await before.stop();
    const after = await startServer();
    await nextAttempt(after, id);
    await expect
      .poll(() => messageOf(after, id))
      .toMatchObject({ status: 'queued', lastError: expect.stringMatching(/ECONNREFUSED/) });
    mail = await startMailServer(port);
    await nextAttempt(after, id);
    await isSent(after, id);
    expect(lettersOf(id)).toBe(1);
    expect(await messageOf(after, id)).toMatchObject({ lastError: null });
  });

  it('is patient for more than a week, in steps of an hour at most', async () => {
    await startServer();
    const { rows } = await database.pool.query(
      `select name, retry_limit, retry_delay, retry_delay_max, retry_backoff
       from pgboss.queue where name like 'deliver-%'`,
    );
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      const waits = Array.from({ length: row.retry_limit }, (_, i) =>
        Math.min(row.retry_delay * 2 ** i, row.retry_delay_max),
      );
      expect(row).toMatchObject({ retry_backoff: true, retry_delay_max: 3600 });
      // The least it can be: chance makes waits below the longest one longer.
      expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(7 * 86_400);
    }
  });

  it('repeats a letter under its id when it may have been taken', async () => {
    const id = 'case-dropped-opened';
    mail.drops = true;
    const server = await startServer();
    await queue(server, newLetter(id));
    await expect.poll(() => lettersOf(id), { timeout: 10_000 }).toBe(1);
    await expect.poll(async () => (await messageOf(server, id))?.lastError).toBeTruthy();
    expect(await messageOf(server, id)).toMatchObject({ status: 'queued', attempts: 1 });
    mail.drops = false;
    await nextAttempt(server, id);
    await isSent(server, id);
    expect(lettersOf(id)).toBe(2);
  });

  it('sends nothing that was withdrawn, and keeps what was sent', async () => {
    const server = await startServer();
    mail.refuses = true;
    await queue(server, newLetter('case-gone-opened'));
    await expect
      .poll(async () => (await messageOf(server, 'case-gone-opened'))?.lastError, { timeout: 9000 })
      .toMatch(/come back later/);
    await database.db.transaction((tx) => server.withdraw('gone', ['case-opened'], tx));
    mail.refuses = false;
    await queue(server, newLetter('case-kept-opened'));
    await isSent(server, 'case-kept-opened');
    await database.db.transaction((tx) => server.withdraw('kept', ['case-opened'], tx));
    await database.pool.query(`update pgboss.job set start_after = now() where state = 'retry'`);
    await expect
      .poll(async () => {
        const { rows } = await database.pool.query(
          `select state from pgboss.job where data->>'id' = 'case-gone-opened'`,
        );
        return rows[0]?.state;
      })
      .toBe('completed');
    expect(lettersOf('case-gone-opened')).toBe(0);
    expect(await messageOf(server, 'case-gone-opened')).toMatchObject({ status: 'withdrawn' });
    expect(await messageOf(server, 'case-kept-opened')).toMatchObject({ status: 'sent' });
  });

  it('gets an SMS out while the mail server stalls', async () => {
    mail.stalls = true;
    const server = await startServer();
    await queue(
      server,
      newLetter('case-stalled-opened'),
      newLetter('case-stalled-escalated', { channel: 'sms', recipient: '+33612345678' }),
    );
    await isSent(server, 'case-stalled-escalated');
    expect(sms.requests).toHaveLength(1);
    expect(await messageOf(server, 'case-stalled-opened')).toMatchObject({ status: 'queued' });
  });
});
