import { seal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { Headcount } from '@vigie/contracts/vision';
import { startVisionWorker } from '../index.ts';
import { startBroker } from './broker.ts';

/** A worker on a broker of its own, and all that it said of one camera. */
export interface WatchedWorker {
  /** every headcount in the order of its arrival, `heardAt` in milliseconds of the process's clock */
  readonly said: readonly (Headcount & { heardAt: number })[];
  /** the first headcount from now on that pleases; at most 30 s */
  until(pleases: (headcount: Headcount) => boolean): Promise<Headcount & { heardAt: number }>;
  /** gives the worker a camera */
  watch(url: string, config?: { staleMs?: number; fps?: number }): Promise<void>;
  stop(): Promise<void>;
}

const cameraId = 'fault';
const patienceMs = 30_000;

export async function startWatchedWorker(modelsDirs: readonly string[]): Promise<WatchedWorker> {
  const broker = await startBroker();
  const { client } = await broker.watch();
  const sealKey = crypto.getRandomValues(new Uint8Array(32));
  const quiet = { info() {}, warn() {}, error() {} };
  const options = { brokerUrl: broker.url, workerId: 'w', key: 'k', sealKey, modelsDirs };
  const worker = await startVisionWorker({ ...options, log: quiet, threads: 1 });
  const said: (Headcount & { heardAt: number })[] = [];
  const listeners = new Set<() => void>();
  client.on('message', (topic, payload) => {
    if (topic !== topics.cameraHeadcount(cameraId) || payload.length === 0) return;
    said.push({ ...Headcount.parse(JSON.parse(String(payload))), heardAt: performance.now() });
    for (const listener of listeners) listener();
  });

  return {
    said,
    until(pleases) {
      const from = said.length;
      return new Promise((resolve, reject) => {
        const give = setTimeout(() => {
          reject(new Error(`not said in time: ${pleases}; last ${JSON.stringify(said.at(-1))}`));
        }, patienceMs);
        const look = (): void => {
          const found = said.slice(from).find(pleases);
          if (!found) return;
          clearTimeout(give);
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
      });
    },
    async watch(url, more = {}) {
      const config = { v: 1, source: await seal(url, sealKey), profile: 'quick', fps: 5, ...more };
      const text = JSON.stringify(config);
      await client.publishAsync(topics.cameraConfig(cameraId), text, { qos: 1, retain: true });
    },
    async stop() {
      await worker.stop();
      await broker.stop();
    },
  };
}
