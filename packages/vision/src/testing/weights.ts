import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chooseModel, type ModelFile } from '../detector/choose-model.ts';
import { listModels, modelFolders } from '../detector/models.driver.ts';

const CHECKOUT = resolve(import.meta.dirname, '..', '..', '..', '..');

/** Annotated media beside the checkout; tests that need them are skipped where they are not, but never in CI. */
export const MEDIA = join(CHECKOUT, '..', 'shared', 'media');
/** Modelled clips of the project itself. */
export const FOOTAGE = join(CHECKOUT, 'demo', 'footage');

export interface Weights {
  readonly models: ModelFile[];
  readonly folders: string[];
}

const isCi = process.env.CI === 'true';

/** Weights for a test. `missing`: why it is skipped; in CI that is a failure. */
export async function findWeights(): Promise<Weights & { missing: string | undefined }> {
  const folders = modelFolders();
  const { models } = await listModels(folders);
  const found = chooseModel(models, 'standard', { width: 640, height: 360 });
  return {
    models,
    folders,
    missing: found ? undefined : need('no weights (.onnx) in the model folders'),
  };
}

/** `undefined` when the file or folder is there, else why the test is skipped; in CI that is a failure. */
export const missingMedia = (path: string): string | undefined =>
  existsSync(path) ? undefined : need(`${path} is not there`);

function need(why: string): string {
  if (isCi) throw new Error(`CI needs the weights and media: ${why}`);
  return why;
}
