import { unseal } from '@vigie/contracts/seal';
import { pino } from 'pino';
import { openCamera } from './camera/camera.driver.ts';
import { decodePicture } from './camera/picture.driver.ts';
import { TRACK_RULES } from './counting/tracker.ts';
import { createDetector } from './detector/detector.driver.ts';
import { COUNTING_IOU } from './detector/detector.ts';
import {
  findModel,
  listModels as inspectModels,
  ModelUnusable,
  modelFolders,
  modelRemedy,
} from './detector/models.driver.ts';
import { readCoco } from './evaluation/coco.ts';
import { type Evaluation, evaluatePictures } from './evaluation/evaluate.service.ts';
import { createFileDetector, type FileDetector } from './files/detect.service.ts';
import { findPicture, openFile } from './files/file.driver.ts';
import { createBus } from './worker/bus.mqtt.ts';
import type { WorkerLog } from './worker/bus.ts';
import { renderFrame } from './worker/render.driver.ts';
import { createVisionWorker } from './worker/worker.service.ts';

export { encodeWithDrawing } from './camera/picture.driver.ts';
export { modelFolders, modelRemedy } from './detector/models.driver.ts';
export type { Evaluation, Figures } from './evaluation/evaluate.service.ts';
export { drawingOf } from './files/annotate.ts';
export type { DetectedFrame, DetectOptions, FileDetector } from './files/detect.service.ts';
export type { WorkerLog } from './worker/bus.ts';

export interface VisionWorkerOptions {
  /** `mqtt://` or `mqtts://`, `ws://` or `wss://` */
  readonly brokerUrl: string;
  /** name among the workers; its MQTT user is `worker:{id}` */
  readonly workerId: string;
  /** MQTT password */
  readonly key: string;
  /** 32 bytes with which the server seals the addresses of cameras */
  readonly sealKey: Uint8Array<ArrayBuffer>;
  /** folders in which weights are looked for; see `modelFolders` */
  readonly modelsDirs: readonly string[];
  readonly log: WorkerLog;
  /** pictures looked at in parallel; as many as there are cores where not given */
  readonly threads?: number;
}

/**
 * Starts a vision worker: it takes its share of the cameras on the bus and publishes their headcounts until `stop`.
 * Without weights it publishes every camera as `no-model` and goes on looking for them. A broker that is away is tried
 * again for ever.
 * @throws RangeError when the seal key is not 32 bytes long.
 */
export async function startVisionWorker(
  options: VisionWorkerOptions,
): Promise<{ stop(): Promise<void> }> {
  const { brokerUrl, workerId, key, sealKey, modelsDirs, log, threads } = options;
  if (sealKey.length !== 32) {
    throw new RangeError('the seal key has not 32 bytes; give the VIGIE_SEAL_KEY of the server');
  }
  const worker = createVisionWorker({
    workerId,
    bus: createBus({ brokerUrl, workerId, key, log }),
    detector: createDetector(threads === undefined ? {} : { threads }),
    openCamera,
    renderFrame,
    now: Date.now,
    log,
    unseal: (sealed) => unseal(sealed, sealKey),
    listModels: createModelList(modelsDirs, log),
  });
  await worker.start();
  return { stop: worker.stop };
}

/** Lists the weights; a trouble that stays is said once. */
function createModelList(folders: readonly string[], log: WorkerLog) {
  const said = new Set<string>();
  return async () => {
    const { models, unusable } = await inspectModels(folders);
    const none = models.length > 0 ? [] : [`${modelRemedy(folders)}; until then no camera counts`];
    for (const message of [...unusable, ...none].filter((text) => !said.has(text))) {
      said.add(message);
      log.warn({}, message);
    }
    return models;
  };
}

/** Thresholds of `vigie detect` where none are given: best mean count error on annotated pictures and rooms. */
export const DETECT_DEFAULTS = { conf: 0.15, iou: COUNTING_IOU } as const;

/**
 * Creates the detector for picture and video files. `model`: path or name of the weights; without it the best found
 * ones are chosen by the shape of each picture.
 * @throws ModelUnusable when there are none, or the named ones cannot be used; the message says the remedy.
 */
export async function openFileDetector(options: {
  readonly folders: readonly string[];
  readonly model?: string | undefined;
  readonly threads?: number;
}): Promise<FileDetector> {
  const { folders, model, threads } = options;
  const models = await modelsFor(model, folders);
  const detector = createDetector(threads === undefined ? {} : { threads });
  return createFileDetector({ detector, models, rules: TRACK_RULES, openFile });
}

/** File names of the weights that can be used, in the order in which they were found. */
export async function listModels(folders: readonly string[] = modelFolders()): Promise<string[]> {
  const { models } = await inspectModels(folders);
  return models.map(({ name }) => name);
}

/**
 * Compares the detector with a COCO annotation file. `folder`: where its pictures are; leading folders of their names may
 * be missing there. `conf` and `iou` are those of the count.
 * @throws Error when the file is no COCO file, a picture is missing, or there are no weights.
 */
export async function evaluateCoco(options: {
  readonly annotations: unknown;
  readonly folder: string;
  readonly folders: readonly string[];
  readonly model?: string | undefined;
  readonly conf: number;
  readonly iou: number;
  readonly onProgress: (done: number, total: number) => void;
}): Promise<Evaluation> {
  const { annotations, folder, conf, iou, onProgress } = options;
  const pictures = readCoco(annotations);
  if (pictures.length === 0) throw new Error('the annotations name no picture');
  const models = await modelsFor(options.model, options.folders);
  const detector = createDetector();
  const openPicture = async (name: string) => decodePicture(await findPicture(name, folder));
  try {
    return await evaluatePictures(
      { detector, models, openPicture },
      pictures,
      { conf, iou },
      (done) => onProgress(done, pictures.length),
    );
  } finally {
    await detector.stop();
  }
}

async function modelsFor(model: string | undefined, folders: readonly string[]) {
  const models = model ? [await findModel(model, folders)] : (await inspectModels(folders)).models;
  if (models.length === 0) throw new ModelUnusable(modelRemedy(folders));
  return models;
}

/** Log of a worker process: JSON lines on the output, with the worker's name. */
export const createWorkerLog = (workerId: string): WorkerLog =>
  pino({ base: { worker: workerId } });
