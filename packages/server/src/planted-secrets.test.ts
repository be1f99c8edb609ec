import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { everywhere } from '@vigie/contracts/accounts';
import type { ApiTokenWithKey } from '@vigie/contracts/api-tokens';
import type { DeviceKind } from '@vigie/contracts/devices';
import type { Incident } from '@vigie/contracts/evacuation';
import type { SecondFactorSetup } from '@vigie/contracts/own-account';
import { homeAssistantStatus, topicRights, topics, usernameOf } from '@vigie/contracts/topics';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Http } from './platform/http.ts';
import type { Log } from './platform/log.ts';
import { type Client, signIn, startTestApp } from './testing/app.ts';
import { dumpOf, openTestDatabase } from './testing/database.ts';
import { startHttpServer, type TestHttpServer } from './testing/http-server.ts';
import { startMailServer, type TestMailServer } from './testing/mail-server.ts';

/** By what they are; each is found nowhere else. */
const planted: Record<string, string> = {
  'password of a camera': 'Pl4ntedCameraRoom',
  'password of a camera over spaces': 'Pl4ntedCameraSpaces',
  'password of a refused camera': 'Pl4ntedCameraRefused',
  'password of the mail server': 'Pl4ntedSmtp',
  'password of the directory': 'Pl4ntedLdap',
  'secret at the OpenID provider': 'Pl4ntedOidcClient',
  'secret of alarm webhooks': 'Pl4ntedWebhook-long-enough-for-a-key',
  'secret of case webhooks': 'UGw0bnRlZENhc2VXZWJob29rU2VjcmV0QmVlcg==',
  'key of the SMS gateway': 'Pl4ntedSmsKey',
  'key of the installation': 'Pl4ntedInstallationKey-of-32-characters',
  'password of a person': 'Pl4nted-Passwort9',
  'password of a stranger': 'Pl4nted-Wrong-pass9',
  'password typed as a user name': 'pl4nted-wrong-field9',
  'secret of a subscriber': 'Pl4ntedSubscriber',
  'token in the address of a recipient': 'Pl4ntedRecipient',
  'password of a broker': 'Pl4ntedBroker',
  'key of a LoRaWAN network': 'Pl4ntedTheThings',
};

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let http: Http;
let admin: Client;
let worker: MqttClient;
let integrator: MqttClient;
let mail: TestMailServer;
/** Takes webhooks, SMS, CAP messages and what subscribers are told. */
let outside: TestHttpServer;
/** The clock of the town, put forward by a week of parking. */
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs), rate: 1 };
/** What left the server, by where it was heard. */
const heard: { where: string; text: string }[] = [];
const hear = (where: string, text: string) => void heard.push({ where, text });

const said = (level: string) => (data: object, text: string) =>
  hear(`log, ${level}`, `${text} ${JSON.stringify(data)}`);
const log: Log = {
  debug: said('debug'),
  info: said('info'),
  warn: said('warn'),
  error: said('error'),
};

const camera = (id: string, secret: string | undefined) => ({
  id,
  roomId: 'hall-room',
  name: id,
  source: `rtsp://guard:${secret}@192.0.2.1/one`,
});
const recipients = () => [
  { channel: 'mail', address: 'police@example.org' },
  {
    channel: 'webhook',
    address: `${outside.url}/case?token=${planted['token in the address of a recipient']}`,
  },
  { channel: 'sms', address: '+33612345678' },
  { channel: 'mqtt' },
];
const town = () => ({
  zones: [{ id: 'z', name: 'Centre', allowedDays: 7, recipients: recipients() }],
  spaces: [{ id: 's1', zoneId: 'z', label: '1' }],
  bollards: [{ id: 'b1', spaceId: 's1', model: 'mute' }],
  buildings: [{ id: 'hall', name: 'Mairie' }],
  rooms: [{ id: 'hall-room', buildingId: 'hall', name: 'Accueil' }],
  cameras: [camera('c1', planted['password of a camera'])],
  parkingCameras: [
    {
      id: 'p1',
      name: 'Place',
      source: `rtsp://guard:${planted['password of a camera over spaces']}@192.0.2.2/one`,
      spaces: [],
    },
  ],
});

