import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, delimiter, join, resolve } from 'node:path';
import type { InspectedModel } from './choose-model.ts';
import { declaredHead, tellsApart } from './heads.ts';
import { onnxHeaderOf } from './onnx-header.ts';

/** Weights that cannot be used: the message names the file and the remedy. */
export class ModelUnusable extends Error {}

/** What to do when no weights are found; shown to people as it is. */
export function modelRemedy(folders: readonly string[]): string {
  return (
    `no model found in ${folders.join(', ')}. Put a YOLOv8, YOLO11 or YOLOX file (.onnx) for COCO ` +
    'or for persons into one of these folders, or name its folder in VIGIE_MODELS'
  );
}

/** Reads what a model file says of itself. @throws ModelUnusable when it is no model this detector can run. */
export async function inspectModel(path: string): Promise<InspectedModel> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new ModelUnusable(`model ${path} cannot be read; check the path and its rights`, {
      cause,
    });
  });
  const header = headerOf(path, bytes);
  const [input] = header.inputs;
  const [, channels, height = null, width = null] = input?.dims ?? [];
  if (header.inputs.length !== 1 || input?.dims.length !== 4 || channels !== 3) {
    throw new ModelUnusable(
      `model ${path} takes no picture [1, 3, height, width]; use a detection export of YOLOv8, YOLO11 or YOLOX`,
    );
  }
  const size = height === null || width === null ? null : { width, height };
  const shape = header.outputs[0]?.dims ?? [];
  const head = declaredHead(shape, size);
  return {
    path: resolve(path),
    name: basename(path),
    bytes: bytes.length,
    input: size,
    quantised: header.quantised,
    knowsVehicles: head && tellsApart('vehicles', head, shape),
    head,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    isWhole: header.isWhole,
  };
}

function headerOf(path: string, bytes: Uint8Array) {
  try {
    return onnxHeaderOf(bytes);
  } catch (cause) {
    throw new ModelUnusable(`model ${path} is damaged or no ONNX file; copy it again`, { cause });
  }
}

/**
 * All usable models in the folders, in their order; a name that was met before is not listed again.
 * `unusable`: one message for each file that ends in `.onnx` and cannot be used.
 */
export async function listModels(
  folders: readonly string[],
): Promise<{ models: InspectedModel[]; unusable: string[] }> {
  /** by file name */
  const models = new Map<string, InspectedModel>();
  const unusable: string[] = [];
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((entry) => entry.endsWith('.onnx')).sort()) {
      if (models.has(name)) continue;
      try {
        models.set(name, await inspectModel(join(folder, name)));
      } catch (error) {
        unusable.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
  return { models: [...models.values()], unusable };
}

/** Changes when a model in the folders comes, goes or is another: names, sizes and times, nothing is read. */
export async function modelsMark(folders: readonly string[]): Promise<string> {
  const marks: string[] = [];
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((entry) => entry.endsWith('.onnx')).sort()) {
      const found = await stat(join(folder, name)).catch(() => undefined);
      if (found) marks.push([folder, name, found.size, found.mtimeMs, found.ctimeMs].join(' '));
    }
  }
  return marks.join('\n');
}

/**
 * The model a person asked for: a path, or a file name (with or without `.onnx`) in one of the folders.
 * @throws ModelUnusable when it is nowhere.
 */
export async function findModel(
  wanted: string,
  folders: readonly string[],
): Promise<InspectedModel> {
  const places = [wanted, ...folders.flatMap((f) => [join(f, wanted), join(f, `${wanted}.onnx`)])];
  for (const place of places) {
    if (
      await stat(place).then(
        (entry) => entry.isFile(),
        () => false,
      )
    )
      return inspectModel(place);
  }
  throw new ModelUnusable(
    `model ${wanted} is neither a file nor a name in ${folders.join(', ')}; check the name, or name its folder in VIGIE_MODELS`,
  );
}

/** Root of the program's checkout. */
const CHECKOUT = resolve(import.meta.dirname, '..', '..', '..', '..');

/** Where a town keeps weights of its own: `models` in the data folder. */
export const ownModelFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  resolve(environment.VIGIE_DATA || 'data', 'models');

/**
 * Where weights are looked for, in this order: the folders of `VIGIE_MODELS` (parted by the system's path separator), `models`
 * in the data folder (`VIGIE_DATA`, else `data`), `models` in the checkout, `shared/models` beside it.
 */
export function modelFolders(environment: NodeJS.ProcessEnv = process.env): string[] {
  const configured = (environment.VIGIE_MODELS ?? '').split(delimiter).filter(Boolean);
  const shipped = [join(CHECKOUT, 'models'), join(CHECKOUT, '..', 'shared', 'models')];
  return [...configured, ownModelFolder(environment), ...shipped].map((folder) => resolve(folder));
}
