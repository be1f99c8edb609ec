import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBollard, createSimulatedDriver } from '@vigie/bollard';
import { asyncApi } from '@vigie/contracts/asyncapi';
import { CameraEnquiry } from '@vigie/contracts/camera-enquiries';
import { CameraLink } from '@vigie/contracts/evacuation';
import { filterCovers, homeAssistantStatus, topics } from '@vigie/contracts/topics';
import { Town } from '@vigie/contracts/town';
import { type DoorLine, decodeFedPicture, decodeFrame } from '@vigie/contracts/vision';
import { createLog, createScaledClock, readConfig, startApp } from '@vigie/server';
import { listModels, modelFolders, startVisionWorker } from '@vigie/vision';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const mosquitto = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path));
const clip = (name: string): string =>
  pathToFileURL(join(import.meta.dirname, '../../../demo/footage', `${name}.mp4`)).href;
const line: DoorLine = { id: 'middle', from: [0.2, 0.75], to: [0.8, 0.75] };
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
  cameras: [
    { id: 'c1', roomId: 'r1', name: 'Entrée', source: clip('office') },
    {
      ...{ id: 'c2', roomId: 'r1', name: 'Porte', source: clip('corridor'), watches: 'door' },
      markings: { lines: [line] },
    },
  ],
  parkingCameras: [{ id: 'p1', name: 'Place', source: clip('archive') }],
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
      if (name === 'cameraPicture') return pictureFaults(bytes);
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

const jpegStart = Buffer.from([0xff, 0xd8]);
const pictureFaults = (bytes: Buffer): string =>
  jpegStart.equals(decodeFedPicture(bytes).jpeg) ? 'No errors' : 'no picture';

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

/** What only a worker with weights says. */
const ofPictures = ['cameraFrame', 'cameraCrossings'];

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
      VIGIE_SECOND_FACTOR: 'nobody',
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
    const headers = await signIn(app.url, app.firstAdministrator?.password ?? '');
    await watchCamera(app.url, headers);
    await film(app.url, headers);
    await vi.waitFor(() => tryCamera(app.url, headers), { timeout: 10_000 });
    await client.publishAsync(homeAssistantStatus, 'online', { qos: 1 });
    const alarm = { v: 1, active: true, kind: 'test', at: new Date().toISOString() };
    await client.publishAsync(topics.buildingAlarm('hall'), JSON.stringify(alarm), { qos: 1 });
  }

  async function signIn(url: string, password: string): Promise<Record<string, string>> {
    const headers = { origin: url, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v1/auth/sign-in/username`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ username: 'admin', password }),
    });
    const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    return { ...headers, cookie: cookies.join('; ') };
  }

  async function dial(address: string, headers: Record<string, string>): Promise<WebSocket> {
    // Node's own takes headers; the types are those of a browser.
    const options = { headers } as unknown as string[];
    const socket = new WebSocket(address.replace('http', 'ws'), options);
    socket.onmessage = ({ data }) => {
      if (data === 'picture') socket.send(jpegStart);
    };
    stops.push(() => socket.close());
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    return socket;
  }

  /** Somebody looks at the camera, so that the server asks for pictures and the worker sends them. */
  const watchCamera = (url: string, headers: Record<string, string>) =>
    dial(`${url}/api/v1/cameras/c1/live?mode=private`, headers);

  /** A telephone becomes a camera and films. */
  async function film(url: string, headers: Record<string, string>): Promise<void> {
    const path = `${url}/api/v1/rooms/r1/browser-cameras`;
    const body = JSON.stringify({ name: 'Téléphone' });
    const answer = await fetch(path, { method: 'POST', headers, body });
    const { token } = CameraLink.parse(await answer.json());
    await dial(`${url}/api/v1/camera-feed?token=${token}`, { origin: url });
  }

  /** Somebody tries the address of a camera, as soon as the server knows a worker. */
  async function tryCamera(url: string, headers: Record<string, string>): Promise<void> {
    const body = JSON.stringify({ kind: 'try', cameraId: 'c1' });
    const path = `${url}/api/v1/camera-enquiries`;
    const answer = await fetch(path, { method: 'POST', headers, body });
    expect(CameraEnquiry.parse(await answer.json()).step).not.toBe('done');
  }

  it('knows every topic that is spoken on, and every word of it', async (context) => {
    if (!mosquitto) context.skip('no mosquitto: the server needs MQTT 5');
    const spoken = () =>
      channels
        .filter(({ covers }) => seen.some(({ topic }) => covers(topic)))
        .map(({ name }) => name);
    const expected = channels.map(({ name }) => name).filter((name) => !ofPictures.includes(name));
    await expect.poll(spoken, { timeout: 20_000 }).toEqual(expect.arrayContaining(expected));
    const displays = () => seen.filter(({ topic }) => topic === topics.bollardDisplay('b1'));
    await expect.poll(() => displays().length, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(faultsIn(seen)).toEqual([]);
  });

  it('knows the pictures of a camera, and who walks over its line', async (context) => {
    if (!mosquitto) context.skip('no mosquitto: the server needs MQTT 5');
    const models = await listModels();
    if (models.length === 0) context.skip('no weights: a worker without them opens no camera');
    const frames = () => seen.filter(({ topic }) => topic === topics.cameraFrame('c1'));
    await expect.poll(() => frames().length, { timeout: 25_000 }).toBeGreaterThan(2);
    expect(faultsIn(frames())).toEqual([]);
    const crossings = () => seen.filter(({ topic }) => topic === topics.cameraCrossings('c2'));
    await expect.poll(() => crossings().length, { timeout: 60_000 }).toBeGreaterThan(0);
    expect(faultsIn(crossings())).toEqual([]);
  }, 120_000);

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
