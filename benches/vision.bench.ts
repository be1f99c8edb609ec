import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
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
import type { Runs } from './bare-session.ts';

const seconds = Number(process.env.VIGIE_BENCH_SECONDS ?? 8);
/** Limit and whole way take turns, so that the machine's other work disturbs both alike. */
const turns = 5;
/** Looks before the first turn, in at most so many seconds. */
const WARM_LOOKS = 300;
const WARM_S = 30;
const clip = process.env.VIGIE_BENCH_CLIP ?? join(root, 'demo/footage/office.mp4');
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
  const plain = await startBare(models[0] as ModelFile, 1);
  const { perSecond } = await plain.measure(seconds * 1000);
  await plain.stop();
  console.log(
    `frames per second; ${seconds} s a figure in ${turns} turns; cameras of ${clip.split('/').at(-1)}`,
  );
  console.log(`YOLOv8n float 640×640, bare, one thread: ${perSecond.toFixed(1)}`);
  console.log(
    'share: whole way of the limit; of processor time: that of a bare run of all that a look takes, on every thread',
  );
  console.log(
    'weights                     cameras  threads   limit   whole   share   prepare   post   bare cpu   look cpu   share of it   of plain',
  );
  for (const model of models) {
    for (const [cameras, threads] of [
      [1, 1],
      [16, cores],
    ] as const) {
      console.log(await row(model, { cameras, threads }, perSecond));
    }
  }
}

async function row(
  model: ModelFile,
  { cameras, threads }: { cameras: number; threads: number },
  plain: number,
): Promise<string> {
  const bare = await startBare(model, threads);
  const whole = startWhole(model, cameras, threads);
  await whole.warm();
  const pairs: { limit: Runs; looks: Looks }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const ms = (seconds * 1000) / turns;
    pairs.push({ limit: await bare.measure(ms), looks: await whole.measure(ms) });
  }
  await Promise.all([bare.stop(), whole.stop()]);
  const median = (of: (pair: (typeof pairs)[number]) => number): number =>
    pairs.map(of).sort((a, b) => a - b)[turns >> 1] as number;
  const percent = (of: (pair: (typeof pairs)[number]) => number) =>
    `${(100 * median(of)).toFixed(1)} %`;
  return [
    model.name.padEnd(28),
    String(cameras).padStart(6),
    String(threads).padStart(9),
    median(({ limit }) => limit.perSecond)
      .toFixed(1)
      .padStart(8),
    median(({ looks }) => looks.perSecond)
      .toFixed(1)
      .padStart(8),
    percent(({ limit, looks }) => looks.perSecond / limit.perSecond).padStart(9),
    `${median(({ looks }) => looks.prepareMs).toFixed(1)} ms`.padStart(9),
    `${median(({ looks }) => looks.postMs).toFixed(1)} ms`.padStart(8),
    `${median(({ limit }) => limit.cpuMs).toFixed(1)} ms`.padStart(11),
    `${median(({ looks }) => looks.cpuMs).toFixed(1)} ms`.padStart(11),
    percent(({ limit, looks }) => limit.cpuMs / looks.cpuMs).padStart(11),
    (median(({ looks }) => looks.perSecond) / (plain * threads)).toFixed(2).padStart(11),
  ].join('');
}

/** Bare sessions, one on each thread, all together. */
async function startBare(model: ModelFile, threads: number) {
  const input = model.input ?? { width: 640, height: 640 };
  const workerData = { path: model.path, input };
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./bare-session.ts', import.meta.url), { workerData }),
  );
  await Promise.all(workers.map(nextMessage));
  return {
    async measure(ms: number): Promise<Runs> {
      const answers = await Promise.all(
        workers.map((worker) => {
          worker.postMessage(ms);
          return nextMessage(worker) as Promise<Runs>;
        }),
      );
      const sum = (of: keyof Runs) => answers.reduce((total, answer) => total + answer[of], 0);
      return { perSecond: sum('perSecond'), cpuMs: sum('cpuMs') / threads };
    },
    async stop() {
      const ended = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
      for (const worker of workers) worker.postMessage('end');
      await Promise.all(ended);
    },
  };
}

