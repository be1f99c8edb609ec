import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ModelFile } from '../detector/choose-model.ts';
import { type Head, headOf } from '../detector/heads.ts';
import { findModel, listModels, ModelUnusable } from '../detector/models.driver.ts';
import { onnxHeaderOf } from '../detector/onnx-header.ts';
import { silenceTelemetry } from '../detector/provider.driver.ts';
import { openSession } from '../detector/session.driver.ts';
import { type Standing, standingOf } from './known-models.ts';

/** A model file, told apart from all others. */
export interface ModelRecord extends ModelFile {
  /** family by the shapes in the file; `undefined`: they do not tell before it runs */
  readonly head: Head | undefined;
  readonly sha256: string;
  readonly standing: Standing;
}

async function recordOf(file: ModelFile): Promise<ModelRecord> {
  const bytes = await readFile(file.path);
  const [output] = onnxHeaderOf(bytes).outputs;
  const shape = output?.dims.map((size) => size ?? 0) ?? [];
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    ...file,
    head: file.input ? headOf(shape, file.input) : undefined,
    sha256,
    standing: standingOf(file.name, sha256),
  };
}

/** All models in the folders; `unusable`: one message for each file that is none. */
export async function listRecords(
  folders: readonly string[],
): Promise<{ models: ModelRecord[]; unusable: string[] }> {
  const { models, unusable } = await listModels(folders);
  return { models: await Promise.all(models.map(recordOf)), unusable };
}

/** A model that was checked. `fault`: why it does not run; `undefined`: it does. */
export interface Verified {
  readonly model: ModelRecord;
  readonly fault: string | undefined;
}

async function verified(file: ModelFile): Promise<Verified> {
  const model = await recordOf(file);
  try {
    await openSession(model.path);
    return { model, fault: undefined };
  } catch (error) {
    if (!(error instanceof ModelUnusable)) throw error;
    return { model, fault: error.message };
  }
}

/**
 * Checks the named models, or all in the folders: what their hash says, and whether they run. Blocks its thread.
 * `unusable`: one message for each file that is no model at all.
 */
export async function verifyModels(
  names: readonly string[],
  folders: readonly string[],
): Promise<{ models: Verified[]; unusable: string[] }> {
  silenceTelemetry();
  const found =
    names.length === 0
      ? await listModels(folders)
      : { models: await Promise.all(names.map((name) => findModel(name, folders))), unusable: [] };
  const models: Verified[] = [];
  for (const file of found.models) models.push(await verified(file));
  return { models, unusable: found.unusable };
}
