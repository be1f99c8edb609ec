import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seal, unseal } from '@vigie/contracts/seal';
import { pino } from 'pino';
import { createCameraOpener } from './camera/camera.driver.ts';
import { decodePicture } from './camera/picture.driver.ts';
import { steadyNow } from './camera/steady-clock.driver.ts';
import { TRACK_RULES } from './counting/tracker.ts';
import type { Profile } from './detector/choose-model.ts';
import { createDetector } from './detector/detector.driver.ts';
import { COUNTED_SCORE, COUNTING_IOU } from './detector/detector.ts';
import { createFinder } from './detector/finder.service.ts';
import {
  findModel,
  listModels as inspectModels,
  ModelUnusable,
  modelFolders,
  modelRemedy,
  modelsMark,
} from './detector/models.driver.ts';
import { withPace } from './detector/pace.driver.ts';
import { offeredProviders, wantedProvider } from './detector/provider.driver.ts';
import { openSession } from './detector/session.driver.ts';
import { type ClipScore, togetherScore } from './evaluation/clip-score.ts';
import { readClipTruth } from './evaluation/clip-truth.ts';
import { readCoco } from './evaluation/coco.ts';
import {
  type CountedBy,
  type Evaluation,
  type EvaluationDeps,
  evaluatePictures,
} from './evaluation/evaluate.service.ts';
import { evaluateClip } from './evaluation/evaluate-clip.service.ts';
import {
  evaluateParking as compareSpaces,
  type MarkedPicture,
  type ParkingEvaluation,
} from './evaluation/evaluate-parking.service.ts';
import { readPkLot } from './evaluation/pklot.driver.ts';
import { createFileDetector, type FileDetector } from './files/detect.service.ts';
import { findInFolder, openFile } from './files/file.driver.ts';
import { readDevice } from './onvif/device.driver.ts';
import { type DiscoveryPlace, discoverDevices, USUAL_PLACE } from './onvif/discovery.driver.ts';
import { createSpaceWatch } from './parking/space-watch.service.ts';
import { type BrokerTls, createBus } from './worker/bus.mqtt.ts';
import type { WorkerLog } from './worker/bus.ts';
import { tryCamera } from './worker/camera-trial.service.ts';
import { createEnquiries } from './worker/enquiries.service.ts';
import { renderCoarse, renderFrame } from './worker/render.driver.ts';
import { createVisionWorker } from './worker/worker.service.ts';

export { encodeWithDrawing } from './camera/picture.driver.ts';
export type { Profile } from './detector/choose-model.ts';
export type { Thresholds } from './detector/detector.ts';
export { modelFolders, modelRemedy } from './detector/models.driver.ts';
export type { ClipScore } from './evaluation/clip-score.ts';
export type { CountedBy, Evaluation, Figures } from './evaluation/evaluate.service.ts';
export type { ParkingEvaluation } from './evaluation/evaluate-parking.service.ts';
export type { ParkingScore } from './evaluation/parking-score.ts';
export { drawingOf } from './files/annotate.ts';
export type { DetectedFrame, DetectOptions, FileDetector } from './files/detect.service.ts';
export type { WorkerLog } from './worker/bus.ts';

export interface VisionWorkerOptions {
  /** `mqtt://` or `mqtts://`, `ws://` or `wss://` */
  readonly brokerUrl: string;
  /** By which the broker is known and knows us, over TLS; `undefined`: as the system trusts. */
  readonly brokerTls?: BrokerTls | undefined;
  /** name among the workers; its MQTT user is `worker:{id}` */
  readonly workerId: string;
  /** MQTT password */
  readonly key: string;
  /** 32 bytes with which the server seals the addresses of cameras */
  readonly sealKey: Uint8Array<ArrayBuffer>;
  /** folders in which weights are looked for; see `modelFolders` */
  readonly modelsDirs: readonly string[];
  readonly log: WorkerLog;
  /** addresses and networks at which cameras are allowed although they are link-local, of a cloud's metadata or multicast */
  readonly allowedAddresses?: readonly string[];
  /** where cameras are called; the usual place of ONVIF where not given */
  readonly discovery?: DiscoveryPlace;
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
  const { allowedAddresses: allowed = [], discovery = USUAL_PLACE } = options;
  const bus = createBus({ brokerUrl, brokerTls: options.brokerTls, workerId, key, log });
  const openCamera = createCameraOpener(allowed);
  const enquiries = createEnquiries({
    answer: bus.publishAnswer,
    unseal: (sealed) => unseal(sealed, sealKey),
    seal: (address) => seal(address, sealKey),
    tryCamera: (wish) => tryCamera(wish, { openCamera, renderCoarse, now: steadyNow }),
    discover: (onFound) => discoverDevices(discovery, allowed, onFound),
    readDevice: (service, onStep) => readDevice(service, allowed, onStep),
    log,
  });
  const worker = createVisionWorker({
    workerId,
    bus,
    enquiries,
    detector: createDetector(threads === undefined ? {} : { threads }),
    openCamera,
    renderFrame,
    decode: decodePicture,
    now: steadyNow,
    wallNow: Date.now,
    log,
    unseal: (sealed) => unseal(sealed, sealKey),
    listModels: createModelList(modelsDirs, log),
    modelsMark: () => modelsMark(modelsDirs),
  });
  await worker.start();
  return { stop: worker.stop };
}

