import { everywhere } from '@vigie/contracts/accounts';
import type { ApiTokenWithKey } from '@vigie/contracts/api-tokens';
import type { Incident } from '@vigie/contracts/evacuation';
import type { SecondFactorSetup } from '@vigie/contracts/own-account';
import { topics } from '@vigie/contracts/topics';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Http } from './platform/http.ts';
import type { Log } from './platform/log.ts';
import { type Client, signIn, startTestApp } from './testing/app.ts';
import { openTestDatabase } from './testing/database.ts';

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
};

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let http: Http;
let admin: Client;
let worker: MqttClient;
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
const town = {
  zones: [{ id: 'z', name: 'Centre', allowedDays: 7, recipients: ['police@example.org'] }],
  spaces: [{ id: 's1', zoneId: 'z', label: '1' }],
  bollards: [{ id: 'b1', spaceId: 's1' }],
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
};

beforeAll(async () => {
  database = await openTestDatabase();
  app = await startTestApp(
    {
      DATABASE_URL: database.url,
      SMTP_URL: `smtp://vigie:${planted['password of the mail server']}@127.0.0.1:9`,
      VIGIE_LDAP_URL: 'ldaps://127.0.0.1:9',
      VIGIE_LDAP_DOMAIN: 'town.invalid',
      VIGIE_LDAP_USER: 'reader@town.invalid',
      VIGIE_LDAP_PASSWORD: planted['password of the directory'] ?? '',
      VIGIE_OIDC_ISSUER: 'http://127.0.0.1:9',
      VIGIE_OIDC_CLIENT_ID: 'vigie',
      VIGIE_OIDC_CLIENT_SECRET: planted['secret at the OpenID provider'] ?? '',
      VIGIE_WEBHOOK_SECRET: planted['secret of alarm webhooks'] ?? '',
      VIGIE_CASE_WEBHOOK_SECRET: `whsec_${planted['secret of case webhooks']}`,
      VIGIE_SMS_URL: 'http://127.0.0.1:9/sms',
      VIGIE_SMS_HEADER: `Authorization: Bearer ${planted['key of the SMS gateway']}`,
      VIGIE_SECRET: planted['key of the installation'] ?? '',
    },
    {
      log,
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
  await app?.stop();
  await database?.stop();
});

async function listen(): Promise<void> {
  const { id, key } = await app.workerCredential('w1');
  worker = await connectAsync(app.mqttUrl, { username: `worker:${id}`, password: key });
  worker.on('message', (topic, payload) => hear(`topic ${topic}`, payload.toString()));
  for (const topic of [topics.cameraConfig('+'), topics.cameraWatch('+')])
    await worker.subscribeAsync(topic, { qos: 1 });
}

/** Asks and hears; what is shown this once to whom it belongs is left out. */
async function ask(client: Client, act: (client: Client) => Promise<{ body: unknown }>) {
  const { body } = await act(client);
  hear('answer', typeof body === 'string' ? body : JSON.stringify(body));
}

async function plant(): Promise<void> {
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  planted['password of the first administrator'] = app.firstAdministrator?.password ?? '';
  await ask(admin, (one) => one.put('/api/v1/town', town));
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
}

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
  const { body } = await admin.post('/api/v1/buildings/hall/incidents', { kind: 'drill' });
  for (const { method, url, access } of http.routeTable) {
    if (method !== 'GET' || access === 'signed' || /events|live|\*/.test(url)) continue;
    const path = url
      .replace(':kind', 'dpia')
      .replace(':allowedDays', '7')
      .replace('parking/:id', 'x')
      .replace(/:\w+/g, idFor(url));
    await ask(admin, (one) => one.get(path));
  }
  await ask(admin, (one) => one.post('/api/v1/persons/export', { who: 'ada' }));
  const end = `/api/v1/incidents/${(body as Incident).id}/end`;
  await ask(admin, (one) => one.post(end, { reason: 'over' }));
  await events;
}

const idFor = (url: string): string =>
  [
    ['zones', 'z'],
    ['spaces', 's1'],
    ['rooms', 'hall-room'],
    ['cameras', 'c1'],
  ].find(([kind]) => url.includes(`/${kind}/`))?.[1] ?? 'nothing';

/** Everything that the database holds, by table. */
async function dump(): Promise<{ where: string; text: string }[]> {
  const { rows } = await database.pool.query<{ schema: string; name: string }>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  );
  return Promise.all(
    rows.map(async ({ schema, name }) => {
      const all = await database.pool.query(
        `SELECT to_jsonb(t) AS row FROM "${schema}"."${name}" t`,
      );
      return { where: `table ${schema}.${name}`, text: JSON.stringify(all.rows) };
    }),
  );
}

/** As it is, and as it is usually hidden from sight only. */
const formsOf = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
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
    expect(heard.filter(({ where }) => where === 'answer').length).toBeGreaterThan(40);
    expect(heard.some(({ where }) => where === `topic ${topics.cameraConfig('c1')}`)).toBe(true);
    expect(heard.some(({ where }) => where.startsWith('log'))).toBe(true);
    expect(leaks([{ where: 'here', text: `x${planted['API token']}x` }])).toHaveLength(1);
  });

  it('stand in no log line, answer, error, live event or message of the bus', () => {
    expect(leaks(heard)).toEqual([]);
  });

  it('stand nowhere in the database as they are', async () => {
    const tables = await dump();
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
      'signed-in': 2,
      'sign-in-refused': 2,
      'token-made': 1,
      'person-exported': 1,
      alarm: 2,
    });
    expect(acts.export).toBeGreaterThan(5);
  });
});
