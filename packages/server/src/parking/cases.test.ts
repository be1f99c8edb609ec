import type { Case, Zone } from '@vigie/contracts/parking';
import { topics } from '@vigie/contracts/topics';
import { Town } from '@vigie/contracts/town';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp } from '../testing/app.ts';
import { openTestDatabase } from '../testing/database.ts';
import { startHttpServer, type TestHttpServer } from '../testing/http-server.ts';
import { startMailServer, type TestMailServer } from '../testing/mail-server.ts';

const key = 'a-key-that-is-long-enough';
const password = 'Lanterne-verte9';
const hourMs = 3_600_000;

const zoneOf = { s1: 'street', s2: 'street', s4: 'mute' };

/** Real time, put forward by the tests. */
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead), rate: 1 };
const later = (hours: number): void => {
  ahead += hours * hourMs;
};

let mail: TestMailServer;
let outside: TestHttpServer;
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let twin: Awaited<ReturnType<typeof startTestApp>>;
let police: Client;

const chain = () => [
  { channel: 'mail', address: 'poste@police.fr', name: 'Commissariat', language: 'fr' },
  { channel: 'sms', address: '+33612345678', name: 'Astreinte' },
  { channel: 'webhook', address: `${outside.url}/gendarmerie?token=T0K3N` },
  { channel: 'mqtt' },
];

