import type { Face } from '@vigie/contracts/parking-stage';
import type { Driver } from './bollard.service.ts';

/** A lamp without a lamp. `faces`: everything shown so far, the newest last. */
export interface SimulatedDriver extends Driver {
  readonly faces: readonly Face[];
  face(): Face | undefined;
}

/** Remembers the newest `most` faces. */
export function createSimulatedDriver(most = 1000): SimulatedDriver {
  const faces: Face[] = [];
  return {
    faces,
    face: () => faces.at(-1),
    show: (face) => {
      faces.push(face);
      if (faces.length > most) faces.shift();
    },
    stop: () => {},
  };
}
