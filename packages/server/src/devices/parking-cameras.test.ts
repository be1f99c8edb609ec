import type { Bollard } from '@vigie/contracts/devices';
import type { SpaceDetail } from '@vigie/contracts/parking';
import type { ParkingCamera } from '@vigie/contracts/parking-cameras';
import { Town } from '@vigie/contracts/town';
import { CameraConfig, CameraHealth } from '@vigie/contracts/vision';
import fc from 'fast-check';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp } from '../testing/app.ts';
import { signalsOfOccupancy } from './parking-cameras.ts';

const key = 'a-key-that-is-long-enough';
const patient = { timeout: 20_000 };
const minuteMs = 60_000;
/** Half an hour ago, so that all of the story lies in the past. */
const start = Date.now() - 30 * minuteMs;
const after = (ms: number): string => new Date(start + ms).toISOString();

const polygon = (x: number): [number, number][] => [
  [x, 0.2],
  [x + 0.1, 0.2],
  [x + 0.1, 0.5],
];
const drawn = (spaceId: string, x = 0.1) => ({ spaceId, polygon: polygon(x) });
const source = 'rtsp://yard:geheim99@127.0.0.1:9/sub';

const town = Town.parse({
  parkingCameras: [{ id: 'yard', name: 'Yard', source, spaces: [drawn('s1'), drawn('s2', 0.5)] }],
  zones: [{ id: 'z', name: 'Rue', allowedDays: 7 }],
  spaces: ['s1', 's2', 's3'].map((id) => ({ id, zoneId: 'z', label: id })),
  buildings: [{ id: 'hall', name: 'Hall' }],
  rooms: [{ id: 'office', buildingId: 'hall', name: 'Office' }],
  bollards: [{ id: 'b3', spaceId: 's3', key }],
  cameras: [{ id: 'office-cam', roomId: 'office', name: 'Door', source }],
});

let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;
let worker: MqttClient;
/** newest payload by topic, as the worker sees it */
const configs = new Map<string, string>();

beforeAll(async () => {
  app = await startTestApp();
  await app.importTown(town);
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  const credential = await app.workerCredential('w1');
  const username = 'worker:w1';
  worker = await connectAsync(app.mqttUrl, { username, password: credential.key });
  worker.on('message', (topic, payload) => configs.set(topic, payload.toString()));
  await worker.subscribeAsync('vigie/cameras/+/config', { qos: 1 });
}, 60_000);

afterAll(async () => {
  await worker?.endAsync(true);
  await app?.stop();
});

interface Told {
  occupied: boolean | null;
  since?: string;
  seenAt?: string;
}

const messageOf = (spaces: Record<string, Told>, health: CameraHealth = 'ok') => ({
  v: 1,
  at: after(0),
  health,
  spaces: Object.entries(spaces).map(([spaceId, { occupied, since = null, seenAt = null }]) => ({
    ...{ spaceId, occupied, score: 0.5, since, seenAt },
  })),
  fps: 0.5,
  ageMs: 10,
  worker: 'w1',
});

const tell = (message: object, cameraId = 'yard') =>
  worker.publishAsync(`vigie/cameras/${cameraId}/occupancy`, JSON.stringify(message), { qos: 1 });

const detailOf = async (id: string) =>
  (await admin.get(`/api/v1/spaces/${id}`)).body as SpaceDetail;
const staysOf = async (id: string) =>
  (await detailOf(id)).stays.map(({ since, until }) => ({ since, until }));
const cameras = async () => (await admin.get('/api/v1/parking-cameras')).body as ParkingCamera[];
const sensorOf = async (id: string) =>
  ((await admin.get('/api/v1/bollards')).body as Bollard[]).find((one) => one.id === id);

