import type { WatchedSpace } from '@vigie/contracts/vision';
import { chooseForVehicles, type ModelFile } from '../detector/choose-model.ts';
import type { Picture, VehicleDetector, VehicleLook } from '../detector/detector.ts';
import { type SpaceSight, sightsOf, VEHICLE_LOOK } from './space-sights.ts';

/** What a look at the parking spaces of a picture found; `ms` and `picture` as in `Look`. */
export interface SpacesLook extends Pick<VehicleLook, 'ms' | 'picture'> {
  readonly sights: SpaceSight[];
}

/** Looks which parking spaces of a picture are taken. */
export interface SpaceWatch {
  /** The picture must stay as it is until the answer; `since` as in `Waiting`. @throws ModelUnusable */
  look(picture: Picture, spaces: readonly WatchedSpace[], since?: number): Promise<SpacesLook>;
}

/** Creates the watch: one look a picture, with the weights that show most detail: a space far away is small. */
export function createSpaceWatch(deps: {
  readonly detector: VehicleDetector;
  readonly models: readonly ModelFile[];
}): SpaceWatch {
  return {
    async look(given, spaces, since) {
      const model = chooseForVehicles(deps.models, given.size);
      if (!model) throw new Error('there are no weights to look with');
      const request = { picture: given, since, modelPath: model.path, ...VEHICLE_LOOK };
      const { vehicles, ms, picture } = await deps.detector.detectVehicles(request);
      return { sights: sightsOf(spaces, vehicles, picture.size), ms, picture };
    },
  };
}
