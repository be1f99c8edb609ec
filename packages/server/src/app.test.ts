import type { Case, Display, PaletteView, SpaceDetail, SpaceView } from '@vigie/contracts/parking';
import type { ParkingStatistics } from '@vigie/contracts/parking-statistics';
import { Town } from '@vigie/contracts/town';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createScaledClock } from './platform/clock.ts';
import { type Client, signIn, startTestApp, stranger } from './testing/app.ts';
import { startMailServer, type TestMailServer } from './testing/mail-server.ts';

const key = 'a-key-that-is-long-enough';
const password = 'Lanterne-verte9';
const dayMs = 86_400_000;
/** One day lasts three quarters of a second: shorter ones are skipped by a busy machine. */
const clock = createScaledClock(dayMs / 750);

const town = Town.parse({
  zones: [
    { id: 'street', name: 'Rue', allowedDays: 7, recipients: ['police@example.org'] },
    { id: 'long', name: 'Parc', allowedDays: 60 },
  ],
  spaces: ['s1', 's2', 's3', 's4'].map((id) => ({
    id,
    zoneId: id === 's4' ? 'long' : 'street',
    label: id.toUpperCase(),
  })),
  bollards: ['b1', 'b2', 'b3', 'b4'].map((id) => ({ id, spaceId: id.replace('b', 's'), key })),
});

let mail: TestMailServer;
let app: Awaited<ReturnType<typeof startTestApp>>;
let police: Client;
let admin: Client;
const devices: MqttClient[] = [];

beforeAll(async () => {
  mail = await startMailServer();
  const settings = { SMTP_URL: mail.url, VIGIE_SECURITY_CONTACT: 'mailto:dsi@ville.example' };
  app = await startTestApp(settings, { parkingClock: clock });
  await app.importTown(town);
  await app.createUser({ username: 'police', name: 'Poste', role: 'police-manager', password });
  await app.createUser({ username: 'guest', name: 'Visite', role: 'viewer', password });
  police = await signIn(app.url, 'police', password);
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
});

afterAll(async () => {
  await Promise.all(devices.map((device) => device.endAsync(true)));
  await app?.stop();
  await mail?.stop();
});

async function bollard(id: string): Promise<MqttClient> {
  const client = await connectAsync(app.mqttUrl, {
    username: id,
    password: key,
    reconnectPeriod: 0,
  });
  devices.push(client);
  return client;
}

const report = (client: MqttClient, id: string, occupied: boolean, at = clock.now()) =>
  client.publishAsync(
    `vigie/bollards/${id}/state`,
    JSON.stringify({ v: 1, occupied, at: at.toISOString() }),
    { qos: 1 },
  );

const detailOf = async (id: string) =>
  (await police.get(`/api/v1/spaces/${id}`)).body as SpaceDetail;
const casesOf = async (spaceId: string) =>
  ((await police.get('/api/v1/cases')).body as Case[]).filter((entry) => entry.spaceId === spaceId);

