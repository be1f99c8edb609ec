import type { InspectedModel } from '../detector/choose-model.ts';
import { listModels } from '../detector/models.driver.ts';
import { type Standing, standingOf } from './known-models.ts';

/** A model file, told apart from all others. */
export interface ModelRecord extends InspectedModel {
  readonly standing: Standing;
}

/** What is known of a file. */
export const recordOf = (file: InspectedModel): ModelRecord => ({
  ...file,
  standing: standingOf(file.name, file.sha256),
});

/** All models in the folders; `unusable`: one message for each file that is none. */
export async function listRecords(
  folders: readonly string[],
): Promise<{ models: ModelRecord[]; unusable: string[] }> {
  const { models, unusable } = await listModels(folders);
  return { models: models.map(recordOf), unusable };
}
