import type { InspectedModel } from '../detector/choose-model.ts';
import { findModel, listModels, ModelUnusable } from '../detector/models.driver.ts';
import { silenceTelemetry } from '../detector/provider.driver.ts';
import { openSession } from '../detector/session.driver.ts';
import { type ModelRecord, recordOf } from './model-records.driver.ts';

/** A model that was checked. `fault`: why it does not run; `undefined`: it does. */
export interface Verified {
  readonly model: ModelRecord;
  readonly fault: string | undefined;
}

async function verified(file: InspectedModel): Promise<Verified> {
  const model = recordOf(file);
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