describe('a camera over parking spaces', () => {
  it('is told to the workers with its spaces, its address sealed', async () => {
    await expect.poll(() => configs.get('vigie/cameras/yard/config'), patient).toBeDefined();
    const text = configs.get('vigie/cameras/yard/config') ?? '';
    const { task } = CameraConfig.parse(JSON.parse(text));
    expect(task?.spaces.map(({ spaceId }) => spaceId)).toEqual(['s1', 's2']);
    expect(text).not.toContain('geheim99');
    expect(JSON.stringify(await cameras())).not.toContain('geheim99');
  });

  it('makes a stay of a car, from the first look at it, however often it is told', async () => {
    const free = { occupied: false, since: after(0), seenAt: after(minuteMs) };
    const taken = { occupied: true, since: after(2 * minuteMs), seenAt: after(3 * minuteMs) };
    await tell(messageOf({ s1: free, s2: free }));
    for (let i = 0; i < 3; i++) await tell(messageOf({ s1: taken, s2: free }));
    expect(await staysOf('s1')).toEqual([{ since: after(2 * minuteMs), until: null }]);
    expect(await staysOf('s2')).toEqual([]);
    expect((await detailOf('s2')).display.state).toBe('free');
    // What came before is told again, late: it changes nothing.
    await tell(messageOf({ s1: free, s2: free }));
    expect(await staysOf('s1')).toEqual([{ since: after(2 * minuteMs), until: null }]);
    expect((await cameras())[0]).toMatchObject({ id: 'yard', health: 'ok' });
  });

  it('names itself as the sensor of the space, and is in service', async () => {
    expect((await admin.get('/api/v1/spaces/s1/sensors')).body).toMatchObject([
      { bollardId: 'yard.s1', health: 'ok' },
    ]);
    expect(await sensorOf('yard.s1')).toMatchObject({ model: 'camera', life: 'in-service' });
  });

  it('in the dark says nothing of any space: no car leaves by it', async () => {
    const before = (await sensorOf('yard.s1'))?.lastSeenAt;
    await tell(messageOf({ s1: { occupied: null }, s2: { occupied: null } }, 'dark'));
    expect((await cameras())[0]).toMatchObject({
      health: 'dark',
      occupancy: [{ occupied: null }, { occupied: null }],
    });
    expect(await staysOf('s1')).toEqual([{ since: after(2 * minuteMs), until: null }]);
    expect((await sensorOf('yard.s1'))?.lastSeenAt).toBe(before);
    // A message that calls a space free in the dark breaks its contract.
    const free = { occupied: false, since: after(4 * minuteMs), seenAt: after(25 * minuteMs) };
    await tell(messageOf({ s1: free }, 'dark'));
    expect(await staysOf('s1')).toEqual([{ since: after(2 * minuteMs), until: null }]);
  });

  it('sees the car leave', async () => {
    const gone = { occupied: false, since: after(5 * minuteMs), seenAt: after(29 * minuteMs) };
    await tell(messageOf({ s1: gone }));
    await expect
      .poll(() => staysOf('s1'), patient)
      .toEqual([{ since: after(2 * minuteMs), until: after(5 * minuteMs) }]);
  });

  it('speaks for its own spaces only', async () => {
    const taken = { occupied: true, since: after(6 * minuteMs), seenAt: after(7 * minuteMs) };
    await tell(messageOf({ s3: taken }));
    await tell(messageOf({ s2: taken }), 'office-cam');
    expect(await staysOf('s3')).toEqual([]);
    expect(await staysOf('s2')).toEqual([]);
  });
});

it('nobody but a worker says what a camera sees', async () => {
  const asBollard = { username: 'b3', password: key, reconnectPeriod: 0 };
  const bollard = await connectAsync(app.mqttUrl, asBollard);
  const closed = new Promise<void>((resolve) => bollard.once('close', () => resolve()));
  const seenAt = after(20 * minuteMs);
  const taken = { occupied: true, since: after(19 * minuteMs), seenAt };
  const topic = 'vigie/cameras/yard/occupancy';
  bollard.publish(topic, JSON.stringify(messageOf({ s2: taken })), { qos: 1 });
  await closed;
  expect(await staysOf('s2')).toEqual([]);
});

describe('the spaces of a camera', () => {
  const draw = (spaces: object[], id = 'yard') =>
    admin.put(`/api/v1/parking-cameras/${id}/spaces`, spaces);

  it('are drawn anew: the workers hear of it, and what is left out keeps its past', async () => {
    expect(await draw([drawn('s2', 0.3)])).toMatchObject({ status: 200 });
    await expect
      .poll(() => configs.get('vigie/cameras/yard/config'), patient)
      .not.toContain('"s1"');
    expect(await sensorOf('yard.s1')).toMatchObject({ life: 'retired', spaceIds: [] });
    expect(await staysOf('s1')).toHaveLength(1);
    expect(await draw([drawn('s1'), drawn('s2')])).toMatchObject({ status: 200 });
    expect(await sensorOf('yard.s1')).toMatchObject({ spaceId: 's1', life: 'in-service' });
  });

  it.each([
    { name: 'an unknown space', spaces: [drawn('nowhere')], status: 404 },
    { name: 'a space drawn twice', spaces: [drawn('s1'), drawn('s1')], status: 400 },
    { name: 'an outline around nothing', spaces: [{ spaceId: 's1', polygon: [] }], status: 400 },
  ])('are refused with $name, and nothing changes', async ({ spaces, status }) => {
    const before = await cameras();
    expect((await draw(spaces)).status).toBe(status);
    expect((await cameras())[0]?.spaces).toEqual(before[0]?.spaces);
  });

  it('of an unknown camera are refused', async () => {
    expect(await draw([], 'attic')).toMatchObject({ body: { code: 'devices/camera-unknown' } });
  });
});

