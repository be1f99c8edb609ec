import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Town } from '@vigie/contracts/town';
import { createLog, readConfig, startApp } from '@vigie/server';
import { Aedes } from 'aedes';
import { connectAsync } from 'mqtt';

const clients = 1000;
const eventsEach = 30;
const key = 'a-key-that-is-long-enough';

/** Acknowledged parking events per second: the whole server beside a broker that keeps nothing. */
export async function run(): Promise<void> {
  const bare = await bareBroker();
  const baseline = await publishAll(bare.url);
  await bare.stop();
  const house = await wholeServer();
  const kept = await publishAll(house.url);
  await house.stop();
  console.log(`${clients} bollards, ${eventsEach} events each, QoS 1`);
  console.log(`broker that keeps nothing   ${baseline.toFixed(0).padStart(8)} events/s   1.00`);
  console.log(
    `server, committed and shown ${kept.toFixed(0).padStart(8)} events/s   ${(kept / baseline).toFixed(2)}`,
  );
}

/** Events per second until the last acknowledgement. */
async function publishAll(url: string): Promise<number> {
  const ids = Array.from({ length: clients }, (_, n) => `b${n}`);
  const connected = await Promise.all(
    ids.map((id) => connectAsync(url, { username: id, password: key })),
  );
  const from = Date.now() - 40 * 3_600_000;
  const began = performance.now();
  await Promise.all(
    connected.flatMap((client, index) =>
      Array.from({ length: eventsEach }, (_, n) => {
        const at = new Date(from + n * 20 * 60_000).toISOString();
        return client.publishAsync(
          `vigie/bollards/${ids[index]}/state`,
          JSON.stringify({ v: 1, occupied: n % 2 === 0, at, seq: n }),
          { qos: 1 },
        );
      }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(connected.map((client) => client.endAsync()));
  return (clients * eventsEach) / seconds;
}

async function bareBroker() {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const stop = async () => {
    await new Promise<void>((resolve) => broker.close(resolve));
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `mqtt://127.0.0.1:${port}`, stop };
}

async function wholeServer() {
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
  const ids = Array.from({ length: clients }, (_, n) => `b${n}`);
  await app.importTown(
    Town.parse({
      zones: [{ id: 'z', name: 'Zone', allowedDays: 60 }],
      spaces: ids.map((id) => ({ id: `s-${id}`, zoneId: 'z', label: id })),
      bollards: ids.map((id) => ({ id, spaceId: `s-${id}`, key })),
    }),
  );
  const stop = async () => {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: app.mqttUrl, stop };
}