describe('a parked car', () => {
  it('turns its bollard through every colour to black, and the police are written to once', async () => {
    const client = await bollard('b1');
    const shown: Display[] = [];
    client.on('message', (_topic, payload) => void shown.push(JSON.parse(payload.toString())));
    await client.subscribeAsync('vigie/bollards/b1/display', { qos: 1 });
    const black = police.untilEvent<SpaceView>(
      'space',
      ({ id, display }) => id === 's1' && display.state === 'overstay',
    );
    await report(client, 'b1', true);
    expect((await black).display).toMatchObject({ day: 8, colour: '#000000' });
    await expect.poll(() => shown.at(-1)?.state).toBe('overstay');
    const days = shown.filter(({ state }) => state === 'parked');
    expect(days.map(({ day }) => day)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(days.map(({ colour }) => colour)).size).toBe(7);

    await expect
      .poll(async () => (await casesOf('s1'))[0]?.status, { timeout: 20_000 })
      .toBe('sent');
    expect(await casesOf('s1')).toHaveLength(1);
    expect(mail.letters).toHaveLength(1);
    expect(mail.letters[0]).toMatch(/^To: police@example.org/m);
    expect(mail.letters[0]).toMatch(/^Message-ID: <case-[0-9a-f]{20}-opened@vigie>/m);
  });

  it('is acknowledged by a named person, and the case closes when it has left', async () => {
    const [open] = await casesOf('s1');
    const acknowledged = await police.post(`/api/v1/cases/${open?.id}/steps`, {
      status: 'acknowledged',
      reason: 'on y va',
    });
    expect(acknowledged.body).toMatchObject({ status: 'acknowledged' });
    const again = await police.post(`/api/v1/cases/${open?.id}/steps`, { status: 'acknowledged' });
    expect(again).toMatchObject({ status: 409, body: { code: 'parking/case-step-refused' } });
    const client = await bollard('b1');
    await report(client, 'b1', false);
    await expect.poll(async () => (await casesOf('s1'))[0]?.status).toBe('closed');
    const [closed] = await casesOf('s1');
    expect(closed?.steps.map(({ status, actor }) => [status, actor])).toEqual([
      ['open', 'system'],
      ['sent', 'system'],
      ['acknowledged', 'police'],
      ['gone', 'system'],
      ['closed', 'system'],
    ]);
    expect((await detailOf('s1')).display).toMatchObject({ state: 'free', colour: null });
    await expect.poll(() => mail.letters.length, { timeout: 20_000 }).toBe(2);
  });

  it('has one stay, however often and in whatever order its reports arrive', async () => {
    const client = await bollard('b2');
    const from = clock.now().getTime() - 30 * 3_600_000;
    const reports: [boolean, number][] = [
      [true, 0],
      [false, 60],
      [true, 62],
      [false, 600],
      [true, 900],
    ];
    const repeated = [...reports, ...reports.toReversed(), ...reports];
    await Promise.all(
      repeated.map(([occupied, minute]) =>
        report(client, 'b2', occupied, new Date(from + minute * 60_000)),
      ),
    );
    const { stays } = await detailOf('s2');
    const minutes = stays.map(({ since, until }) =>
      [since, until].map((at) => at && (Date.parse(at) - from) / 60_000),
    );
    expect(minutes).toEqual([
      [900, null],
      [0, 600],
    ]);
  });

  it('gets its letter when the mail server comes back', async () => {
    mail.refuses = true;
    const client = await bollard('b3');
    await report(client, 'b3', true, new Date(clock.now().getTime() - dayMs));
    await expect
      .poll(async () => (await casesOf('s3'))[0]?.status, { timeout: 10_000 })
      .toBe('open');
    const attempts = async () => {
      const messages = (await police.get('/api/v1/messages')).body as {
        caseId: string;
        attempts: number;
        lastError: string;
      }[];
      const [mine] = await casesOf('s3');
      return messages.find(({ caseId }) => caseId === mine?.id);
    };
    await expect
      .poll(async () => (await attempts())?.lastError, { timeout: 10_000 })
      .toMatch(/come back later/);
    const [open] = await casesOf('s3');
    const letters = () =>
      mail.letters.filter((letter) => letter.includes(`<case-${open?.id}-opened@vigie>`));
    expect(letters()).toHaveLength(0);
    mail.refuses = false;
    await expect.poll(() => letters().length, { timeout: 25_000 }).toBe(1);
    await expect.poll(async () => (await casesOf('s3'))[0]?.status).toBe('sent');
  });

  it('never gets days from a clock that runs ahead', async () => {
    const client = await bollard('b4');
    await report(client, 'b4', true, new Date(clock.now().getTime() + 400 * dayMs));
    const { display } = await detailOf('s4');
    expect(display.day).toBe(1);
  });

  it('changes nothing when its report cannot be read', async () => {
    const client = await bollard('b4');
    const before = await detailOf('s4');
    for (const text of ['', 'no json', '{}', '{"v":1,"occupied":"maybe","at":"yesterday"}']) {
      await client.publishAsync('vigie/bollards/b4/state', text, { qos: 1 });
    }
    const spans = (detail: SpaceDetail) => detail.stays.map(({ id, until }) => [id, until]);
    expect(spans(await detailOf('s4'))).toEqual(spans(before));
  });
});

