import type { Bollard } from '@vigie/contracts/devices';
import type { Space } from '@vigie/contracts/parking';
import type { SpaceSensor } from '@vigie/contracts/parking-statistics';
import type { PublicSpace } from '@vigie/contracts/public-space';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import { legendOf } from './legend.ts';
import type { ParkingStore } from './parking.store.ts';
import type { PlacesStore } from './places.store.ts';
import { publicSpaceOf } from './public-space.ts';
import { sensorOf } from './sensor-health.ts';

/** As many neighbours as a small map can show apart. */
const mostNeighbours = 24;

interface PlacesDeps {
  db: Database;
  store: PlacesStore;
  parking: Pick<ParkingStore, 'listSpaces'>;
  devices: { listBollards(): Promise<Bollard[]> };
  clock: Clock;
}

/** One space in its street: for whoever stands before it, and for the officer who looks for it. */
export interface PlacesService {
  /** @throws NotFound */
  getPublic(id: string): Promise<PublicSpace>;
  /** Nearest first, without the space itself; none when nobody said where it lies. @throws NotFound */
  listNeighbours(id: string): Promise<Space[]>;
  /** @throws NotFound */
  listSensors(id: string): Promise<SpaceSensor[]>;
}

export function createPlacesService({
  db,
  store,
  parking,
  devices,
  clock,
}: PlacesDeps): PlacesService {
  async function getSpace(id: string): Promise<Space> {
    const space = await store.findSpace(id);
    if (!space) throw new NotFound('parking/space-unknown', `There is no space ${id}.`);
    return space;
  }

  return {
    getPublic: async (id) => {
      const [row] = await parking.listSpaces(db, { now: clock.now(), ids: [id] });
      if (!row) throw new NotFound('parking/space-unknown', `There is no space ${id}.`);
      return publicSpaceOf(row, legendOf(row.zone.allowedDays));
    },
    listNeighbours: async (id) => {
      const { latitude, longitude } = await getSpace(id);
      if (latitude === null || longitude === null) return [];
      return store.listAround({ id, latitude, longitude }, mostNeighbours);
    },
    listSensors: async (id) => {
      await getSpace(id);
      return (await devices.listBollards())
        .filter(({ spaceIds }) => spaceIds.includes(id))
        .map(sensorOf);
    },
  };
}