beforeAll(async () => {
  [database, mail, outside] = await Promise.all([
    openTestDatabase(),
    startMailServer(),
    startHttpServer(),
  ]);
  app = await startTestApp(
    {
      DATABASE_URL: database.url,
      SMTP_URL: mail.url.replace('//', `//vigie:${planted['password of the mail server']}@`),
      VIGIE_DRILL_MAIL: 'securite@example.org',
      VIGIE_CAP_URL: `${outside.url}/cap`,
      CHIRPSTACK_MQTT_URL: `mqtt://vigie:${planted['password of a broker']}@127.0.0.1:9`,
      TTS_MQTT_URL: `mqtt://vigie:${planted['key of a LoRaWAN network']}@127.0.0.1:9`,
      VIGIE_HOME_ASSISTANT: 'on',
      VIGIE_LDAP_URL: 'ldaps://127.0.0.1:9',
      VIGIE_LDAP_DOMAIN: 'town.invalid',
      VIGIE_LDAP_USER: 'reader@town.invalid',
      VIGIE_LDAP_PASSWORD: planted['password of the directory'] ?? '',
      VIGIE_OIDC_ISSUER: 'http://127.0.0.1:9',
      VIGIE_OIDC_CLIENT_ID: 'vigie',
      VIGIE_OIDC_CLIENT_SECRET: planted['secret at the OpenID provider'] ?? '',
      VIGIE_WEBHOOK_SECRET: planted['secret of alarm webhooks'] ?? '',
      VIGIE_CASE_WEBHOOK_SECRET: `whsec_${planted['secret of case webhooks']}`,
      VIGIE_SMS_URL: `${outside.url}/sms`,
      VIGIE_SMS_HEADER: `Authorization: Bearer ${planted['key of the SMS gateway']}`,
      VIGIE_SECRET: planted['key of the installation'] ?? '',
    },
    {
      log,
      parkingClock: clock,
      peopleClock: clock,
      extraRoutes: (made) => {
        http = made;
      },
    },
  );
  await listen();
  await plant();
  await useEverything();
}, 120_000);
afterAll(async () => {
  await worker?.endAsync(true);
  await integrator?.endAsync(true);
  await app?.stop();
  await database?.stop();
  await Promise.all([mail?.stop(), outside?.stop()]);
});

async function listen(): Promise<void> {
  const { key } = await app.workerCredential('w1');
  planted['key of a worker'] = key;
  worker = await listenAs('worker', 'w1', key);
  const status = JSON.stringify({ online: true });
  await worker.publishAsync(topics.workerStatus('w1'), status, { qos: 1 });
  planted['key of an integrator'] = await app.giveCredential('integrator', 'x');
  integrator = await listenAs('integrator', 'x', planted['key of an integrator']);
}

/** Hears every topic that such a device may read, retained messages too. */
async function listenAs(kind: DeviceKind, id: string, key: string): Promise<MqttClient> {
  const login = { username: usernameOf(kind, id), password: key };
  const client = await connectAsync(app.mqttUrl, login);
  client.on('message', (topic, payload) => hear(`topic ${topic}`, payload.toString()));
  await client.subscribeAsync(topicRights[kind](id).subscribe, { qos: 1 });
  return client;
}

/** Signs in as a browser does; the whole cookie is a secret. */
async function cookieOf(password: string): Promise<string> {
  const answer = await fetch(`${app.url}/api/v1/auth/sign-in/username`, {
    method: 'POST',
    headers: { origin: app.url, 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password }),
  });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Hears what one route answers, its headers too; of a PDF what is to be read on it. */
async function read(path: string): Promise<void> {
  const answer = await fetch(app.url + path, {
    headers: { cookie: `${planted['cookie of a session']}` },
  });
  const body = Buffer.from(await answer.arrayBuffer());
  const isPdf = answer.headers.get('content-type')?.startsWith('application/pdf');
  const text = isPdf ? spawnSync('pdftotext', ['-', '-'], { input: body }).stdout : body;
  hear(`answer ${path}`, `${JSON.stringify([...answer.headers])} ${text}`);
}

/** Asks and hears; what is shown this once to whom it belongs is left out. */
async function ask(client: Client, act: (client: Client) => Promise<{ body: unknown }>) {
  const { body } = await act(client);
  hear('answer', typeof body === 'string' ? body : JSON.stringify(body));
}

