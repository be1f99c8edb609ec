import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CameraConfig } from '@vigie/contracts/vision';
import { modelFolders } from '@vigie/vision';
import type { OpenCamera, Shot } from '../packages/vision/src/camera/camera.ts';
import type { ModelFile } from '../packages/vision/src/detector/choose-model.ts';
import { createDetector } from '../packages/vision/src/detector/detector.driver.ts';
import type { Detector, Look } from '../packages/vision/src/detector/detector.ts';
import { findModel } from '../packages/vision/src/detector/models.driver.ts';
import { CameraRun } from '../packages/vision/src/worker/camera-run.service.ts';
import { renderFrame } from '../packages/vision/src/worker/render.driver.ts';
import { root } from '../scripts/run-tool.ts';

const seconds = Number(process.env.VIGIE_BENCH_SECONDS ?? 8);
const clip = pathToFileURL(join(root, 'demo/footage/office.mp4')).href;
const cores = Math.min(2, availableParallelism());
const weights = [
  'yolov8n.onnx',
  'yolov8n-384x640.onnx',
  'yolov8n-int8-384x640.onnx',
  'yolov8s-int8-384x640.onnx',
];

/**
 * How much of what the processor can do arrives as headcounts: the bare session for the same weights and threads, the
 * whole way from a decoded frame to a headcount, and what everybody else runs: YOLOv8n, float, 640×640.
 */
export async function run(): Promise<void> {
  const models = await Promise.all(weights.map((name) => findModel(name, modelFolders())));
  const plain = await bareRate(models[0] as ModelFile, 1);
  console.log(`frames per second; ${seconds} s a figure; cameras of ${clip.split('/').at(-1)}`);
  console.log(
    `YOLOv8n float 640×640, bare, one thread: ${plain.toFixed(1)} = 1.00 of the last column`,
  );
  console.log(
    'weights                     cameras  threads   limit   whole way   share   prepare   post     rest   of plain',
  );
  for (const model of models) {
    for (const [cameras, threads] of [
      [1, 1],
      [16, cores],
    ] as const) {
      console.log(await row(model, { cameras, threads }, plain));
    }
  }
}

/** The limit is taken before and after, since the machine's other work comes and goes. */
async function row(
  model: ModelFile,
  { cameras, threads }: { cameras: number; threads: number },
  plain: number,
): Promise<string> {
  const before = await bareRate(model, threads);
  const { rate, prepare, post, infer } = await wholeRate(model, cameras, threads);
  const limit = (before + (await bareRate(model, threads))) / 2;
  const rest = (1000 * threads) / rate - prepare - post - infer;
  return [
    model.name.padEnd(28),
    String(cameras).padStart(6),
    String(threads).padStart(9),
    limit.toFixed(1).padStart(8),
    rate.toFixed(1).padStart(11),
    `${((100 * rate) / limit).toFixed(1)} %`.padStart(9),
    ...[prepare, post, rest].map((ms) => `${ms.toFixed(1)} ms`.padStart(9)),
    (rate / (plain * threads)).toFixed(2).padStart(8),
  ].join('');
}

/** Runs a second of bare sessions, all threads together. */
async function bareRate(model: ModelFile, threads: number): Promise<number> {
  const input = model.input ?? { width: 640, height: 640 };
  const workerData = { path: model.path, ms: (seconds * 1000) / 2, input };
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./bare-session.ts', import.meta.url), { workerData }),
  );
  await Promise.all(workers.map(nextMessage));
  const rates = workers.map((worker) => {
    worker.postMessage('go');
    return nextMessage(worker);
  });
  return (await Promise.all(rates)).reduce<number>((sum, rate) => sum + Number(rate), 0);
}

const nextMessage = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

/** Looks a second of cameras that always have a frame, and the mean times of a look. */
async function wholeRate(model: ModelFile, cameras: number, threads: number) {
  const detector = createDetector({ threads });
  const looks: Look['ms'][] = [];
  const runs = Array.from({ length: cameras }, (_, i) =>
    startCamera(`c${i}`, model, noting(detector, looks)),
  );
  await new Promise((resolve) => setTimeout(resolve, 3000));
  looks.length = 0;
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const rate = (looks.length * 1000) / (performance.now() - began);
  const mean = (part: keyof Look['ms']) =>
    looks.reduce((sum, ms) => sum + ms[part], 0) / looks.length;
  const means = { prepare: mean('prepare'), infer: mean('infer'), post: mean('post') };
  await Promise.all(runs.map((camera) => camera.stop()));
  await detector.stop();
  return { rate, ...means };
}

const noting = (detector: Detector, looks: Look['ms'][]): Detector => ({
  ...detector,
  detect: async (request) => {
    const look = await detector.detect(request);
    looks.push(look.ms);
    return look;
  },
});

function startCamera(cameraId: string, model: ModelFile, detector: Detector): CameraRun {
  const camera = new CameraRun({
    cameraId,
    workerId: 'bench',
    config: CameraConfig.parse({ v: 1, source: '', fps: 30 }),
    url: clip,
    models: [model],
    detector,
    openCamera,
    renderFrame,
    now: () => performance.now(),
    wallNow: Date.now,
    log: silent,
    onHeadcount: () => undefined,
    onPassage: () => undefined,
    onFrame: () => undefined,
    onLook: () => undefined,
  });
  camera.start();
  return camera;
}

const openCamera: OpenCamera = (url, _intervalMs, { onShot, onLost }) => {
  const thread = new Worker(new URL('./frames.ts', import.meta.url), { workerData: url });
  thread.on('message', (shot: Shot) => onShot(shot));
  thread.on('error', ({ message }) => onLost(message));
  const next = (): void => thread.postMessage('next');
  next();
  return {
    next,
    setInterval: () => undefined,
    stop: async () => {
      const ended = new Promise((resolve) => thread.once('exit', resolve));
      thread.postMessage('end');
      await ended;
    },
  };
};

const nothing = (): void => undefined;
const silent = { info: nothing, warn: nothing, error: nothing };
