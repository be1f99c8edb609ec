import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { Aedes } from 'aedes';
import { connectAsync } from 'mqtt';
import { workerEnvironment } from '../packages/cli/src/worker-process.ts';
import { root } from '../scripts/run-tool.ts';
import type { GivenWorker } from './worker.ts';

/** The office of the demo town, as a camera. */
export const office = pathToFileURL(join(root, 'demo/footage/office.mp4')).href;

/** Pictures a worker looks at together: as many as the machines that are reckoned with have cores. */
export const WORKER_THREADS = 2;

/** A worker in a process of its own, ready to work. */
export async function startWorker(given: Omit<GivenWorker, 'threads'>) {
  const told = JSON.stringify({ ...given, threads: WORKER_THREADS } satisfies GivenWorker);
  const child = fork(new URL('./worker.ts', import.meta.url), [told], {
    execArgv: ['--expose-gc'],
    env: { ...workerEnvironment, ...process.env },
  });
  await once(child, 'message');
  return {
    async memory(): Promise<NodeJS.MemoryUsage> {
      const answer = once(child, 'message');
      child.send('memory');
      const [usage] = await answer;
      return usage;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.send('end');
      await ended;
    },
  };
}

async function startBroker() {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    await closed;
  };
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** With a calibration every look is published, changed or not. */
const calibration = [
  [0.1, 0.4],
  [0.9, 0.4],
  [1, 1],
  [0, 1],
].map(([x, y]) => ({ image: [x, y], plan: [(x as number) * 10, (y as number) * 10] }));

/** A broker, a worker and so many cameras, each of which wants `fps` looks a second. */
export async function startCountedCameras({ cameras, fps }: { cameras: number; fps: number }) {
  const broker = await startBroker();
  const sealKey = randomBytes(32);
  const client = await connectAsync(broker.url);
  const given = { brokerUrl: broker.url, workerId: 'bench', key: 'k' };
  const worker = await startWorker({ ...given, sealKey: sealKey.toString('base64') });
  const source = await seal(office, Uint8Array.from(sealKey));
  const config = JSON.stringify({ v: 1, source, fps, markings: { calibration } });
  for (let i = 0; i < cameras; i++) {
    await client.publishAsync(topics.cameraConfig(`c${i}`), config, { qos: 1, retain: true });
  }
  return {
    client,
    memory: worker.memory,
    async stop() {
      await worker.stop();
      await client.endAsync(true);
      await broker.stop();
    },
  };
}