describe('the view of a camera', () => {
  const confirm = (id: string) => admin.post(`/api/v1/parking-cameras/${id}/confirm-view`, {});
  const toldView = () => {
    const text = configs.get('vigie/cameras/yard/config') ?? '';
    return CameraConfig.parse(JSON.parse(text)).viewSince;
  };

  it('is confirmed by a person: the workers learn it anew, the outlines stay', async () => {
    const [before] = await cameras();
    expect(before?.viewSince).toBeNull();
    const { status, body } = await confirm('yard');
    const { viewSince, spaces } = body as ParkingCamera;
    expect({ status, spaces }).toEqual({ status: 200, spaces: before?.spaces });
    expect(Date.parse(viewSince ?? '')).toBeGreaterThan(start);
    await expect.poll(toldView, patient).toBe(viewSince);
    await admin.put('/api/v1/parking-cameras/yard', { name: 'Yard', source });
    expect((await cameras())[0]?.viewSince).toBe(viewSince);
  });

  it('of an unknown camera is refused', async () => {
    expect(await confirm('attic')).toMatchObject({ body: { code: 'devices/camera-unknown' } });
  });
});

describe('the name of a camera', () => {
  const put = (id: string, more: object = {}) =>
    admin.put(`/api/v1/parking-cameras/${id}`, { name: 'New', source, ...more });

  it('cannot be that of a camera in a room', async () => {
    expect(await put('office-cam')).toMatchObject({ body: { code: 'devices/camera-taken' } });
    const imported = app.importTown({ ...town, parkingCameras: [], cameras: [] });
    await expect(imported).resolves.toBeDefined();
    const [room] = town.cameras;
    const twice = { ...town, cameras: [{ ...room, id: 'yard' } as (typeof town.cameras)[number]] };
    await expect(app.importTown(twice)).rejects.toMatchObject({ code: 'devices/camera-taken' });
  });

  it('leaves room for the names of its spaces', async () => {
    const answer = await put('y'.repeat(63), { spaces: [drawn('s1')] });
    expect(answer).toMatchObject({ status: 400, body: { code: 'input/invalid' } });
    expect(await cameras()).toHaveLength(1);
  });
});

it('its sensors cannot be changed as bollards, nor bollards be made cameras', async () => {
  const refused = { status: 409, body: { code: 'devices/camera-sensor' } };
  expect(await admin.post('/api/v1/bollards/yard.s1/key', {})).toMatchObject(refused);
  expect(await admin.post('/api/v1/bollards/yard.s1/retirement', {})).toMatchObject(refused);
  const bollard = { id: 'b9', spaceId: 's1', model: 'camera' };
  expect(await admin.post('/api/v1/bollards', bollard)).toMatchObject(refused);
});

it('a camera is taken away; its sensors go with it', async () => {
  expect(await admin.delete('/api/v1/parking-cameras/yard')).toMatchObject({ status: 204 });
  await expect.poll(() => configs.get('vigie/cameras/yard/config'), patient).toBe('');
  expect(await cameras()).toEqual([]);
  expect(await sensorOf('yard.s2')).toMatchObject({ life: 'retired' });
  expect(await admin.delete('/api/v1/parking-cameras/yard')).toMatchObject({ status: 404 });
});

it('an unhealthy camera never gives a signal, whatever it says of its spaces', () => {
  const space = fc.record({
    spaceId: fc.constantFrom('s1', 's2'),
    occupied: fc.option(fc.boolean()),
    score: fc.constant(0.5),
    since: fc.option(fc.constant(after(0))),
    seenAt: fc.option(fc.constant(after(minuteMs))),
  });
  const health = fc.constantFrom(...CameraHealth.options);
  fc.assert(
    fc.property(health, fc.array(space), (word, spaces) => {
      const reception = { receivedAt: new Date(start), rate: 1 };
      const signals = signalsOfOccupancy('yard', { health: word, spaces }, reception);
      const known = spaces.filter(
        ({ occupied, since, seenAt }) => occupied !== null && since !== null && seenAt !== null,
      );
      expect(signals).toHaveLength(word === 'ok' ? 2 * known.length : 0);
      expect(signals.every(({ occupied }) => occupied !== null)).toBe(true);
    }),
  );
});
