import { setTimeout as delay } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import type { DeviceKind } from '../../packages/contracts/src/devices.ts';
import { topics } from '../../packages/contracts/src/topics.ts';
import { Town } from '../../packages/contracts/src/town.ts';
import type { Http } from '../../packages/server/src/platform/http.ts';
import type { Log } from '../../packages/server/src/platform/log.ts';
import { signIn, startTestApp } from '../../packages/server/src/testing/app.ts';
import { openTestDatabase } from '../../packages/server/src/testing/database.ts';
import { startBroker } from '../../packages/vision/src/testing/broker.ts';
import { type Caller, createCaller } from './caller.ts';
import { eui } from './samples.ts';
import { createStateWatch, type StateWatch } from './state-watch.ts';

/** For devices that are in the town. */
export const deviceKey = 'a-key-that-is-long-enough';
export const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const password = 'Lanterne-verte9';

/** What is registered. Nothing that is good enough to be taken names the school: there everything stays as it is. */
const registry = Town.parse({
  zones: [
    { id: 'centre', name: 'Centre', allowedDays: 7 },
    { id: 'gare', name: 'Gare', allowedDays: 7 },
  ],
  spaces: ['a', 'b', 'c'].map((id) => ({ id, zoneId: 'centre', label: id })),
  bollards: [
    { id: 'a', spaceId: 'a', key: deviceKey },
    { id: 'b', spaceId: 'b', model: 'bosch-tps110', deviceEui: eui },
    { id: 'own', spaceId: 'c', key: deviceKey },
  ],
  buildings: ['a', 'own', 'school'].map((id) => ({ id, name: id })),
  floors: ['a', 'school'].map((id) => ({ id, buildingId: id, name: id, level: 0 })),
  rooms: ['a', 'school'].map((id) => ({ id, buildingId: id, name: id, floor: id })),
  cameras: ['a', 'school'].map((id) => ({
    id,
    roomId: id,
    name: id,
    source: 'rtsp://127.0.0.1:9/one',
  })),
  parkingCameras: [{ id: 'p', name: 'p', source: 'rtsp://127.0.0.1:9/two' }],
  assemblyPoints: [{ id: 'a', buildingId: 'a', name: 'a' }],
  wardens: [{ id: 'a', buildingId: 'a', name: 'a', role: 'sweeper' }],
});

/** A server with everything it needs, and what is known of it from outside. */
export interface TownUnderFire {
  url: string;
  http: Http;
  mqttUrl: string;
  /** Broker of a LoRaWAN network that the server listens to. */
  networkUrl: string;
  caller: Caller;
  state: StateWatch;
  keys: Keys;
  /** Errors that the server logged since the last time. */
  errors(): string[];
  /** Makes a device of each kind whose id is `own`: no request draws it another key. */
  deviceKeys(): Promise<DeviceKeys>;
  /** Is called before the server stops. */
  onStop(stop: () => Promise<unknown>): void;
  /** Something was accepted that may have changed the registry. */
  touch(): void;
  /** Puts back what accepted inputs removed. */
  restore(): Promise<void>;
  /** @throws Error naming what is not well. */
  examine(): Promise<void>;
  stop(): Promise<void>;
}

/** Credentials of one device of each kind, whose id is `own`. */
export type DeviceKeys = Readonly<Record<DeviceKind, string>>;

/** What opens doors without an account. */
export interface Keys {
  admin: string;
  displayToken: string;
  boardToken: string;
  cameraToken: string;
  incidentId: string;
  caseId: string;
}

/** Starts a server, its database and brokers, with a town that has an incident, a case, links and devices. */
export async function startTownUnderFire(): Promise<TownUnderFire> {
  const database = await openTestDatabase();
  const network = await startBroker();
  const errors: string[] = [];
  const stops: (() => Promise<unknown>)[] = [];
  let http: Http | undefined;
  const clock = { lateMs: monthMs, rate: 1, now: () => new Date(Date.now() - clock.lateMs) };
  const extraRoutes = (made: Http) => {
    http = made;
  };
  const app = await startTestApp(
    {
      DATABASE_URL: database.url,
      VIGIE_WEBHOOK_SECRET: webhookSecret,
      CHIRPSTACK_MQTT_URL: network.url,
      TTS_MQTT_URL: network.url,
    },
    { log: logInto(errors), parkingClock: clock, extraRoutes },
  );
  await app.importTown(registry);
  const adminPassword = app.firstAdministrator?.password ?? '';
  const caller = createCaller(app.url);
  const worker = await startTrueWorker(app.mqttUrl, await app.giveCredential('worker', 'true'));
  await park(app.mqttUrl, clock.now());
  clock.lateMs = 0;
  const keys = await drawKeys(app, caller, adminPassword);
  const state = createStateWatch(database.pool);

  let isTouched = true;
  async function restore(): Promise<void> {
    if (!isTouched) return;
    isTouched = false;
    await app.importTown(registry);
    const { status } = await caller.send({ path: '/api/v1/me', headers: { cookie: keys.admin } });
    if (status !== 200) keys.admin = await caller.signIn('admin', adminPassword);
    keys.incidentId = await runningIncident(caller, keys);
  }

  async function examine(): Promise<void> {
    isTouched = true;
    await restore();
    const asked = Array.from({ length: 40 }, () =>
      caller.send({ path: '/api/v1/spaces', headers: { cookie: keys.admin } }),
    );
    const wrong = (await Promise.all(asked)).find(({ status }) => status !== 200);
    if (wrong) throw new Error(`the server is not well: ${wrong.status} ${wrong.body}`);
    await state.mustBeWhole();
    await mustCount(caller, keys, 3);
  }

  return {
    url: app.url,
    http: http as unknown as Http,
    mqttUrl: app.mqttUrl,
    networkUrl: network.url,
    caller,
    state,
    keys,
    errors: () => errors.splice(0),
    deviceKeys: async () => ({
      bollard: deviceKey,
      worker: await app.giveCredential('worker', 'own'),
      panel: await app.giveCredential('panel', 'own'),
      integrator: await app.giveCredential('integrator', 'own'),
    }),
    onStop: (stop) => void stops.push(stop),
    touch: () => {
      isTouched = true;
    },
    restore,
    examine,
    stop: async () => {
      for (const stop of stops) await stop();
      caller.stop();
      await worker.stop();
      await app.stop();
      await network.stop();
      await database.stop();
    },
  };
}