async function plant(): Promise<void> {
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  planted['password of the first administrator'] = app.firstAdministrator?.password ?? '';
  await ask(admin, (one) => one.put('/api/v1/town', town()));
  const first = planted['password of the first administrator'];
  planted['cookie of a session'] = await cookieOf(first);
  const password = planted['password of a person'] ?? '';
  await app.createUser({ username: 'ada', name: 'Ada', role: 'viewer', password });
  const ada = await signIn(app.url, 'ada', password);
  const factor = (await ada.post('/api/v1/me/second-factor', { password })).body;
  planted['secret of a second factor'] = (factor as SecondFactorSetup).secret;
  const token = { name: 'x', permissions: ['parking.read'], scope: everywhere, expiresInDays: 1 };
  const made = (await admin.post('/api/v1/tokens', token)).body as ApiTokenWithKey;
  planted['API token'] = made.token;
  const bollard = (await admin.post('/api/v1/bollards/b1/key', {})).body as { key: string };
  planted['key of a bollard'] = bollard.key;
  await shownOnce('/api/v1/bollards/b1/display-token', 'token of a display');
  const browser = { name: 'Telephone' };
  await shownOnce('/api/v1/rooms/hall-room/browser-cameras', 'token of a browser camera', browser);
  await subscribe();
  await park(bollard.key);
}

/** What is shown once to whom it belongs, and nowhere else. */
async function shownOnce(path: string, what: string, wish: object = {}): Promise<void> {
  const { token } = (await admin.post(path, wish)).body as { token: string };
  planted[what] = token;
}

async function subscribe(): Promise<void> {
  const value = `Bearer ${planted['secret of a subscriber']}`;
  const receiverInfo = [{ key: 'Authorization', value }];
  await ask(admin, (one) =>
    one.post('/ngsi-ld/v1/subscriptions', {
      type: 'Subscription',
      entities: [{ type: 'ParkingSpot' }],
      notification: { endpoint: { uri: `${outside.url}/spots`, receiverInfo } },
    }),
  );
}

/** A car that stays too long: its case is told on every channel. */
async function park(key: string): Promise<void> {
  const bollard = await connectAsync(app.mqttUrl, { username: 'b1', password: key });
  const state = JSON.stringify({ v: 1, occupied: true, at: clock.now().toISOString() });
  await bollard.publishAsync(topics.bollardState('b1'), state, { qos: 1 });
  await bollard.endAsync();
  aheadMs += 7 * dayMs;
  await integrator.publishAsync(homeAssistantStatus, 'online');
  const { requests } = outside;
  const wanted = ['/case', '/sms', '/spots'];
  await vi.waitFor(
    () => {
      aheadMs += dayMs / 4;
      const missing = wanted.filter((path) => !requests.some((one) => one.path.startsWith(path)));
      const notice = `topic ${topics.caseNotice('z')}`;
      expect([missing, heard.some(({ where }) => where === notice)]).toEqual([[], true]);
    },
    { timeout: 60_000, interval: 250 },
  );
}
const dayMs = 86_400_000;

/** Every reading route as the administrator, and the ways in which something goes wrong. */
async function useEverything(): Promise<void> {
  const events = admin.untilEvent<Incident>('incident', (incident) => {
    hear('live event', JSON.stringify(incident));
    return incident.endedAt !== null;
  });
  const refused = planted['password of a refused camera'];
  const wrong = planted['password of a stranger'];
  await ask(admin, (one) => one.put('/api/v1/town', { cameras: [camera('c 2', refused)] }));
  for (const source of [`ftp://a:${refused}@192.0.2.1/`, `http://a:${refused}@169.254.169.254/`])
    await ask(admin, (one) =>
      one.put('/api/v1/town', { cameras: [{ ...camera('c3', ''), source }] }),
    );
  await ask(admin, (one) =>
    one.post('/api/v1/auth/sign-in/username', { username: 'ada', password: wrong }),
  );
  const typed = planted['password typed as a user name'];
  await ask(admin, (one) =>
    one.post('/api/v1/auth/sign-in/username', { username: typed, password: 'ada' }),
  );
  const login = { username: 'guard', password: planted['password of a camera'] };
  const source = 'rtsp://192.0.2.1/one';
  const moved = { name: 'Accueil', roomId: 'hall-room', source, login };
  await ask(admin, (one) => one.put('/api/v1/cameras/c1', moved));
  await ask(admin, (one) => one.post('/api/v1/camera-enquiries', { kind: 'try', source, login }));
  const { body } = await admin.post('/api/v1/buildings/hall/incidents', { kind: 'drill' });
  const incident = `/api/v1/incidents/${(body as Incident).id}`;
  await shownOnce(`${incident}/board-links`, 'token of a board');
  for (const { method, url, access } of http.routeTable) {
    if (method !== 'GET' || access === 'signed' || /events|live|\*/.test(url)) continue;
    const path = url
      .replace(':kind', 'dpia')
      .replace(':allowedDays', '7')
      .replace('parking/:id', 'x')
      .replace(/:\w+/g, idFor(url));
    await read(path);
  }
  await read(`${incident}/report.pdf`);
  await ask(admin, (one) => one.post('/api/v1/persons/export', { who: 'ada' }));
  await ask(admin, (one) => one.post(`${incident}/end`, { reason: 'over' }));
  await events;
  for (const letter of mail.letters) hear('mail', letter.replace(/=\r?\n|\r?\n/g, ''));
  for (const { path, body: told } of outside.requests) hear(`request to ${path}`, told);
  await readFolder();
}

