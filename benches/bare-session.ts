import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** The limit: one single-threaded session that does nothing but run; answers how many runs fitted into the time. */
const { path, ms, input } = workerData as {
  path: string;
  ms: number;
  input: { width: number; height: number };
};
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
parentPort?.once('message', async () => {
  const began = performance.now();
  let runs = 0;
  while (performance.now() - began < ms) {
    await look();
    runs++;
  }
  parentPort?.postMessage((runs * 1000) / (performance.now() - began));
  parentPort?.close();
});
