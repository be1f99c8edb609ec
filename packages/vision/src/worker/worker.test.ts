import { once } from 'node:events';
import { copyFile, mkdtemp, rm, unlink } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { Crossing, decodeFrame, Headcount, Occupancy, WorkerStatus } from '@vigie/contracts/vision';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../camera/picture.driver.ts';
import type { Picture } from '../detector/detector.ts';
import { startVisionWorker } from '../index.ts';
import { SETTLING } from '../parking/settling.ts';
import { type BusWatcher, startBroker } from '../testing/broker.ts';
import { FOOTAGE, findWeights, missingMedia } from '../testing/weights.ts';
import type { WorkerLog } from './bus.ts';
import { workerFor } from './sharing.ts';

const weights = await findWeights();
const missing = weights.missing ?? missingMedia(join(FOOTAGE, 'office.mp4'));
const sealKey = crypto.getRandomValues(new Uint8Array(32));
const clip = (name: string): string => pathToFileURL(join(FOOTAGE, `${name}.mp4`)).href;

/** Everything the worker writes to its log, as text. */
const logged: string[] = [];
const log: WorkerLog = {
  info: (data, text) => logged.push(JSON.stringify(data) + text),
  warn: (data, text) => logged.push(JSON.stringify(data) + text),
  error: (data, text) => logged.push(JSON.stringify(data) + text),
};

let broker: Awaited<ReturnType<typeof startBroker>>;
let bus: BusWatcher;
const workers: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  broker = await startBroker();
  bus = await broker.watch();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  for (const topic of bus.newest.keys()) await bus.client.publishAsync(topic, '', { retain: true });
  bus.newest.clear();
});
afterAll(() => broker.stop());

async function work(workerId: string, modelsDirs = weights.folders) {
  const options = { brokerUrl: broker.url, workerId, key: 'k', sealKey, modelsDirs, log };
  const worker = await startVisionWorker({ ...options, threads: 1 });
  workers.push(worker);
  return worker;
}

async function configure(cameraId: string, url: string, more: object = {}): Promise<void> {
  const config = { v: 1, source: await seal(url, sealKey), profile: 'quick', fps: 5, ...more };
  await bus.client.publishAsync(topics.cameraConfig(cameraId), JSON.stringify(config), {
    qos: 1,
    retain: true,
  });
}

const headcountOf = (payload: Buffer): Headcount => Headcount.parse(JSON.parse(payload.toString()));

function untilHeadcount(cameraId: string, pleases: (headcount: Headcount) => boolean, ms?: number) {
  const isIt = (payload: Buffer): boolean => payload.length > 0 && pleases(headcountOf(payload));
  return bus.until(topics.cameraHeadcount(cameraId), isIt, ms).then(headcountOf);
}

const untilStatus = (worker: string, pleases: (status: WorkerStatus) => boolean) =>
  bus.until(
    topics.workerStatus(worker),
    (payload) => payload.length > 0 && pleases(WorkerStatus.parse(JSON.parse(payload.toString()))),
  );

/** A camera that takes the connection and never says a word. */
async function startSilentCamera() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `rtsp://hall:geheim99@127.0.0.1:${port}/sub`,
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(done));
    },
  };
}

/** Mean difference of two pictures, 0..255, within a box in shares of the frame. */
function changeIn(a: Picture, b: Picture, [x = 0, y = 0, w = 0, h = 0]: readonly number[]): number {
  const { width, height } = a.size;
  let sum = 0;
  let values = 0;
  for (let row = Math.ceil(y * height); row < Math.floor((y + h) * height); row++) {
    const end = (row * width + Math.floor((x + w) * width)) * 3;
    for (let at = (row * width + Math.ceil(x * width)) * 3; at < end; at++) {
      sum += Math.abs((a.rgb[at] ?? 0) - (b.rgb[at] ?? 0));
      values++;
    }
  }
  return sum / values;
}