const nextMessage = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

/** Means of the looks of one turn; `cpuMs`: of all threads together. */
interface Looks {
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly prepareMs: number;
  readonly postMs: number;
}

/** Cameras that always have a frame; between two turns they rest. */
function startWhole(model: ModelFile, cameras: number, threads: number) {
  const detector = createDetector({ threads });
  const looks: Look['ms'][] = [];
  const gate = createGate();
  const runs = Array.from({ length: cameras }, (_, i) =>
    startCamera(`c${i}`, model, { detector: noting(detector, looks), gate }),
  );
  return {
    /** Until the code of a look is compiled. */
    async warm(): Promise<void> {
      gate.open();
      for (let i = 0; i < WARM_S && looks.length < WARM_LOOKS; i++) await wait(1000);
      await gate.close(cameras);
    },
    async measure(ms: number): Promise<Looks> {
      looks.length = 0;
      const before = process.cpuUsage();
      const began = performance.now();
      gate.open();
      await wait(ms);
      await gate.close(cameras);
      const { user, system } = process.cpuUsage(before);
      const mean = (part: keyof Look['ms']) =>
        looks.reduce((sum, one) => sum + one[part], 0) / looks.length;
      return {
        perSecond: (looks.length * 1000) / (performance.now() - began),
        cpuMs: (user + system) / 1000 / looks.length,
        prepareMs: mean('prepare'),
        postMs: mean('post'),
      };
    },
    async stop() {
      await Promise.all(runs.map((camera) => camera.stop()));
      await detector.stop();
    },
  };
}

/** Lets cameras ask for their next frame, or keeps them waiting. */
function createGate() {
  const waiting: (() => void)[] = [];
  let isOpen = false;
  let allWait = (): void => undefined;
  let all = Number.POSITIVE_INFINITY;
  return {
    pass(next: () => void): void {
      if (isOpen) next();
      else waiting.push(next);
      if (waiting.length === all) allWait();
    },
    open(): void {
      isOpen = true;
      for (const next of waiting.splice(0)) next();
    },
    /** Resolves when so many wait. */
    close(cameras: number): Promise<void> {
      isOpen = false;
      all = cameras;
      return new Promise((resolve) => {
        allWait = resolve;
      });
    },
  };
}

const noting = (detector: Detector, looks: Look['ms'][]): Detector => ({
  ...detector,
  detect: async (request) => {
    const look = await detector.detect(request);
    looks.push(look.ms);
    return look;
  },
});

function startCamera(
  cameraId: string,
  model: ModelFile,
  { detector, gate }: { detector: Detector; gate: ReturnType<typeof createGate> },
): CameraRun {
  const camera = new CameraRun({
    cameraId,
    workerId: 'bench',
    config: CameraConfig.parse({ v: 1, source: '', fps: 30 }),
    url: pathToFileURL(clip).href,
    models: [model],
    detector,
    openCamera: openCameraBehind(gate),
    renderFrame,
    now: () => performance.now(),
    wallNow: Date.now,
    log: silent,
    onHeadcount: (headcount) => JSON.stringify(headcount),
    onPassage: () => undefined,
    onFrame: () => undefined,
    onLook: () => undefined,
  });
  camera.start();
  return camera;
}

const openCameraBehind =
  (gate: ReturnType<typeof createGate>): OpenCamera =>
  (url, _intervalMs, { onShot, onLost }) => {
    const thread = new Worker(new URL('./frames.ts', import.meta.url), { workerData: url });
    thread.on('message', (shot: Shot) => onShot(shot));
    thread.on('error', ({ message }) => onLost(message));
    const next = (): void => gate.pass(() => thread.postMessage('next'));
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