const logInto = (errors: string[]): Log => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (data, text) => void errors.push(`${text} ${JSON.stringify(data)}`),
});

/** The incident that goes on in the building `a`; a new one where it was ended. */
async function runningIncident(caller: Caller, { admin, incidentId }: Keys): Promise<string> {
  const headers = { cookie: admin, 'content-type': 'application/json' };
  const known = await caller.send({ path: `/api/v1/incidents/${incidentId}`, headers });
  const { endedAt = '' } = JSON.parse(known.body) as { endedAt?: string | null };
  if (endedAt === null) return incidentId;
  const made = await caller.send({
    method: 'POST',
    path: '/api/v1/buildings/a/incidents',
    headers,
    body: JSON.stringify({ kind: 'fire' }),
  });
  const { id } = JSON.parse(made.body) as { id?: string };
  if (id === undefined) throw new Error(`no incident can be begun: ${made.status} ${made.body}`);
  return id;
}

type App = Awaited<ReturnType<typeof startTestApp>>;

async function drawKeys(app: App, caller: Caller, adminPassword: string): Promise<Keys> {
  const admin = await signIn(app.url, 'admin', adminPassword);
  const ask = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await admin.post(`/api/v1${path}`, body);
    if (answer.status >= 400) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  };
  await app.createUser({ username: 'guest', name: 'Guest', role: 'viewer', password });
  const incident = await ask<{ id: string }>('/buildings/a/incidents', { kind: 'fire' });
  const board = await ask<{ token: string }>(`/incidents/${incident.id}/board-links`, {});
  const display = await ask<{ token: string }>('/bollards/a/display-token', {});
  const camera = await ask<{ token: string }>('/rooms/a/browser-cameras', { name: 'b' }).catch(
    () => ({ token: '' }),
  );
  const cases = async () => (await admin.get('/api/v1/cases')).body as { id: string }[];
  for (let i = 0; i < 100 && (await cases()).length === 0; i++) await delay(100);
  return {
    admin: await caller.signIn('admin', adminPassword),
    displayToken: display.token,
    boardToken: board.token,
    cameraToken: camera.token,
    incidentId: incident.id,
    caseId: (await cases())[0]?.id ?? 'none',
  };
}

const monthMs = 30 * 86_400_000;

async function park(mqttUrl: string, now: Date): Promise<void> {
  const bollard = await connectAsync(mqttUrl, { username: 'a', password: deviceKey });
  const state = { v: 1, occupied: true, at: now.toISOString() };
  await bollard.publishAsync(topics.bollardState('a'), JSON.stringify(state), { qos: 1 });
  await bollard.endAsync();
}

/** Counts three people in the school all along. */
async function startTrueWorker(mqttUrl: string, key: string) {
  const client = await connectAsync(mqttUrl, { username: 'worker:true', password: key });
  const say = (topic: string, value: unknown) =>
    client.publish(topic, JSON.stringify(value), { qos: 0, retain: true });
  const tell = () => {
    const now = new Date().toISOString();
    say(topics.cameraHeadcount('school'), {
      v: 1,
      at: now,
      count: 3,
      min: 3,
      max: 3,
      health: 'ok',
      fps: 5,
      ageMs: 1,
      worker: 'true',
    });
  };
  say(topics.workerStatus('true'), {
    online: true,
    cameras: ['school'],
    capacityFps: 10,
    model: 'true',
    models: [],
  });
  tell();
  const timer = setInterval(tell, 500);
  return {
    stop: async () => {
      clearInterval(timer);
      await client.endAsync(true);
    },
  };
}

/** @throws Error when the untouched building does not show the people who are in it. */
async function mustCount(caller: Caller, { admin }: Keys, people: number): Promise<void> {
  let seen = '';
  for (let i = 0; i < 100; i++) {
    const { body } = await caller.send({
      path: '/api/v1/rooms/school',
      headers: { cookie: admin },
    });
    seen = body;
    if ((JSON.parse(body) as { live?: { count?: number } }).live?.count === people) return;
    await delay(200);
  }
  throw new Error(`the school does not show its ${people} people: ${seen.slice(0, 500)}`);
}