describe.skipIf(missing)(`a vision worker${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('counts a camera and says so on the bus, as worker:id', async () => {
    await work('w1');
    await configure('office', clip('office'));
    const headcount = await untilHeadcount('office', ({ count }) => count === 2);
    expect(headcount).toMatchObject({ health: 'ok', min: 2, max: 2, worker: 'w1' });
    expect(headcount.boxes).toHaveLength(2);
    expect(headcount.ageMs).toBeLessThan(3000);
    expect(broker.users).toContain('worker:w1');
    const status = await untilStatus('w1', ({ cameras }) => cameras.includes('office'));
    expect(JSON.parse(status.toString())).toMatchObject({
      online: true,
      model: expect.any(String),
    });
  });

  it('says who walks over a line, each passage by an id of its own', async () => {
    await work('w1');
    const line = { id: 'middle', from: [0.2, 0.75], to: [0.8, 0.75] };
    await configure('corridor', clip('corridor'), { markings: { lines: [line] } });
    const ids = new Set<string>();
    for (let i = 0; i < 2; i++) {
      const isNew = (payload: Buffer): boolean =>
        payload.length > 0 && !ids.has(Crossing.parse(JSON.parse(payload.toString())).id);
      const payload = await bus.until(topics.cameraCrossings('corridor'), isNew, 60_000);
      const crossing = Crossing.parse(JSON.parse(payload.toString()));
      expect(crossing.lineId).toBe('middle');
      expect(Date.parse(crossing.at)).toBeLessThanOrEqual(Date.now());
      ids.add(crossing.id);
    }
  }, 150_000);

  it('says "nobody" of an empty room only after it has settled', async () => {
    await work('w1');
    await configure('archive', clip('archive'));
    const first = await untilHeadcount('archive', () => true);
    expect(first).toMatchObject({ health: 'starting', count: null, min: null, max: null });
    const settled = await untilHeadcount('archive', ({ count }) => count !== null);
    expect(settled).toMatchObject({ health: 'ok', count: 0, max: 0 });
  });

  it('calls a dead camera lost within its time, keeps its password, and counts the others meanwhile', async () => {
    const silent = await startSilentCamera();
    try {
      await work('w1');
      await configure('refused', 'rtsp://hall:geheim99@127.0.0.1:9/sub', { staleMs: 1500 });
      await configure('silent', silent.url, { staleMs: 1500 });
      await configure('gone', clip('no-such-clip'), { staleMs: 1500 });
      await configure('office', clip('office'));
      const started = await untilHeadcount('silent', ({ health }) => health === 'starting');
      const lost = await untilHeadcount('silent', ({ health }) => health === 'lost', 5000);
      expect(lost).toMatchObject({ count: null, min: null, max: null });
      expect(Date.parse(started.at)).toBe(Date.parse(lost.at));
      await untilHeadcount('refused', ({ health, count }) => health === 'lost' && count === null);
      await untilHeadcount('gone', ({ health, count }) => health === 'lost' && count === null);
      await untilHeadcount('office', ({ count, fps }) => count === 2 && fps > 2);
      const said = [...bus.newest.values()]
        .map((payload) => payload.toString())
        .concat(logged)
        .join();
      expect(said).not.toContain('geheim99');
    } finally {
      await silent.stop();
    }
  });

  it('calls a camera lost whose address was sealed with another key or may not be opened', async () => {
    await work('w1');
    await configure('passwd', 'concat:/etc/passwd');
    const other = await seal(clip('office'), crypto.getRandomValues(new Uint8Array(32)));
    const config = JSON.stringify({ v: 1, source: other });
    await bus.client.publishAsync(topics.cameraConfig('foreign'), config, { retain: true });
    await bus.client.publishAsync(topics.cameraConfig('broken'), 'no JSON', { retain: true });
    for (const camera of ['passwd', 'foreign', 'broken']) {
      await untilHeadcount(camera, ({ health, count }) => health === 'lost' && count === null);
    }
    expect(logged.join()).toMatch(/foreign.*VIGIE_SEAL_KEY/);
  });

  it('sends pictures with the boxes of those very pictures, people hidden in the private ones', async () => {
    await work('w1');
    await configure('office', clip('office'));
    await untilHeadcount('office', ({ count }) => count === 2);
    expect(bus.newest.has(topics.cameraFrame('office'))).toBe(false);
    const until = new Date(Date.now() + 20_000).toISOString();
    /** by kind and capture time */
    const frames = new Map<string, ReturnType<typeof decodeFrame>>();
    for (const mode of ['private', 'clear'] as const) {
      const watch = JSON.stringify({ mode, until });
      await bus.client.publishAsync(topics.cameraWatch('office'), watch, { qos: 1 });
    }
    const last = await bus.until(topics.cameraFrame('office'), (payload) => {
      const frame = decodeFrame(payload);
      frames.set(`${frame.header.mode} ${frame.header.at}`, frame);
      return frame.header.mode === 'private' && frames.has(`clear ${frame.header.at}`);
    });
    const hidden = decodeFrame(last);
    const clear = frames.get(`clear ${hidden.header.at}`);
    if (!clear) throw new Error('the clear frame of the same moment is missing');
    for (const { header } of [clear, hidden]) {
      expect(header).toMatchObject({ width: 640, height: 360, count: 2 });
      expect(header.people).toEqual(clear.header.people);
      expect(header.people).toHaveLength(2);
    }
    const clearPicture = await decodePicture(clear.jpeg);
    const hiddenPicture = await decodePicture(hidden.jpeg);
    expect(hiddenPicture.size).toEqual({ width: 640, height: 360 });
    for (const { box } of hidden.header.people) {
      expect(changeIn(clearPicture, hiddenPicture, box)).toBeGreaterThan(5);
    }
    // The window at the left has nobody in it: only the compression differs.
    expect(changeIn(clearPicture, hiddenPicture, [0.02, 0.05, 0.2, 0.2])).toBeLessThan(1);
  });

  it('looks faster during an incident and calmly after it, and forgets nothing for that', async () => {
    await work('w1');
    const calm = { fps: 1, source: await seal(clip('office'), sealKey) };
    await configure('office', '', calm);
    await untilHeadcount('office', ({ count, fps }) => count === 2 && fps > 0);
    const healths = new Set<string>();
    const heard = (topic: string, payload: Buffer): void => {
      if (topic === topics.cameraHeadcount('office') && payload.length > 0)
        healths.add(headcountOf(payload).health);
    };
    bus.client.on('message', heard);
    const until = new Date(Date.now() + 120_000).toISOString();
    const watch = JSON.stringify({ mode: 'private', until });
    await bus.client.publishAsync(topics.cameraWatch('office'), watch, { qos: 1 });

    await configure('office', '', { ...calm, alarmFps: 5 });
    const { at } = await untilHeadcount(
      'office',
      ({ count, fps }) => count === 2 && fps > 1.5,
      60_000,
    );
    const isYounger = (payload: Buffer): boolean => decodeFrame(payload).header.at > at;
    await bus.until(topics.cameraFrame('office'), isYounger);
    await configure('office', '', calm);
    await untilHeadcount('office', ({ fps }) => fps > 0 && fps < 1.5);
    bus.client.off('message', heard);
    expect(healths).not.toContain('starting');
  }, 170_000);

  it('that starts during an incident looks as fast as the incident asks for', async () => {
    await configure('office', clip('office'), { fps: 1, alarmFps: 5 });
    await work('w1');
    await untilHeadcount('office', ({ count, fps }) => count === 2 && fps > 1.5, 60_000);
  }, 90_000);

  it('watches parking spaces instead of people where that is asked for', async () => {
    const polygon = [
      [0.2, 0.2],
      [0.4, 0.2],
      [0.4, 0.5],
    ];
    const task = { kind: 'parking', spaces: [{ spaceId: 'p1', polygon }] };
    await work('w1');
    await configure('yard', clip('archive'), { task });
    const occupancyOf = (payload: Buffer) => Occupancy.parse(JSON.parse(payload.toString()));
    const topic = topics.cameraOccupancy('yard');
    const isKnown = (payload: Buffer) => occupancyOf(payload).spaces[0]?.occupied === false;
    const { health, spaces, at } = occupancyOf(await bus.until(topic, isKnown, 30_000));
    expect({ health, id: spaces[0]?.spaceId }).toEqual({ health: 'ok', id: 'p1' });
    expect(Date.parse(spaces[0]?.since ?? '')).toBeLessThanOrEqual(Date.parse(at) - SETTLING.ms);
    expect(bus.newest.has(topics.cameraHeadcount('yard'))).toBe(false);
    await workers.splice(0)[0]?.stop();
    const last = await bus.until(topic, (payload) => occupancyOf(payload).health === 'lost');
    expect(occupancyOf(last).spaces).toMatchObject([{ occupied: null }]);
  });

  it('takes a removed camera from the bus', async () => {
    await work('w1');
    await configure('office', clip('office'));
    await untilHeadcount('office', ({ health }) => health === 'ok');
    await bus.client.publishAsync(topics.cameraConfig('office'), '', { qos: 1, retain: true });
    await bus.until(topics.cameraHeadcount('office'), (payload) => payload.length === 0);
    await untilStatus('w1', ({ cameras }) => cameras.length === 0);
  });

  it('shares the cameras with another worker and takes them over when it goes', async () => {
    await work('w1');
    const second = await work('w2');
    const ids = ['cam-a', 'cam-b', 'cam-c', 'cam-d', 'cam-e', 'cam-f'];
    const ofSecond = ids.filter((id) => workerFor(id, ['w1', 'w2']) === 'w2');
    expect(ofSecond.length).toBeGreaterThan(0);
    expect(ofSecond.length).toBeLessThan(ids.length);
    for (const id of ids) await configure(id, clip('archive'));
    await untilStatus('w2', ({ cameras }) => cameras.join() === ofSecond.join());
    await untilStatus('w1', ({ cameras }) => cameras.length === ids.length - ofSecond.length);
    await second.stop();
    await untilStatus('w1', ({ cameras }) => cameras.length === ids.length);
    for (const id of ofSecond) await untilHeadcount(id, ({ worker }) => worker === 'w1');
  });

  it('takes up weights that come and lets go of those that leave, and its cameras look on', async () => {
    const small = weights.models.reduce((a, b) => (b.bytes < a.bytes ? b : a));
    const folder = await mkdtemp(join(tmpdir(), 'vigie-worker-models-'));
    const untilModels = async (...names: string[]) => {
      const isIt = ({ models }: WorkerStatus) =>
        models.map(({ name }) => name).join() === `${names}`;
      const { models } = WorkerStatus.parse(JSON.parse(String(await untilStatus('w1', isIt))));
      return models;
    };
    try {
      await work('w1', [folder]);
      await configure('office', clip('office'));
      await untilHeadcount('office', ({ health }) => health === 'no-model');
      await copyFile(small.path, join(folder, 'first.onnx'));
      await untilHeadcount('office', ({ health }) => health === 'ok', 60_000);
      const [first] = await untilModels('first.onnx');
      expect(first).toMatchObject({
        isMeasured: true,
        uses: ['quick', 'standard', 'crowded', 'parking'],
      });
      const healths = new Set<string>();
      const onMessage = (topic: string, payload: Buffer) => {
        if (topic === topics.cameraHeadcount('office')) healths.add(headcountOf(payload).health);
      };
      bus.client.on('message', onMessage);
      await copyFile(small.path, join(folder, 'second.onnx'));
      await untilModels('first.onnx', 'second.onnx');
      await unlink(join(folder, 'first.onnx'));
      const [second] = await untilModels('second.onnx');
      expect(second?.sha256).toBe(first?.sha256);
      const since = Date.now();
      await untilHeadcount('office', ({ at }) => Date.parse(at) > since, 60_000);
      bus.client.off('message', onMessage);
      expect(
        [...healths].filter((health) => ['starting', 'no-model', 'lost'].includes(health)),
      ).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);

  it('says good-bye: its counts are unknown and it is offline', async () => {
    const worker = await work('w1');
    await configure('office', clip('office'));
    await untilHeadcount('office', ({ health }) => health === 'ok');
    await worker.stop();
    await untilStatus('w1', ({ online }) => !online);
    await untilHeadcount('office', ({ health, count }) => health === 'lost' && count === null);
  });
});

it('publishes every camera as no-model where there are no weights', async () => {
  await work('w1', ['/no/such/folder']);
  await configure('office', clip('office'));
  const headcount = await untilHeadcount('office', ({ health }) => health === 'no-model');
  expect(headcount).toMatchObject({ count: null, min: null, max: null });
  await untilStatus('w1', ({ model }) => model === null);
  expect(logged.join()).toMatch(/no model found in \/no\/such\/folder.*VIGIE_MODELS/);
});

it('refuses a seal key of the wrong length', async () => {
  const options = { brokerUrl: broker.url, workerId: 'w', key: 'k', modelsDirs: [], log };
  await expect(startVisionWorker({ ...options, sealKey: new Uint8Array(16) })).rejects.toThrow(
    /32 bytes/,
  );
});
