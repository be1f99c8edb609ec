import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everywhere, type Role } from '@vigie/contracts/accounts';
import type { RoomState } from '@vigie/contracts/evacuation';
import type { LiveEvent } from '@vigie/contracts/live';
import { topics } from '@vigie/contracts/topics';
import type { Town } from '@vigie/contracts/town';
import type { Headcount } from '@vigie/contracts/vision';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createAudit } from '../audit/index.ts';
import { createCameraAddresses } from '../platform/camera-address.ts';
import { systemClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EmbeddedBroker } from '../platform/embedded-broker.driver.ts';
import { createEventBus } from '../platform/events.ts';
import { createHttp, type Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import { createOutgoing } from '../platform/outgoing.driver.ts';
import { createTestBroker } from '../testing/broker.ts';
import { openTestDatabase } from '../testing/database.ts';
import { silentLog } from '../testing/log.ts';
import type { TownPart } from './buildings/town-faults.ts';
import { createEvacuation, type Evacuation, type EvacuationDeps } from './index.ts';

export const workersKey = new Uint8Array(32).fill(7);
export const webhookSecret = 'a-secret-that-the-panel-knows';
export const secretUrl = 'rtsp://guard:s3cret@10.0.0.7/main';

/** One building with two rooms: the hall with one camera, the cellar with two. */
export const smallTown: Pick<Town, 'buildings' | 'rooms' | 'cameras'> = {
  buildings: [{ id: 'town-hall', name: 'Hôtel de ville', address: '' }],
  rooms: [
    { id: 'hall', buildingId: 'town-hall', name: 'Hall', floor: '0', capacity: null },
    { id: 'cellar', buildingId: 'town-hall', name: 'Cave', floor: '-1', capacity: null },
  ],
  cameras: ['hall-1', 'cellar-1', 'cellar-2'].map((id) => ({
    id,
    roomId: id.replace(/-\d$/, ''),
    name: id,
    profile: 'standard',
    fps: 5,
    staleMs: 3000,
    source: secretUrl,
  })),
};

const devices = {
  'worker:w1': { key: 'key-of-worker-one', kind: 'worker', id: 'w1' },
  'worker:w2': { key: 'key-of-worker-two', kind: 'worker', id: 'w2' },
  'panel:town-hall': { key: 'key-of-the-panel', kind: 'panel', id: 'town-hall' },
  'panel:elsewhere': { key: 'key-of-another-panel', kind: 'panel', id: 'elsewhere' },
  'integrator:x': { key: 'key-of-an-integrator', kind: 'integrator', id: 'x' },
} as const;

/** The feature on a real broker, a real HTTP server and the given database. */
export interface TownHall {
  evacuation: Evacuation;
  http: Http;
  url: string;
  broker: EmbeddedBroker;
  /** Everything told to browsers so far. */
  events: LiveEvent[];
  connect(
    username: keyof typeof devices,
    will?: { topic: string; payload: string },
  ): Promise<MqttClient>;
  /** The newest retained and live messages by topic. */
  listen(username: keyof typeof devices, filters: string[]): Promise<Map<string, string>>;
  ask(
    role: Role,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: never }>;
  stop(): Promise<void>;
}

interface HallOptions {
  log?: Log;
  cap?: Omit<EvacuationDeps['cap'], 'ask'>;
  drills?: EvacuationDeps['drills'];
  /** Of the journal; a new one unless given. */
  folder?: string;
}

const noMails: EvacuationDeps['drills'] = {
  months: 6,
  addresses: [],
  queue: async () => undefined,
};

/** Opens the feature; `x-role` in a request stands for the session. */
export async function openTownHall(
  db: Database,
  town: TownPart = smallTown,
  {
    log = silentLog,
    cap = { sender: 'vigie@town.example' },
    drills = noMails,
    folder,
  }: HallOptions = {},
): Promise<TownHall> {
  const dataFolder = folder ?? (await mkdtemp(join(tmpdir(), 'vigie-hall-')));
  const broker = createTestBroker(devices);
  const bus = createEventBus();
  const events = collect(bus);
  const audit = createAudit({ db, clock: systemClock, log });
  const evacuation = createEvacuation({
    db,
    audit,
    bus: broker,
    events: bus,
    clock: systemClock,
    log,
    isParkingCamera: () => false,
    listParkingCameras: () => [],
    addresses: createCameraAddresses(workersKey),
    webhookSecret,
    timeZone: 'Europe/Paris',
    town: 'Drancy',
    publicUrl: 'https://vigie.example',
    cap: { ...cap, ask: createOutgoing(['127.0.0.1']).ask },
    dataFolder,
    alarmFps: 10,
    drills,
  });
  const http = await createHttp({
    log,
    identify: async ({ headers: { 'x-role': role } }) =>
      role
        ? { id: '1', username: 'ada', name: 'Ada', role: role as Role, scope: everywhere }
        : undefined,
    locate: async () => undefined,
  });
  evacuation.routes(http);
  await db.transaction((tx) => evacuation.importTown(town, tx));
  await broker.start();
  await evacuation.start();
  const url = await http.listen({ host: '127.0.0.1', port: 0 });
  const clients: MqttClient[] = [];

  async function connect(
    username: keyof typeof devices,
    will?: { topic: string; payload: string },
  ) {
    const client = await connectAsync(`mqtt://127.0.0.1:${broker.port()}`, {
      reconnectPeriod: 0,
      username,
      password: devices[username].key,
      ...(will
        ? { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true } }
        : {}),
    });
    clients.push(client);
    return client;
  }

  return {
    evacuation,
    http,
    url,
    broker,
    events,
    connect,
    listen: async (username, filters) => {
      const newest = new Map<string, string>();
      const client = await connect(username);
      client.on('message', (topic, payload) => newest.set(topic, payload.toString()));
      await client.subscribeAsync(filters, { qos: 1 });
      return newest;
    },
    ask: async (role, method, path, body) => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { 'x-role': role, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const told = answer.status === 204 ? null : await answer.json();
      return { status: answer.status, body: told as never };
    },
    stop: async () => {
      await http.close();
      await evacuation.stop();
      await Promise.all(clients.map((client) => client.endAsync(true)));
      await broker.stop();
      if (!folder) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function collect(bus: ReturnType<typeof createEventBus>): LiveEvent[] {
  const seen: LiveEvent[] = [];
  bus.on('room', (data) => seen.push({ name: 'room', data }));
  bus.on('incident', (data) => seen.push({ name: 'incident', data }));
  bus.on('board', (data) => seen.push({ name: 'board', data }));
  return seen;
}

/** Publishes a headcount that was taken `agoMs` ago; resolves when the server took it. */
export async function sendCount(
  worker: MqttClient,
  camera: string,
  count: number | null,
  { agoMs = 0, ...change }: Partial<Headcount> & { agoMs?: number } = {},
): Promise<void> {
  const headcount: Headcount = {
    v: 1,
    at: new Date(Date.now() - agoMs).toISOString(),
    count,
    min: count,
    max: count,
    health: 'ok',
    warnings: [],
    fps: 5,
    ageMs: 0,
    worker: 'w1',
    ...change,
  };
  await worker.publishAsync(topics.cameraHeadcount(camera), JSON.stringify(headcount), {
    qos: 1,
    retain: true,
  });
}

/** A camera that has seen nobody for the settling time. */
export async function sendNobody(worker: MqttClient, camera: string): Promise<void> {
  for (const agoMs of [2200, 1100, 0]) await sendCount(worker, camera, 0, { agoMs });
}

/** The state of a room as the route gives it. */
export async function liveOf(hall: TownHall, room: string): Promise<RoomState> {
  const { body } = await hall.ask('viewer', 'GET', `/rooms/${room}`);
  return (body as { live: RoomState }).live;
}

/** Empties every table of the feature. */
export const emptyTables =
  'TRUNCATE alarm_inputs, commissioning_moments, camera_links, buildings, rooms, cameras, crossings, known_empties, incidents, incident_rooms, incident_log, cap_messages, incident_findings, board_links, alarm_receipts, camera_views CASCADE';

/** The database of a file of tests, without a town before each; to be called before any `beforeEach` that opens a hall. */
export function emptyTownDatabase(): Awaited<ReturnType<typeof openTestDatabase>> {
  const database = {} as Awaited<ReturnType<typeof openTestDatabase>>;
  beforeAll(async () => {
    Object.assign(database, await openTestDatabase());
  });
  afterAll(() => database.stop?.());
  beforeEach(async () => {
    await database.pool.query(emptyTables);
  });
  return database;
}
