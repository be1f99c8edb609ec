import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Size } from '../detector/boxes.ts';
import { findModel, modelFolders, ownModelFolder } from '../detector/models.driver.ts';
import { silenceTelemetry } from '../detector/provider.driver.ts';
import { openSession } from '../detector/session.driver.ts';
import { readCoco } from '../evaluation/coco.ts';
import { openActivations } from './activations.driver.ts';
import { download } from './download.driver.ts';
import { type KnownModel, knownModels } from './known-models.ts';
import { verifyModels as verify } from './model-files.driver.ts';
import { listRecords } from './model-records.driver.ts';
import { readOnnx } from './onnx-file.driver.ts';
import { cameraPictures, folderPictures, type PictureSet } from './pictures.driver.ts';
import {
  type Quantised,
  quantiseModel as quantise,
  resizeModel as resize,
  type Step,
} from './quantise.service.ts';
import { openWorkshop } from './workshop.driver.ts';

export type { Verified } from './model-files.driver.ts';
export type { ModelRecord } from './model-records.driver.ts';
export type { Quantised, Step } from './quantise.service.ts';
export { agreedShare, type Comparison, lostPoints } from './verdict.ts';

const deps = { readModel: readOnnx, openActivations, openSession, openWorkshop };

/** What a form of a model is called: `yolov8n.onnx` in 8 bits for 384×640 is `yolov8n-int8-384x640.onnx`. */
function nameFor(path: string, { size, isSmall }: { size: Size | undefined; isSmall: boolean }) {
  const parts = [
    basename(path, '.onnx'),
    ...(isSmall ? ['int8'] : []),
    ...(size ? [`${size.height}x${size.width}`] : []),
  ];
  return `${parts.join('-')}.onnx`;
}

/** Which model, for which input, and where its new form goes; `out` is in the town's own folder where not given. */
export interface FormOptions {
  /** a path, or a name in the model folders */
  readonly model: string;
  readonly size: Size | undefined;
  readonly out: string | undefined;
}

/** @throws Error when the new form would take the place of a model that nobody named. */
async function placesFor({ model, size, out }: FormOptions, isSmall: boolean) {
  const { path } = await findModel(model, modelFolders());
  const place = resolve(out ?? join(ownModelFolder(), nameFor(path, { size, isSmall })));
  if (place === path) throw new Error(`--out names the model itself; choose another place`);
  if (out === undefined && existsSync(place)) {
    throw new Error(`${place} is there already; move it away, or name another place with --out`);
  }
  return { path, size, out: place };
}

/** Pictures to calibrate with and to compare at. `truth`: COCO annotations of those in the folder. */
export type PictureSource =
  | { readonly folder: string; readonly truth: unknown }
  | {
      /** address of a live camera */
      readonly camera: string;
      readonly intervalMs: number;
      /** addresses and networks at which cameras are allowed although they are of a forbidden kind */
      readonly allowed: readonly string[];
    };

const picturesOf = async (source: PictureSource): Promise<PictureSet> =>
  'camera' in source
    ? cameraPictures(source)
    : folderPictures(
        source.folder,
        source.truth === undefined ? undefined : readCoco(source.truth),
      );

export interface QuantiseOptions extends FormOptions {
  readonly source: PictureSource;
  /** points of AP50 that any subset may lose */
  readonly limit: number;
  readonly onProgress: (step: Step, done: number, total: number) => void;
}

/**
 * Makes the 8-bit form of a float detector, compares both, and installs it unless it lost too much. Blocks its thread.
 * @throws Error that names the model, the picture or the place in the model, and the remedy.
 */
export async function quantiseModel({
  source,
  limit,
  onProgress,
  ...form
}: QuantiseOptions): Promise<Quantised & { readonly out: string }> {
  silenceTelemetry();
  const places = await placesFor(form, true);
  const { counts, ...pictures } = await picturesOf(source);
  const result = await quantise(deps, {
    ...places,
    limit,
    pictures,
    onProgress: (step, done) => onProgress(step, done, counts[step]),
  });
  return { ...result, out: places.out };
}

/** Installs the same detector for another input size, its weights as they are; gives its path. */
export async function resizeModel(form: FormOptions & { readonly size: Size }): Promise<string> {
  const { path, out } = await placesFor(form, false);
  await resize(deps, { path, out, size: form.size });
  return out;
}

/** All models in the folders, with their hashes. */
export const listModelFiles = () => listRecords(modelFolders());

/** Checks models by name, or all. */
export const verifyModels = (names: readonly string[]) => verify(names, modelFolders());

/** What can be fetched: a known model, or any by its address and hash. */
export interface PullOptions {
  /** name of a known model, or an address */
  readonly model: string;
  /** hash the file must have; needed with an address */
  readonly sha256: string | undefined;
  readonly out: string | undefined;
  readonly onProgress: (bytes: number, total: number | undefined) => void;
}

function knownFor(model: string): KnownModel & { readonly url: string } {
  const known = knownModels.find(({ name }) => name === model || name === `${model}.onnx`);
  if (known?.url) return { ...known, url: known.url };
  const names = knownModels.filter(({ url }) => url).map(({ name }) => name);
  throw new Error(
    known
      ? `no lasting address of ${known.name} is known (${known.licence}); export it yourself, or give an address and --sha256 ${known.sha256}`
      : `${model} is neither an address nor a model we know; known with an address: ${names.join(', ')}`,
  );
}

/** Address, hash and file name of what is asked for. @throws Error when one of them is missing. */
function sourceOf({ model, sha256, out }: PullOptions) {
  if (!URL.canParse(model)) {
    const known = knownFor(model);
    return { url: known.url, sha256: known.sha256, name: known.name };
  }
  const name = basename(new URL(model).pathname);
  if (!/^[0-9a-f]{64}$/i.test(sha256 ?? '')) {
    throw new Error('an address needs --sha256 with the 64 hexadecimal digits of the file');
  }
  if (out === undefined && !name.endsWith('.onnx'))
    throw new Error(`${model} names no .onnx file; give --out`);
  return { url: model, sha256: (sha256 as string).toLowerCase(), name };
}

/** Fetches a model into the town's own folder. `isNew` false: it was there already. @throws DownloadFailed */
export async function pullModel(options: PullOptions): Promise<{ path: string; isNew: boolean }> {
  const { name, ...source } = sourceOf(options);
  const path = options.out ?? join(ownModelFolder(), name);
  const isNew = await download({ ...source, out: path, onProgress: options.onProgress });
  return { path, isNew };
}