/** Lists the weights with their pace here; a trouble that stays is said once. */
function createModelList(folders: readonly string[], log: WorkerLog) {
  const said = new Set<string>();
  return async () => {
    const { models, unusable } = await inspectModels(folders);
    const none = models.length > 0 ? [] : [`${modelRemedy(folders)}; until then no camera counts`];
    for (const message of [...unusable, ...none].filter((text) => !said.has(text))) {
      said.add(message);
      log.warn({}, message);
    }
    return withPace(models);
  };
}

/** Thresholds with which a first look counts; they stand in for the one of a plain look that was not given. */
export const DETECT_DEFAULTS = { conf: COUNTED_SCORE, iou: COUNTING_IOU } as const;

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

/**
 * Looks once with the first weights by `VIGIE_INFERENCE`; says what is used, and what this machine's build offers.
 * @throws Error when it does not work; the message says the remedy.
 */
export async function tryInference(folders: readonly string[] = modelFolders()) {
  const used = wantedProvider();
  const [model] = (await inspectModels(folders)).models;
  if (model) await openSession(model.path);
  return { used, offered: offeredProviders() };
}

/** File names of the weights that can be used, in the order in which they were found. */
export async function listModels(folders: readonly string[] = modelFolders()): Promise<string[]> {
  const { models } = await inspectModels(folders);
  return models.map(({ name }) => name);
}

interface EvaluationOptions {
  /** where the pictures or clips are; leading folders of their names may be missing there */
  readonly folder: string;
  readonly folders: readonly string[];
  readonly model?: string | undefined;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Compares the detector with a COCO annotation file. `by`: how the people are counted.
 * @throws Error when the file is no COCO file, a picture is missing, or there are no weights.
 */
export function evaluateCoco(
  annotations: unknown,
  by: CountedBy,
  options: EvaluationOptions,
): Promise<Evaluation> {
  const openPicture = async (name: string) =>
    decodePicture(await findInFolder(name, options.folder));
  return withFinder(options, (deps) => {
    const pictures = readCoco(annotations);
    if (pictures.length === 0) throw new Error('the annotations name no picture');
    const onProgress = (done: number) => options.onProgress(done, pictures.length);
    return evaluatePictures({ ...deps, openPicture }, pictures, { by, onProgress });
  });
}

/** Scores of clips, all together and by file name. */
export interface ClipEvaluation {
  readonly all: ClipScore;
  readonly clips: Readonly<Record<string, ClipScore>>;
}

/**
 * Compares the headcount of clips with what they show, counted as by a camera with this profile and rate.
 * @throws Error when `truth` tells of no clips, a clip is missing or unreadable, or there are no weights.
 */
export function evaluateClips(
  truth: unknown,
  camera: { readonly profile: Profile; readonly fps: number },
  options: EvaluationOptions,
): Promise<ClipEvaluation> {
  return withFinder(options, async ({ detector, finder }) => {
    const clips = readClipTruth(truth);
    if (clips.length === 0) throw new Error('the truth names no clip');
    const deps = { finder, threads: detector.threads, rules: TRACK_RULES };
    const scores: [string, ClipScore][] = [];
    for (const { fileName, truth: shown } of clips) {
      const opened = await openFile(await findInFolder(fileName, options.folder));
      if (opened.kind !== 'video') throw new Error(`${fileName} is a picture, no clip`);
      const clip = { video: opened.video, truth: shown };
      scores.push([fileName, await evaluateClip(deps, clip, camera)]);
      options.onProgress(scores.length, clips.length);
    }
    const all = togetherScore(scores.map(([, score]) => score));
    return { all, clips: Object.fromEntries(scores) };
  });
}

/**
 * Compares what is said of parking spaces with the PKLot annotations (`.xml`) beside the pictures of the folder.
 * @throws Error when there are none, one cannot be read, its picture is missing, or there are no weights that know vehicles.
 */
export async function evaluateParking(options: EvaluationOptions): Promise<ParkingEvaluation> {
  const files = (await readdir(options.folder)).filter((name) => name.endsWith('.xml')).sort();
  if (files.length === 0)
    throw new Error(`${options.folder} holds no PKLot annotations; give a folder of .xml files`);
  const onProgress = (done: number) => options.onProgress(done, files.length);
  return withFinder(options, ({ detector, models }) => {
    const watch = createSpaceWatch({ detector, models });
    return compareSpaces(watch, openMarked(files, options.folder), onProgress);
  });
}

async function* openMarked(
  files: readonly string[],
  folder: string,
): AsyncGenerator<MarkedPicture> {
  for (const file of files) {
    const xml = await readFile(join(folder, file), 'utf8');
    try {
      const spaces = readPkLot(xml);
      const name = file.replace(/[.]xml$/, '.jpg');
      yield { name, spaces, picture: await decodePicture(await findInFolder(name, folder)) };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${file} cannot be compared: ${why}`, { cause });
    }
  }
}

/** Does the work with a detector that is stopped afterwards. */
async function withFinder<Result>(
  { model, folders }: EvaluationOptions,
  work: (
    deps: Pick<EvaluationDeps, 'finder' | 'models'> & {
      detector: ReturnType<typeof createDetector>;
    },
  ) => Promise<Result>,
): Promise<Result> {
  const models = await modelsFor(model, folders);
  const detector = createDetector();
  try {
    return await work({ detector, models, finder: createFinder({ detector, models }) });
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