describe('the colours of a period', () => {
  it('are those that the bollards show, with the distances between them', async () => {
    const { body } = await police.get('/api/v1/palettes/7');
    const palette = body as PaletteView;
    const { legend } = await detailOf('s1');
    expect(palette.legend).toEqual(legend);
    expect(palette.version).toBe((await detailOf('s1')).display.paletteVersion);
    expect(palette.leastDeltaE00.normal).toBeGreaterThan(39);
    expect(palette.nextDayDeltaE00.tritan).toBeGreaterThan(32);
  });

  it('can be printed', async () => {
    const answer = await police.get('/api/v1/palettes/7/legend.svg');
    expect(answer.status).toBe(200);
    expect(String(answer.body)).toMatch(/^<svg .*#000000.*<\/svg>\s*$/s);
  });

  it.each(['0', '367', '1.5', 'week'])('are refused for %s days', async (days) => {
    for (const path of [`/api/v1/palettes/${days}`, `/api/v1/palettes/${days}/legend.svg`]) {
      expect(await police.get(path)).toMatchObject({
        status: 400,
        body: { code: 'input/invalid', detail: expect.stringContaining('allowedDays') },
      });
    }
  });
});

describe('the page of a bollard', () => {
  it('tells a stranger its colour and its rule, and nothing of the car', async () => {
    const client = await bollard('b4');
    await report(client, 'b4', true, new Date(clock.now().getTime() - 2.5 * dayMs));
    await expect.poll(async () => (await detailOf('s4')).display.state).toBe('parked');
    const { status, body } = await stranger(app.url).get('/api/v1/public/spaces/s4');
    expect(status).toBe(200);
    expect(body).toMatchObject({ label: 'S4', zoneName: 'Parc', state: 'parked', allowedDays: 60 });
    const { display } = await detailOf('s4');
    expect(JSON.stringify(body)).not.toContain(display.since?.slice(11, 19));
    expect(body).not.toHaveProperty('since');
    expect(body).not.toHaveProperty('caseId');
  });

  it('has neighbours and sensors for officers only', async () => {
    expect((await police.get('/api/v1/spaces/s4/neighbours')).body).toEqual([]);
    expect((await police.get('/api/v1/spaces/s4/sensors')).body).toMatchObject([
      { bollardId: 'b4', health: expect.any(String) },
    ]);
    const guest = await signIn(app.url, 'guest', password);
    expect((await guest.get('/api/v1/spaces/s4/sensors')).status).toBe(403);
    expect((await police.get('/api/v1/spaces/nowhere/sensors')).status).toBe(404);
  });

  it('does not exist for an unknown space', async () => {
    expect(await stranger(app.url).get('/api/v1/public/spaces/nowhere')).toMatchObject({
      status: 404,
      body: { code: 'parking/space-unknown' },
    });
  });
});

describe('the statistics of parking', () => {
  const today = () => clock.now().toISOString().slice(0, 10);

  it('sum up what happened, cases and sensors only for those who may see them', async () => {
    const ago = new Date(clock.now().getTime() - 60 * dayMs).toISOString().slice(0, 10);
    const path = `/api/v1/parking/statistics?from=${ago}&to=${today()}&zone=street`;
    const guest = await signIn(app.url, 'guest', password);
    const seen = (await police.get(path)).body as ParkingStatistics;
    expect(seen).toMatchObject({
      timeZone: 'Europe/Paris',
      step: 'day',
      outcomes: expect.any(Array),
    });
    expect(seen.zones.map(({ zoneId, spaces }) => [zoneId, spaces])).toEqual([['street', 3]]);
    expect(seen.sensors).not.toBeNull();
    expect((await guest.get(path)).body).toMatchObject({ outcomes: null, sensors: null });
  });

  it('refuse a period that ends before it begins', async () => {
    expect(
      await police.get('/api/v1/parking/statistics?from=2026-02-01&to=2026-01-01'),
    ).toMatchObject({ status: 400, body: { code: 'input/invalid' } });
  });
});

describe('who may do what', () => {
  it.each([
    '/api/v1/me',
    '/api/v1/clock',
    '/api/v1/events',
    '/api/v1/zones',
    '/api/v1/spaces',
    '/api/v1/spaces/s1',
    '/api/v1/spaces/s1/neighbours',
    '/api/v1/spaces/s1/sensors',
    '/api/v1/parking/statistics?from=2026-01-01&to=2026-01-02',
    '/api/v1/palettes/7',
    '/api/v1/palettes/7/legend.svg',
    '/api/v1/cases',
    '/api/v1/messages',
    '/api/v1/bollards',
    '/api/v1/bollards.csv',
    '/api/v1/bollards.yaml',
    '/api/v1/bollards/labels.pdf',
    '/api/v1/buildings',
    '/api/v1/cameras/c1/commissioning',
    '/api/v1/incidents',
    '/api/v1/incidents/i1/report',
    '/api/v1/incidents/i1/report.csv',
    '/api/v1/incidents/i1/report.pdf',
    '/api/v1/incidents/i1/cap',
    '/api/v1/incidents/i1/cap/1',
    '/api/v1/retention',
    '/api/v1/safety-register',
    '/api/v1/safety-register.csv',
    '/api/v1/safety-register.pdf',
    '/api/v1/incidents/i1/findings',
    '/api/v1/incidents/i1/board-links',
    '/api/v1/incidents/i1/plan',
    '/api/v1/incidents/i1/floors/f1/plan',
    '/api/v1/openapi.json',
    '/api/v1/asyncapi.json',
  ])('%s asks a stranger to sign in', async (path) => {
    expect(await stranger(app.url).get(path)).toMatchObject({
      status: 401,
      body: { code: 'accounts/not-signed-in' },
    });
  });

  it.each(['/api/v1/health', '/', '/parking', '/b/s1', '/api/v1/public/spaces/s1'])(
    '%s is open',
    async (path) => {
      expect((await stranger(app.url).get(path)).status).toBe(200);
    },
  );

  it('whom to tell of a hole is said to everybody, and for how long', async () => {
    const { status, body } = await stranger(app.url).get('/.well-known/security.txt');
    expect([status, body]).toEqual([200, expect.stringMatching(/^Contact: mailto:dsi@ville/)]);
    const expires = Date.parse(/^Expires: (.*)$/m.exec(String(body))?.[1] ?? '');
    expect(expires - Date.now()).toBeGreaterThan(86_400_000);
  });

  it.each([
    ['POST', '/api/v1/rooms/hall/known-empty'],
    ['PUT', '/api/v1/cameras/c1/markings'],
    ['POST', '/api/v1/incidents/i1/observations'],
    ['POST', '/api/v1/incidents/i1/signatures'],
    ['POST', '/api/v1/retention/runs'],
    ['POST', '/api/v1/incidents/i1/sweeps'],
    ['POST', '/api/v1/incidents/i1/overrides'],
    ['POST', '/api/v1/incidents/i1/assembly-counts'],
    ['POST', '/api/v1/incidents/i1/board-links'],
  ])('%s %s asks a stranger to sign in', async (method, path) => {
    const answer = await fetch(app.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(401);
  });

  it('shows a board by no link but its own', async () => {
    expect(await stranger(app.url).get('/api/v1/board-by-link?token=guess')).toMatchObject({
      status: 401,
      body: { code: 'evacuation/board-link-wrong' },
    });
  });

  it('refuses a stranger’s live picture and closes the connection', async () => {
    const socket = new WebSocket(
      `${app.url.replace('http', 'ws')}/api/v1/cameras/c1/live?mode=private`,
    );
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, answer) => {
        answer.once('close', () => resolve(answer.statusCode));
        answer.resume();
      });
      socket.on('error', () => undefined);
    });
    expect(status).toBe(401);
  });

  it('refuses to act for a page of another site', async () => {
    const answer = await fetch(`${app.url}/api/v1/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
      body: JSON.stringify({ username: 'police', password }),
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'accounts/foreign-origin' });
  });

  it('counts and records guesses by the address that they came from, not by the one they claim', async () => {
    const answers = [];
    for (let i = 0; i < 6; i++)
      answers.push(
        await fetch(`${app.url}/api/v1/auth/sign-in/username`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': `192.0.2.${i}` },
          body: JSON.stringify({ username: 'nobody-here', password: 'guessed' }),
        }),
      );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
    const { body } = await admin.get('/api/v1/audit?act=sign-in-refused');
    expect(JSON.stringify(body)).toContain('127.0.0.1');
    expect(JSON.stringify(body)).not.toContain('192.0.2.');
  });

  it('refuses wrong credentials without telling which part is wrong', async () => {
    const wrong = { status: 401, body: { code: 'accounts/wrong-credentials' } };
    const attempt = (username: string, given: string) =>
      stranger(app.url).post('/api/v1/auth/sign-in/username', { username, password: given });
    expect(await attempt('police', 'wrong')).toMatchObject(wrong);
    expect(await attempt('nobody', password)).toMatchObject(wrong);
  });

  it('offers no way to make an account from outside', async () => {
    const body = { name: 'x', email: 'x@example.org', username: 'x', password };
    expect((await stranger(app.url).post('/api/v1/auth/sign-up/email', body)).status).toBe(404);
  });

  it('gives a viewer no cases, and no right to act', async () => {
    const guest = await signIn(app.url, 'guest', password);
    expect((await guest.get('/api/v1/spaces')).status).toBe(200);
    expect(await guest.get('/api/v1/cases')).toMatchObject({
      status: 403,
      body: { code: 'accounts/not-allowed' },
    });
    expect((await guest.post('/api/v1/bollards', { id: 'x', spaceId: 's1' })).status).toBe(403);
  });

  it('ends a session at sign-out', async () => {
    const guest = await signIn(app.url, 'guest', password);
    expect((await guest.post('/api/v1/auth/sign-out', {})).status).toBe(200);
    expect((await guest.get('/api/v1/me')).status).toBe(401);
  });
});

describe('bollards', () => {
  it('get a key that is shown once, and lose the old one when a new one is drawn', async () => {
    const made = await admin.post('/api/v1/bollards', { id: 'b9', spaceId: 's4' });
    expect(made).toMatchObject({
      status: 201,
      body: { id: 'b9', key: expect.stringMatching(/^.{32}$/) },
    });
    const { key: first } = made.body as { key: string };
    const old = await connectAsync(app.mqttUrl, {
      username: 'b9',
      password: first,
      reconnectPeriod: 0,
    });
    const closed = new Promise<void>((resolve) => old.once('close', () => resolve()));
    const rotated = await admin.post('/api/v1/bollards/b9/key', {});
    await closed;
    await expect(
      connectAsync(app.mqttUrl, { username: 'b9', password: first, reconnectPeriod: 0 }),
    ).rejects.toThrow();
    const fresh = await connectAsync(app.mqttUrl, {
      username: 'b9',
      password: (rotated.body as { key: string }).key,
      reconnectPeriod: 0,
    });
    await fresh.endAsync();
    const list = (await admin.get('/api/v1/bollards')).body as object[];
    expect(JSON.stringify(list)).not.toContain(first);
  });

  it.each([
    ['a taken id', { id: 'b1', spaceId: 's1' }, 409, 'devices/bollard-exists'],
    ['an unknown space', { id: 'b10', spaceId: 'nowhere' }, 404, 'parking/space-unknown'],
    ['an id that breaks topics', { id: 'a/b', spaceId: 's1' }, 400, 'input/invalid'],
    ['a short key', { id: 'b10', spaceId: 's1', key: 'short' }, 400, 'input/invalid'],
  ])('are refused with %s', async (_name, body, status, code) => {
    expect(await admin.post('/api/v1/bollards', body)).toMatchObject({ status, body: { code } });
  });
});

describe('the description of the bus', () => {
  it('is AsyncAPI 3.0 and knows the topics', async () => {
    const { body } = await admin.get('/api/v1/asyncapi.json');
    expect(body).toMatchObject({
      asyncapi: '3.0.0',
      channels: { bollardDisplay: { address: 'vigie/bollards/{id}/display' } },
    });
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and knows the routes', async () => {
    const { body } = await admin.get('/api/v1/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0' });
    expect(Object.keys((body as { paths: object }).paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/spaces/{id}',
        '/api/v1/buildings',
        '/api/v1/cases/{id}/steps',
      ]),
    );
  });
});