/** What lies on the disk of the server beside its database. */
async function readFolder(): Promise<void> {
  const files = await readdir(app.folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile()))
    hear(`file ${file.name}`, await readFile(join(file.parentPath, file.name), 'latin1'));
}

const idFor = (url: string): string =>
  [
    ['zones', 'z'],
    ['spaces', 's1'],
    ['rooms', 'hall-room'],
    ['cameras', 'c1'],
  ].find(([kind]) => url.includes(`/${kind}/`))?.[1] ?? 'nothing';

/** As it is, and as it is usually hidden from sight only; in Base64 at each place that it may begin at. */
const formsOf = (secret: string): string[] => [
  secret,
  ...[0, 1, 2].map((place) =>
    Buffer.from('.'.repeat(place) + secret)
      .toString('base64')
      .slice(place && place + 1, -4),
  ),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('hex'),
];

function leaks(texts: readonly { where: string; text: string }[]): string[] {
  return Object.entries(planted).flatMap(([what, secret]) =>
    texts
      .filter(({ text }) => formsOf(secret).some((form) => text.includes(form)))
      .map(({ where }) => `${what} in ${where}`),
  );
}

describe('planted secrets', () => {
  it('are there, and what is heard is what the town says', () => {
    for (const [what, secret] of Object.entries(planted))
      expect([what, secret.length > 8]).toEqual([what, true]);
    expect(heard.filter(({ where }) => where.startsWith('answer')).length).toBeGreaterThan(40);
    expect(heard.some(({ where }) => where === `topic ${topics.cameraConfig('c1')}`)).toBe(true);
    for (const where of [
      'log',
      'mail',
      'request to /case',
      'request to /sms',
      'request to /spots',
      'request to /cap',
      `topic ${topics.caseNotice('z')}`,
      `topic ${topics.workerEnquiry('w1')}`,
      'topic homeassistant/',
      'live event',
      'file incident-journal',
    ])
      expect([where, heard.some((one) => one.where.startsWith(where))]).toEqual([where, true]);
    const token = `x${planted['API token']}x`;
    for (const text of [token, `xx${btoa(token)}`, btoa(`x${token}`), btoa(`xx${token}`)])
      expect(leaks([{ where: 'here', text }])).toHaveLength(1);
  });

  it('stand in no log line, answer, error, live event, mail or message of the bus', () => {
    // Whoever edits the rules of a zone reads the whole address of a webhook, and takes it along with the town.
    const toEditors = ['/api/v1/zones/z/rules', '/api/v1/town'];
    expect(leaks(heard)).toEqual(
      toEditors.map((path) => `token in the address of a recipient in answer ${path}`),
    );
  });

  it('stand nowhere in the database as they are', async () => {
    const tables = await dumpOf(database.pool);
    expect(tables.map(({ where }) => where)).toContain('table public.cameras');
    expect(leaks(tables)).toEqual([]);
  });

  it('leave the log of acts whole, which names who did what', async () => {
    const { body } = await admin.post('/api/v1/audit/verification', {});
    expect(body).toMatchObject({ first: 1, faults: [] });
    const { rows } = await database.pool.query(
      `SELECT act, count(*)::int AS n FROM audit_rows GROUP BY act`,
    );
    const acts = Object.fromEntries(rows.map(({ act, n }) => [act, n]));
    expect(acts).toMatchObject({
      'account-made': 2,
      'signed-in': 3,
      'sign-in-refused': 2,
      'token-made': 1,
      'person-exported': 1,
      alarm: 3,
    });
    expect(acts.export).toBeGreaterThan(5);
    const changed = await database.pool.query(
      `SELECT details FROM audit_rows WHERE act = 'change' AND subject = 'cameras:c1'`,
    );
    expect(changed.rows).toMatchObject([{ details: { room: 'hall-room', isNewAddress: true } }]);
  });
});
