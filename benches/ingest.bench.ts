import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpaceView } from '@vigie/contracts/parking';
import { Town } from '@vigie/contracts/town';
import { createLog, readConfig, startApp } from '@vigie/server';
import { Aedes } from 'aedes';
import { signIn } from '../packages/cli/src/http-client.ts';
import type { Street, StreetResult } from './street.ts';

const key = 'a-key-that-is-long-enough';
const town = 10_000;
const busy = { from: 0, bollards: 1000, each: 50, hoursAgo: 40, pauseMs: 0 };
const calm = { from: 0, bollards: 1000, each: 5, hoursAgo: 20, pauseMs: 2000 };
const back = { from: 0, bollards: town, each: 1, hoursAgo: 10, pauseMs: 0 };

/** Acknowledged parking events: how many a second and how soon; and a whole town that comes back at once. */
export async function run(): Promise<void> {
  const bare = await bareBroker();
  const baseline = await walk(bare.url, busy);
  await bare.stop();
  const house = await wholeServer();
  const kept = await walk(house.url, busy);
  const quiet = await walk(house.url, calm);
  const flood = await walk(house.url, back);
  const heard = await house.heard();
  await house.stop();
  const rate = ({ publishMs, acks }: StreetResult) => (1000 * acks.length) / publishMs;
  console.log(`${busy.bollards} connections, ${busy.each} events each, QoS 1, one after the other`);
  console.log(
    `broker that keeps nothing    ${rate(baseline).toFixed(0).padStart(8)} events/s   1.00`,
  );
  console.log(
    `server, committed            ${rate(kept).toFixed(0).padStart(8)} events/s   ${(rate(kept) / rate(baseline)).toFixed(2)}`,
  );
  console.log(`  publish to PUBACK          ${spread(kept.acks)}`);
  console.log(
    `${calm.bollards} connections, one event every ${calm.pauseMs / 1000} s each: ${rate(quiet).toFixed(0)} events/s`,
  );
  console.log(`  publish to PUBACK          ${spread(quiet.acks)}`);
  console.log(`  publish to display         ${spread(quiet.displays)}`);
  console.log(
    `${town} bollards at once: connected in ${(flood.connectMs / 1000).toFixed(1)} s, ${flood.acks.length} events acknowledged in ${(flood.publishMs / 1000).toFixed(1)} s, ${heard} spaces heard`,
  );
}

const spread = (times: readonly number[]): string => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  return `median ${at(0.5).padStart(5)} ms   p99 ${at(0.99).padStart(5)} ms   of ${times.length}`;
};

/** One process of bollards. */
function walk(url: string, street: Omit<Street, 'url' | 'key'>): Promise<StreetResult> {
  return new Promise((resolve, reject) => {
    const given: Street = { url, key, ...street };
    const walker = fork(new URL('./street.ts', import.meta.url), [JSON.stringify(given)]);
    walker.once('message', (result) => resolve(result as StreetResult));
    walker.once('error', reject);
    walker.once('exit', (code) => reject(new Error(`the street ended with ${code}`)));
  });
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
    VIGIE_SECOND_FACTOR: 'nobody',
  });
  const app = await startApp({ config, log: createLog('error'), webRoot: folder });
  const ids = Array.from({ length: town }, (_, n) => `b${n}`);
  const began = performance.now();
  await app.importTown(
    Town.parse({
      zones: [{ id: 'z', name: 'Zone', allowedDays: 60 }],
      spaces: ids.map((id) => ({ id: `s-${id}`, zoneId: 'z', label: id })),
      bollards: ids.map((id) => ({ id, spaceId: `s-${id}`, key })),
    }),
  );
  console.log(`town of ${town} registered in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const stop = async () => {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const admin = await signIn(app.url, {
    username: 'admin',
    password: app.firstAdministrator?.password ?? '',
  });
  const heard = async () => {
    const spaces = await admin.get('/api/v1/spaces', SpaceView.array());
    return spaces.filter(({ display }) => display.state !== 'unknown').length;
  };
  return { url: app.mqttUrl, stop, heard };
}
