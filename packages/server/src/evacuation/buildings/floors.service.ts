import type {
  BoardPlan,
  EvacuationPlan,
  FloorChange,
  FloorView,
  PlanPicture,
} from '@vigie/contracts/floors';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { FloorStore } from './floors.store.ts';
import { type Drawable, drawingFaults, withoutStrays } from './plan-drawing.ts';
import type { StoredPlan } from './plan-picture.driver.ts';
import type { RegistryStore } from './registry.store.ts';
import { withoutLostPlaces } from './warden-places.ts';

interface Stores {
  floors: FloorStore;
  registry: Pick<RegistryStore, 'read'>;
}

interface FloorsDeps extends Stores {
  /** All of the work is kept, or nothing. */
  inTransaction: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;
  readPlan: (picture: PlanPicture) => Promise<StoredPlan>;
  /** Rooms may be called by another floor now. */
  onChange: () => Promise<void>;
}

export type FloorsService = ReturnType<typeof createFloorsService>;

/** The floors of the buildings and what is drawn on their plans. */
export function createFloorsService(deps: FloorsDeps) {
  const { floors, inTransaction, readPlan } = deps;

  /** @throws NotFound */
  const found = (all: readonly FloorView[], id: string): FloorView => {
    const floor = all.find((one) => one.id === id);
    if (floor) return floor;
    throw new NotFound(
      'evacuation/floor-unknown',
      `There is no floor ${id}. GET /api/v1/evacuation-plan lists them.`,
    );
  };

  async function read(stores: Stores = deps): Promise<EvacuationPlan> {
    const all = await stores.floors.list();
    const { drawable, assemblyPoints } = await drawableIn(stores);
    const places = { floors: all, rooms: drawable.rooms };
    return {
      floors: all.map((floor) => ({
        ...floor,
        drawing: withoutStrays(floor.drawing, floor, drawable),
      })),
      assemblyPoints,
      wardens: withoutLostPlaces(await stores.floors.listWardens(), places),
    };
  }

  return {
    read: () => read(),

    /** Of one building. */
    readIn: async (buildingId: string): Promise<BoardPlan> => {
      const plan = await read();
      return {
        floors: plan.floors.filter((floor) => floor.buildingId === buildingId),
        assemblyPoints: plan.assemblyPoints.filter((point) => point.buildingId === buildingId),
      };
    },

    /** `within`: id of the building the floor must be of. @throws NotFound when the floor or its plan does not exist. */
    getPlan: async (floorId: string, within?: string) => {
      const { buildingId } = found(await floors.list(), floorId);
      const plan = within && within !== buildingId ? undefined : await floors.findPlan(floorId);
      if (plan) return plan;
      throw new NotFound(
        'evacuation/plan-missing',
        `Floor ${floorId} has no plan yet. Upload one on its page.`,
      );
    },

    /** @throws NotFound, InvalidInput for a bad plan or drawing, Conflict for a name that is taken or an old revision. */
    change: async (floorId: string, change: FloorChange): Promise<FloorView> => {
      const plan = change.plan && (await readPlan(change.plan));
      const changed = await inTransaction(async (stores) => {
        const all = await stores.floors.list();
        const floor = found(all, floorId);
        refuseTakenName(all, floor, change.name);
        const { drawable } = await drawableIn(stores);
        refuseStrays(change, floor, drawable);
        const { revision, ...rest } = change;
        if (!(await stores.floors.change({ id: floorId, revision }, rest))) throw outdated(floorId);
        if (plan !== undefined) await stores.floors.setPlan(floorId, plan);
        return found((await read(stores)).floors, floorId);
      });
      await deps.onChange();
      return changed;
    },
  };
}

async function drawableIn({ registry }: Stores) {
  const { rooms, cameras, assemblyPoints } = await registry.read();
  const drawable: Drawable = { rooms, cameras, assemblyPoints };
  return { drawable, assemblyPoints };
}

function refuseTakenName(all: readonly FloorView[], floor: FloorView, name: string): void {
  const isTaken = all.some(
    (one) => one.id !== floor.id && one.buildingId === floor.buildingId && one.name === name,
  );
  if (!isTaken) return;
  throw new Conflict(
    'evacuation/floor-exists',
    `Building ${floor.buildingId} already has a floor ${name}. Choose another name.`,
  );
}

function refuseStrays({ drawing }: FloorChange, floor: FloorView, drawable: Drawable): void {
  const faults = drawingFaults(drawing, floor, drawable);
  if (faults.length === 0) return;
  throw new InvalidInput('input/invalid', `${faults.join('; ')}. Take it off the drawing.`);
}

const outdated = (id: string): Conflict =>
  new Conflict(
    'evacuation/floor-changed',
    `Floor ${id} was changed meanwhile. Read it again, then change it.`,
  );
