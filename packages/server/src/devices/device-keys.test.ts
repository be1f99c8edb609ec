import type { DeviceKey, DrawnDeviceKey } from '@vigie/contracts/devices';
import { topics } from '@vigie/contracts/topics';
import { Town } from '@vigie/contracts/town';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp } from '../testing/app.ts';

const path = '/api/v1/device-keys';
const town = Town.parse({ buildings: [{ id: 'hall', name: 'Mairie' }] });

let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;
const clients: MqttClient[] = [];

beforeAll(async () => {
  app = await startTestApp();
  await app.importTown(town);
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)));
  await app?.stop();
});

async function draw(kind: DrawnDeviceKey['kind'], id: string): Promise<DrawnDeviceKey> {
  const { status, body } = await admin.post(path, { kind, id });
  expect(status).toBe(201);
  return body as DrawnDeviceKey;
}

async function connect({ username, key }: DrawnDeviceKey): Promise<MqttClient> {
  const client = await connectAsync(app.mqttUrl, { username, password: key, reconnectPeriod: 0 });
  clients.push(client);
  return client;
}

const closed = (client: MqttClient) =>
  new Promise<void>((done) => client.once('close', () => done()));
const listed = async () => (await admin.get(path)).body as DeviceKey[];

describe('the key of a device', () => {
  it('lets the fire panel of a building sound its alarm', async () => {
    const panel = await draw('panel', 'hall');
    expect(panel).toMatchObject({ kind: 'panel', id: 'hall', username: 'panel:hall' });
    const client = await connect(panel);
    const alarm = JSON.stringify({ v: 1, active: true, at: new Date().toISOString() });
    await client.publishAsync(topics.buildingAlarm('hall'), alarm, { qos: 1 });
    await expect
      .poll(async () => (await admin.get('/api/v1/incidents')).body, { timeout: 20_000 })
      .toMatchObject([{ buildingId: 'hall' }]);
  });

  it('lets a worker take its share', async () => {
    const client = await connect(await draw('worker', 'w2'));
    const granted = await client.subscribeAsync(topics.cameraConfig('+'), { qos: 1 });
    expect(granted).toMatchObject([{ qos: 1 }]);
  });

  it('ends when another is drawn, and cuts off who came with it', async () => {
    const first = await draw('worker', 'w3');
    const client = await connect(first);
    const isClosed = closed(client);
    const second = await draw('worker', 'w3');
    await isClosed;
    await expect(connect(first)).rejects.toThrow(/Bad username or password/);
    await connect(second);
  });

  it('is listed without being shown, and ended once', async () => {
    const drawn = await draw('worker', 'w4');
    await admin.post('/api/v1/integrators', { id: 'grafana' });
    const all = await listed();
    expect(all.map(({ username }) => username)).toEqual(
      expect.arrayContaining(['integrator:grafana', 'worker:w4']),
    );
    expect(JSON.stringify(all)).not.toContain(drawn.key);
    const isClosed = closed(await connect(drawn));
    expect((await admin.delete(`${path}/worker/w4`)).status).toBe(204);
    await isClosed;
    await expect(connect(drawn)).rejects.toThrow(/Bad username or password/);
    expect((await listed()).map(({ id }) => id)).not.toContain('w4');
    expect(await admin.delete(`${path}/worker/w4`)).toMatchObject({
      status: 404,
      body: { code: 'devices/key-unknown' },
    });
  });

  it.each([
    ['a panel of no building', { kind: 'panel', id: 'nowhere' }, 'evacuation/building-unknown'],
    ['a bollard, which has a route of its own', { kind: 'bollard', id: 'b' }, 'input/invalid'],
    ['a name that is none', { kind: 'worker', id: 'a b' }, 'input/invalid'],
  ])('is not drawn for %s', async (_, wish, code) => {
    expect((await admin.post(path, wish)).body).toMatchObject({ code });
  });
});