beforeAll(async () => {
  [mail, outside, database] = await Promise.all([
    startMailServer(),
    startHttpServer(),
    openTestDatabase(),
  ]);
  const settings = {
    DATABASE_URL: database.url,
    SMTP_URL: mail.url,
    VIGIE_SMS_URL: `${outside.url}/sms`,
    VIGIE_CASE_WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}`,
    VIGIE_SECRET: 's'.repeat(32),
  };
  app = await startTestApp(settings, { parkingClock: clock, peopleClock: clock });
  twin = await startTestApp(settings, { parkingClock: clock, peopleClock: clock });
  await app.importTown(
    Town.parse({
      zones: [
        { id: 'street', name: 'Rue', allowedDays: 7, recipients: chain() },
        { id: 'mute', name: 'Cour', allowedDays: 7 },
      ],
      spaces: Object.entries(zoneOf).map(([id, zoneId]) => ({ id, zoneId, label: id })),
      // Of a make that promises no heartbeat: it is never silent for nothing.
      bollards: Object.keys(zoneOf).map((id) => ({
        id: `b-${id}`,
        spaceId: id,
        model: 'mute',
        key,
      })),
    }),
  );
  await app.createUser({ username: 'police', name: 'Poste', role: 'police-officer', password });
  police = await signIn(app.url, 'police', password);
});

afterAll(async () => {
  await twin?.stop();
  await app?.stop();
  await database?.stop();
  await Promise.all([mail?.stop(), outside?.stop()]);
});

/** Reports as the bollard of a space does. */
async function report(spaceId: string, occupied: boolean): Promise<void> {
  const client = await connectAsync(app.mqttUrl, {
    username: `b-${spaceId}`,
    password: key,
    reconnectPeriod: 0,
  });
  await client.publishAsync(
    topics.bollardState(`b-${spaceId}`),
    JSON.stringify({ v: 1, occupied, at: clock.now().toISOString(), batteryPercent: 62 }),
    { qos: 1 },
  );
  await client.endAsync();
}

async function caseOf(spaceId: string): Promise<Case | undefined> {
  const cases = (await police.get('/api/v1/cases')).body as Case[];
  return cases.find((one) => one.spaceId === spaceId);
}

/** A message's kind, its way and its state, oldest first. */
async function told(spaceId: string): Promise<string[]> {
  const messages = (await caseOf(spaceId))?.messages ?? [];
  return messages.map(({ kind, channel, status }) => `${kind} ${channel} ${status}`);
}
const untilTold = (spaceId: string, ...expected: string[]) =>
  expect.poll(() => told(spaceId), { timeout: 15_000, interval: 100 }).toEqual(expected);

const act = async (spaceId: string, status: string) =>
  police.post(`/api/v1/cases/${(await caseOf(spaceId))?.id}/steps`, { status });

describe('a case nobody answers to', () => {
  const opened = 'case-opened mail sent';
  const reminder = 'case-reminder mail sent';
  const bySms = 'case-escalated sms sent';
  const byWebhook = 'case-escalated webhook sent';
  const byMqtt = 'case-escalated mqtt sent';

  it('is told to the first of the chain, in his language', async () => {
    await report('s1', true);
    later(7 * 24);
    await untilTold('s1', opened);
    expect(mail.letters).toHaveLength(1);
    expect(mail.letters[0]).toMatch(/^To: poste@police.fr/m);
    expect(mail.letters[0]).not.toMatch(/has been taken/);
    expect(mail.letters[0]).toMatch(/batterie 62/);
    expect(await caseOf('s1')).toMatchObject({
      status: 'sent',
      messages: [{ recipient: 'poste@police.fr', recipientName: 'Commissariat' }],
      chain: [
        { channel: 'mail', address: 'poste@police.fr', name: 'Commissariat' },
        { channel: 'sms', address: '+33612345678', name: 'Astreinte' },
        { channel: 'webhook', address: outside.url, name: '' },
        { channel: 'mqtt', address: 'street', name: '' },
      ],
    });
  });

  it('is recalled to him, and then told to the next ones by their ways, once each by two servers', async () => {
    later(24.1);
    await untilTold('s1', opened, reminder);
    later(24);
    await untilTold('s1', opened, reminder, bySms);
    later(48.1);
    await untilTold('s1', opened, reminder, bySms, byWebhook);
    later(48.1);
    await untilTold('s1', opened, reminder, bySms, byWebhook, byMqtt);

    expect(mail.letters.map((letter) => /^Message-ID: (\S+)/m.exec(letter)?.[1])).toEqual([
      expect.stringMatching(/^<case-[0-9a-f]{20}-opened@vigie>$/),
      expect.stringMatching(/^<case-[0-9a-f]{20}-reminder@vigie>$/),
    ]);
    expect(outside.requests.map(({ path }) => path)).toEqual(['/sms', '/gendarmerie?token=T0K3N']);
  });

  it('shows no secret of an address to anybody', async () => {
    const admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
    const paths = ['/api/v1/cases', '/api/v1/messages', '/api/v1/zones', '/api/v1/spaces/s1'];
    for (const path of paths) {
      const answer = JSON.stringify((await admin.get(path)).body);
      expect(answer).toContain(outside.url);
      expect(answer).not.toContain('T0K3N');
    }
  });

  it('is pressed no further once somebody acknowledged', async () => {
    expect((await act('s1', 'acknowledged')).body).toMatchObject({ nextLookAt: null });
    const before = await told('s1');
    later(24 * 30);
    await expect.poll(async () => (await caseOf('s1'))?.days).toBeGreaterThan(30);
    expect(await told('s1')).toEqual(before);
  });

  it('is called off to everybody who was told when the car leaves', async () => {
    outside.requests.length = 0;
    await report('s1', false);
    later(1);
    await expect
      .poll(async () => (await told('s1')).filter((one) => one.startsWith('case-gone')), {
        timeout: 15_000,
      })
      .toEqual([
        'case-gone mail sent',
        'case-gone sms sent',
        'case-gone webhook sent',
        'case-gone mqtt sent',
      ]);
    expect(mail.letters.at(-1)).toMatch(/gone@vigie/);
    expect(outside.requests).toHaveLength(2);
    expect((await caseOf('s1'))?.status).toBe('closed');
  });
});

describe('a case whose mail does not get out', () => {
  it('is told to the next one by another way, and withdrawn when the car leaves first', async () => {
    mail.refuses = true;
    const letters = mail.letters.length;
    await report('s2', true);
    later(7 * 24);
    await untilTold('s2', 'case-opened mail queued');
    later(48.1);
    await untilTold('s2', 'case-opened mail queued', 'case-escalated sms sent');
    expect((await caseOf('s2'))?.steps.map(({ status, reason }) => `${status} ${reason}`)).toEqual([
      'open allowed-days-used-up',
      'sent sms:+33612345678',
    ]);
    await report('s2', false);
    later(1);
    await expect.poll(async () => (await caseOf('s2'))?.status).toBe('closed');
    expect((await told('s2'))[0]).toBe('case-opened mail withdrawn');
    expect(mail.letters).toHaveLength(letters);
    mail.refuses = false;
  });
});

describe('a zone', () => {
  const saveZone = (part: Partial<Zone>) =>
    app.importTown(Town.parse({ zones: [{ id: 'mute', name: 'Cour', allowedDays: 7, ...part }] }));

  it('that gets its first recipient tells him of the cases that are open', async () => {
    await report('s4', true);
    later(7 * 24);
    await expect.poll(async () => (await caseOf('s4'))?.status, { timeout: 10_000 }).toBe('open');
    expect(await told('s4')).toEqual([]);
    await saveZone({ recipients: ['nouveau@police.fr'] });
    await untilTold('s4', 'case-opened mail sent');
  });

  it('of an earlier version has the usual patience', async () => {
    const fields = `'remindAfterHours' - 'escalateAfterHours' - 'quietHours'`;
    await database.pool.query(
      `update zone_rules set rules = rules - ${fields} where zone_id = 'street'`,
    );
    const zones = (await police.get('/api/v1/zones')).body as Zone[];
    expect(zones.find(({ id }) => id === 'street')).toMatchObject({
      remindAfterHours: 24,
      escalateAfterHours: 48,
      quietHours: null,
    });
  });

  it('lets people sleep in its quiet hours', async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const time = (offset: number) =>
      new Date(clock.now().getTime() + offset * hourMs).toLocaleTimeString('en-GB', {
        timeZone,
        hour: '2-digit',
        minute: '2-digit',
      });
    const quietHours = { from: time(23), to: time(26) };
    await saveZone({ recipients: ['nouveau@police.fr'], timeZone, quietHours });
    later(24.1);
    await expect
      .poll(
        async () => Date.parse((await caseOf('s4'))?.nextLookAt ?? '') - clock.now().getTime(),
        {
          timeout: 15_000,
        },
      )
      .toBeGreaterThan(hourMs);
    expect(await told('s4')).toEqual(['case-opened mail sent']);
    later(2);
    await untilTold('s4', 'case-opened mail sent', 'case-reminder mail sent');
  });
});
