import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/**
 * The limit: one single-threaded session that does nothing but run. Told `milliseconds`, it runs for that long and
 * answers how often, and the processor time of one run.
 */
export interface Runs {
  readonly perSecond: number;
  readonly cpuMs: number;
}

const { path, input } = workerData as { path: string; input: { width: number; height: number } };
const session = await InferenceSession.create(path, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
});
const values = new Float32Array(3 * input.width * input.height).map((_, i) => (i % 255) / 255);
const tensor = new Tensor('float32', values, [1, 3, input.height, input.width]);
const look = () => session.run({ [session.inputNames[0] as string]: tensor });
await look();
parentPort?.postMessage('ready');
parentPort?.on('message', async (ms: number | 'end') => {
  if (ms === 'end') return parentPort?.close();
  const before = process.threadCpuUsage();
  const began = performance.now();
  let runs = 0;
  while (performance.now() - began < ms) {
    await look();
    runs++;
  }
  const { user, system } = process.threadCpuUsage(before);
  const answer: Runs = {
    perSecond: (runs * 1000) / (performance.now() - began),
    cpuMs: (user + system) / 1000 / runs,
  };
  return parentPort?.postMessage(answer);
});
