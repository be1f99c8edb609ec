import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBollard, createSimulatedDriver } from '@vigie/bollard';
import { asyncApi } from '@vigie/contracts/asyncapi';
import { filterCovers, homeAssistantStatus, topics } from '@vigie/contracts/topics';
import { Town } from '@vigie/contracts/town';
import { decodeFrame } from '@vigie/contracts/vision';
import { createLog, createScaledClock, readConfig, startApp } from '@vigie/server';
import { listModels, modelFolders, startVisionWorker } from '@vigie/vision';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const mosquitto = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path));
const footage = join(import.meta.dirname, '../../../demo/footage/office.mp4');
const key = 'a-key-that-is-long-enough';
const log = createLog('silent');
/** One day lasts half a second, so that a car soon becomes a case. */
const clock = createScaledClock(172_800);

const town = Town.parse({
  zones: [{ id: 'street', name: 'Rue', allowedDays: 1, recipients: [{ channel: 'mqtt' }] }],
  spaces: [{ id: 's1', zoneId: 'street', label: '1', latitude: 48.92, longitude: 2.44 }],
  bollards: [{ id: 'b1', spaceId: 's1', key }],
  buildings: [{ id: 'hall', name: 'Mairie' }],
  rooms: [{ id: 'r1', buildingId: 'hall', name: 'Salle' }],
  cameras: [{ id: 'c1', roomId: 'r1', name: 'Entrée', source: pathToFileURL(footage).href }],
});

type Seen = { topic: string; payload: Buffer };

const ajv = new Ajv({ strict: true, allErrors: true });
addFormats.default(ajv);

/** Each channel of the document: which topics it covers, and what is wrong with a payload on them. */
const channels = Object.entries(asyncApi.channels).map(([name, { address }]) => {
  const { contentType, payload } = asyncApi.components.messages[name] as {
    contentType: string;
    payload: object;
  };
  const validate = ajv.compile(payload);
  return {
    name,
    covers: (topic: string) => filterCovers(address.replace('{id}', '+'), topic),
    faultsOf: (bytes: Buffer): string => {
      if (contentType === 'application/octet-stream') return frameFaults(bytes);
      const text = bytes.toString();
      validate(contentType === 'application/json' ? JSON.parse(text) : text);
      return ajv.errorsText(validate.errors, { dataVar: name });
    },
  };
});

const validateHeader = ajv.compile(asyncApi.components.schemas.FrameHeader);
function frameFaults(bytes: Buffer): string {
  validateHeader(decodeFrame(bytes).header);
  return ajv.errorsText(validateHeader.errors, { dataVar: 'header' });
}

/** What the document does not know or does not allow. */
function faultsIn(seen: readonly Seen[]): string[] {
  return seen.flatMap(({ topic, payload }) => {
    const channel = channels.find(({ covers }) => covers(topic));
    if (!channel) return [`${topic} is in no channel of the document`];
    if (payload.length === 0) return [];
    const faults = channel.faultsOf(payload);
    return faults === 'No errors' ? [] : [`${topic}: ${faults}`];
  });
}

