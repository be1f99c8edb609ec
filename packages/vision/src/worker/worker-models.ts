import type { ModelUse, WorkerModel } from '@vigie/contracts/vision';
import type { InspectedModel } from '../detector/choose-model.ts';
import { chooseForVehicles, chooseModel, costOf } from '../detector/choose-model.ts';

/** Size of the usual camera, for which the status says what weights are used. */
export const USUAL_CAMERA = { width: 640, height: 360 };

/** The topic's limit; nobody needs more. */
const MOST = 100;

/** Weights as the worker's status tells of them. */
export function workerModels(models: readonly InspectedModel[]): WorkerModel[] {
  const usedFor = (use: ModelUse): string | undefined =>
    use === 'parking'
      ? chooseForVehicles(models, USUAL_CAMERA)?.path
      : chooseModel(models, use, USUAL_CAMERA)?.path;
  const uses = (['quick', 'standard', 'crowded', 'parking'] as const).map(
    (use) => [use, usedFor(use)] as const,
  );
  return models.slice(0, MOST).map((model) => ({
    name: model.name,
    sha256: model.sha256,
    msPerLook: Math.max(0.1, Math.round(costOf(model) * 10) / 10),
    isMeasured: model.pace !== undefined,
    uses: uses.filter(([, path]) => path === model.path).map(([use]) => use),
  }));
}
