import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { idIn, topics } from '@vigie/contracts/topics';
import { Town } from '@vigie/contracts/town';
import { decodeFrame, Headcount, WorkerStatus } from '@vigie/contracts/vision';
import { createLog, drawPassword, readConfig, startApp } from '@vigie/server';
import { decodePicture } from '../packages/vision/src/camera/picture.driver.ts';
import { office, startCountedCameras, startWorker, WORKER_THREADS } from './counted-cameras.ts';

const seconds = Number(process.env.VIGIE_BENCH_SECONDS ?? 20);
/** The rate of a new camera. */
const fps = 5;
/** After the first figures: until code is compiled, the rate has found its place and the worker has told its capacity. */
const WARM_MS = 15_000;

/** How old a headcount is when it arrives over the bus, and a picture when it could be painted. */
export async function run(): Promise<void> {
  console.log(`cameras of 640×360 that want ${fps} looks a second; ${seconds} s a figure`);
  for (const cameras of [1, 16]) await countedWithin(cameras);
  await shownWithin();
}

interface Heard {
  readonly cameraId: string;
  readonly at: number;
  readonly heardAt: number;
  readonly fps: number;
}

/** From the decoded frame to its headcount on a broker, in time against the sampling interval and one and a half looks. */
async function countedWithin(cameras: number): Promise<void> {
  const town = await startCountedCameras({ cameras, fps });
  const heard: Heard[] = [];
  let capacity = Number.NaN;
  town.client.on('message', (topic, payload) => {
    const heardAt = Date.now();
    const said: unknown = JSON.parse(String(payload));
    const cameraId = idIn(topics.cameraHeadcount, topic);
    if (!cameraId) {
      capacity = WorkerStatus.parse(said).capacityFps;
      return;
    }
    const { count, at, fps } = Headcount.parse(said);
    if (count !== null) heard.push({ cameraId, at: Date.parse(at), heardAt, fps });
  });
  await town.client.subscribeAsync([topics.cameraHeadcount('+'), topics.workerStatus('+')]);
  while (new Set(heard.map(({ cameraId }) => cameraId)).size < cameras) await wait(100);
  await wait(WARM_MS);
  heard.length = 0;
  await wait(seconds * 1000);
  // Before it says good-bye.
  const lookMs = (1000 * WORKER_THREADS) / capacity;
  await town.stop();
  const fresh = firstOf(heard);
  const ages = fresh.map(({ at, heardAt }) => heardAt - at);
  const intervalMs =
    1000 /
    quantileOf(
      fresh.map((one) => one.fps),
      0.5,
    );
  console.log(
    `${String(cameras).padStart(2)} cameras: frame to headcount ${spread(ages)}; allowed ${(intervalMs + 1.5 * lookMs).toFixed(0)} ms: every ${intervalMs.toFixed(0)} ms, a look ${lookMs.toFixed(0)} ms; ${ratesOf(fresh)}`,
  );
}

/** A headcount that is only repeated says nothing of its frame. */
function firstOf(heard: readonly Heard[]): Heard[] {
  const seen = new Set<string>();
  return heard.filter(({ cameraId, at }) => {
    const key = `${cameraId} ${at}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Whether all cameras were looked at as often. */
function ratesOf(heard: readonly Heard[]): string {
  const counts = Map.groupBy(heard, ({ cameraId }) => cameraId);
  const rates = [...counts.values()].map((of) => of.length / seconds);
  return `looks a second ${Math.min(...rates).toFixed(1)} to ${Math.max(...rates).toFixed(1)}`;
}

const quantileOf = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;

const spread = (ages: readonly number[]): string =>
  `median ${quantileOf(ages, 0.5)} ms, p95 ${quantileOf(ages, 0.95)} ms of ${ages.length}`;

const town = Town.parse({
  buildings: [{ id: 'b', name: 'Town hall' }],
  rooms: [{ id: 'office', buildingId: 'b', name: 'Office' }],
  cameras: [{ id: 'office', roomId: 'office', name: 'Office', source: office, fps }],
});

/** From the decoded frame over worker, bus, server and WebSocket to a picture in memory. */
async function shownWithin(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'index.html'), '');
  const config = readConfig({
    VIGIE_DATA: folder,
    VIGIE_HOST: '127.0.0.1',
    VIGIE_PORT: '0',
    VIGIE_MQTT_PORT: '0',
  });
  const app = await startApp({ config, log: createLog('error'), webRoot: folder });
  await app.importTown(town);
  const login = { username: 'fire', password: drawPassword() };
  await app.createUser({ ...login, name: 'Fire', role: 'fire-safety-officer' });
  const { id, key, sealKey } = await app.workerCredential('bench');
  const worker = await startWorker({ brokerUrl: app.mqttUrl, workerId: id, key, sealKey });
  const ages = await watch(app.url, login);
  await worker.stop();
  await app.stop();
  await rm(folder, { recursive: true, force: true });
  console.log(`live picture: frame to screen ${spread(ages)}; allowed 300 ms`);
}

/** Ages of the pictures of a live view, decoded as a browser would. */
async function watch(url: string, login: { username: string; password: string }) {
  const headers = { cookie: await cookieOf(url, login), origin: url };
  const address = `${url.replace('http', 'ws')}/api/v1/cameras/office/live`;
  // Node's own takes headers; the types are those of browsers, which do not.
  const socket = new WebSocket(address, { headers } as unknown as string[]);
  socket.binaryType = 'arraybuffer';
  const ages: number[] = [];
  socket.addEventListener('message', async ({ data }) => {
    if (!(data instanceof ArrayBuffer)) return;
    const { header, jpeg } = decodeFrame(new Uint8Array(data));
    await decodePicture(jpeg);
    ages.push(Date.now() - Date.parse(header.at));
  });
  while (ages.length === 0) await wait(100);
  await wait(WARM_MS);
  ages.length = 0;
  await wait(seconds * 1000);
  socket.close();
  return ages;
}

async function cookieOf(url: string, login: { username: string; password: string }) {
  const answer = await fetch(`${url}/api/v1/auth/sign-in/username`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(login),
  });
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
