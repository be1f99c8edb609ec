import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topics } from '@vigie/contracts/topics';
import { Town } from '@vigie/contracts/town';
import { createLog, drawPassword, readConfig, startApp } from '@vigie/server';
import { connectAsync } from 'mqtt';
import type { Delays, Screens, ScreensWord } from './screens.ts';

const screens = 100;
const trials = 20;
const rooms = Array.from({ length: 40 }, (_, n) => `room-${n}`);
const webhookKey = 'a-secret-that-the-gateway-knows-well';

/** From the input of an alarm to the board on every open screen, while forty cameras count; beside a bare stream of the same board. */
export async function run(): Promise<void> {
  const house = await wholeServer();
  const bare = await bareStreams(house.boardBytes);
  const delays = await watch(house, bare.url);
  await bare.stop();
  await house.stop();
  console.log(`${screens} open screens, ${rooms.length} rooms, ${trials} alarms by each input`);
  for (const [name, times] of Object.entries(delays)) {
    console.log(`${name.padEnd(8)} ${spread(times)}`);
    // The first one meets a server that has never sounded an alarm, as a fire does.
    console.log(`  the first ${spread(times.slice(0, screens))}`);
  }
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1).padStart(7);
  return `median ${at(0.5)} ms   p99 ${at(0.99)} ms   longest ${at(1)} ms   of ${times.length}`;
}

type House = Awaited<ReturnType<typeof wholeServer>>;

/** The screens live in a process of their own, as browsers do. */
function watch(house: House, bareUrl: string): Promise<Delays> {
  return new Promise((resolve, reject) => {
    const given: Screens = { ...house.given, bareUrl, count: screens, trials };
    const child = fork(new URL('./screens.ts', import.meta.url), [JSON.stringify(given)]);
    child.on('message', async (word: ScreensWord) => {
      if ('delays' in word) return resolve(word.delays);
      await house.readModule(word.modbusPort);
      child.send('go');
    });
    child.once('exit', (code) => reject(new Error(`the screens ended with ${code}`)));
  });
}

/** Streams that send a text as long as a board when `/go` is asked for. */
async function bareStreams(bytes: number) {
  const open = new Set<ServerResponse>();
  const text = `event: board\ndata: ${'x'.repeat(bytes)}\n\n`;
  const server = createServer((request, response) => {
    if (request.url === '/go') {
      for (const stream of open) stream.write(text);
      response.end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 1000\n\n');
    open.add(response);
  });
  // Longer than a round takes: the next `/go` must not meet a connection that is being closed.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

const building = { id: 'b', name: 'Town hall' };
const town = (more: object = {}) =>
  Town.parse({
    buildings: [building],
    rooms: rooms.map((id) => ({ id, buildingId: 'b', name: id })),
    cameras: rooms.map((id) => ({ id, roomId: id, name: id, source: 'rtsp://10.0.0.1/main' })),
    ...more,
  });

async function wholeServer() {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'index.html'), '');
  const config = readConfig({
    VIGIE_DATA: folder,
    VIGIE_HOST: '127.0.0.1',
    VIGIE_PORT: '0',
    VIGIE_MQTT_PORT: '0',
    VIGIE_WEBHOOK_SECRET: webhookKey,
  });
  const app = await startApp({ config, log: createLog('error'), webRoot: folder });
  await app.importTown(town());
  const login = { username: 'fire', password: drawPassword() };
  await app.createUser({ ...login, name: 'Fire', role: 'fire-safety-officer' });
  const { key } = await app.workerCredential('w');
  const cameras = await countingCameras(app.mqttUrl, key);
  const panelKey = await app.giveCredential('panel', 'b');
  const readModule = (port: number) =>
    app.importTown(
      town({
        alarmInputs: [
          {
            id: 'panel',
            buildingId: 'b',
            name: 'Panel',
            host: '127.0.0.1',
            port,
            address: 0,
            contact: 'normally-open',
            kind: 'test',
          },
        ],
      }),
    );
  const stop = async () => {
    await cameras.stop();
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const given = { url: app.url, mqttUrl: app.mqttUrl, login, panelKey, webhookKey };
  return { given, boardBytes: rooms.length * 1300, readModule, stop };
}

/** Every camera says once a second what it counts. */
async function countingCameras(url: string, key: string) {
  const worker = await connectAsync(url, { username: 'worker:w', password: key });
  const speak = () => {
    rooms.forEach((id, n) => {
      const count = n % 4;
      const headcount = {
        v: 1,
        at: new Date().toISOString(),
        count,
        min: count,
        max: count,
        health: 'ok',
        fps: 5,
        ageMs: 0,
        worker: 'w',
      };
      worker.publish(topics.cameraHeadcount(id), JSON.stringify(headcount), { qos: 1 });
    });
  };
  const timer = setInterval(speak, 1000);
  return {
    stop: async () => {
      clearInterval(timer);
      await worker.endAsync(true);
    },
  };
}