describe('the description of the bus', () => {
  let folder: string;
  let broker: ChildProcess;
  let client: MqttClient;
  const seen: Seen[] = [];
  const stops: (() => unknown)[] = [];

  beforeAll(async () => {
    if (!mosquitto) return;
    folder = await mkdtemp(join(tmpdir(), 'vigie-bus-'));
    await chmod(folder, 0o755);
    const port = await freePort();
    await writeFile(join(folder, 'conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
    broker = spawn(mosquitto, ['-c', join(folder, 'conf')], { stdio: 'ignore' });
    const url = `mqtt://127.0.0.1:${port}`;
    client = await vi.waitFor(() => connectAsync(url, { reconnectPeriod: 0 }), {
      timeout: 10_000,
    });
    client.on('message', (topic, payload) => void seen.push({ topic, payload }));
    await client.subscribeAsync('#', { qos: 1 });
    await startHouse(url);
  });

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
    await client?.endAsync(true);
    if (!broker) return;
    const exit = new Promise((resolve) => broker.once('exit', resolve));
    broker.kill('SIGTERM');
    await exit;
    await rm(folder, { recursive: true, force: true });
  });

  /** The whole house on the broker: server, a bollard and a worker, each the real program. */
  async function startHouse(url: string): Promise<void> {
    const config = readConfig({
      VIGIE_DATA: folder,
      VIGIE_HOST: '127.0.0.1',
      VIGIE_PORT: '0',
      VIGIE_HOME_ASSISTANT: 'on',
      VIGIE_ADMIN_TOTP: 'optional',
      MQTT_URL: url,
    });
    await writeFile(join(folder, 'index.html'), '');
    const app = await startApp({ config, log, webRoot: folder, parkingClock: clock });
    stops.push(app.stop);
    await app.importTown(town);
    const worker = await app.workerCredential('w1');
    const driver = createSimulatedDriver();
    const bollard = createBollard({ id: 'b1', key, brokerUrl: url, clock, driver, log });
    await bollard.start();
    stops.push(bollard.stop);
    bollard.sense(true);
    const counting = await startVisionWorker({
      brokerUrl: url,
      workerId: 'w1',
      key: worker.key,
      sealKey: new Uint8Array(Buffer.from(worker.sealKey, 'base64')),
      modelsDirs: modelFolders(),
      log,
      threads: 1,
    });
    stops.push(counting.stop);
    await watchCamera(app.url, app.firstAdministrator?.password ?? '');
    await client.publishAsync(homeAssistantStatus, 'online', { qos: 1 });
    const alarm = { v: 1, active: true, kind: 'test', at: new Date().toISOString() };
    await client.publishAsync(topics.buildingAlarm('hall'), JSON.stringify(alarm), { qos: 1 });
  }

  /** Somebody looks at the camera, so that the server asks for pictures and the worker sends them. */
  async function watchCamera(url: string, password: string): Promise<void> {
    const answer = await fetch(`${url}/api/v1/auth/sign-in/username`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    });
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    const address = `${url.replace('http', 'ws')}/api/v1/cameras/c1/live?mode=private`;
    // Node's own takes headers; the types are those of a browser.
    const options = { headers: { origin: url, cookie: cookie.join('; ') } } as unknown as string[];
    const viewer = new WebSocket(address, options);
    stops.push(() => viewer.close());
    await new Promise((resolve, reject) => {
      viewer.onopen = resolve;
      viewer.onerror = reject;
    });
  }

  it('knows every topic that is spoken on, and every word of it', async (context) => {
    if (!mosquitto) context.skip('no mosquitto: the server needs MQTT 5');
    const spoken = () =>
      channels
        .filter(({ covers }) => seen.some(({ topic }) => covers(topic)))
        .map(({ name }) => name);
    const expected = channels.map(({ name }) => name).filter((name) => name !== 'cameraFrame');
    await expect.poll(spoken, { timeout: 20_000 }).toEqual(expect.arrayContaining(expected));
    const displays = () => seen.filter(({ topic }) => topic === topics.bollardDisplay('b1'));
    await expect.poll(() => displays().length, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(faultsIn(seen)).toEqual([]);
  });

  it('knows the pictures of a camera', async (context) => {
    if (!mosquitto) context.skip('no mosquitto: the server needs MQTT 5');
    const models = await listModels();
    if (models.length === 0) context.skip('no weights: a worker without them opens no camera');
    const frames = () => seen.filter(({ topic }) => topic === topics.cameraFrame('c1'));
    await expect.poll(() => frames().length, { timeout: 25_000 }).toBeGreaterThan(2);
    expect(faultsIn(frames())).toEqual([]);
  });

  it.each([
    { name: 'a topic', topic: 'vigie/bollards/b1/mood', text: '{}' },
    { name: 'a word', topic: topics.bollardStatus('b1'), text: 'asleep' },
    { name: 'a property', topic: topics.roomState('r1'), text: '{"v":1}' },
  ])('does not know $name that is not in it', ({ topic, text }) => {
    expect(faultsIn([{ topic, payload: Buffer.from(text) }])).toHaveLength(1);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
