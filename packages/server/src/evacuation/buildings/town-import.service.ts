import type { NewCamera } from '@vigie/contracts/evacuation';
import type { Floor, NewFloor, PlanPicture } from '@vigie/contracts/floors';
import { NO_MARKINGS } from '@vigie/contracts/vision';
import {
  type AddressEntry,
  type CameraAddresses,
  exportedAddress,
} from '../../platform/camera-address.ts';
import { InvalidInput } from '../../platform/errors.ts';
import type { AlarmInputStore } from '../alarm/alarm-inputs.store.ts';
import { levelFromName } from './floor-level.ts';
import type { FloorStore } from './floors.store.ts';
import { withoutStrays } from './plan-drawing.ts';
import type { StoredPlan } from './plan-picture.driver.ts';
import type { RegistryStore, SealedCamera } from './registry.store.ts';
import { type KnownTown, type TownPart, townFaults } from './town-faults.ts';
import { withoutLostPlaces } from './warden-places.ts';

/** A camera of the town's file, or what a person says of one. */
export type CameraEntry = Omit<NewCamera, 'source'> & AddressEntry;

/** What is to be imported. */
type ImportPart = Omit<TownPart, 'cameras'> & { cameras: readonly CameraEntry[] };

interface ImportDeps {
  registry: RegistryStore;
  floors: FloorStore;
  readPlan: (picture: PlanPicture) => Promise<StoredPlan>;
  addresses: Pick<CameraAddresses, 'sealed'>;
  newId: () => string;
}

/**
 * Adds or changes buildings, floors, rooms, cameras, assembly points and wardens; what the file does not name stays. A floor
 * that only a room names is made. A camera whose URL did not change keeps its sealed text, so that workers do not reconnect
 * for nothing; what was drawn on its picture or on a plan stays unless the file draws anew.
 * @throws InvalidInput naming what is there twice, what belongs to something that does not exist, or a plan that cannot be read.
 */
export async function importTownPart(town: ImportPart, deps: ImportDeps): Promise<void> {
  const { registry, floors } = deps;
  const before = await knownTown(registry, floors);
  refuse(townFaults(town, before));
  await registry.putBuildings(town.buildings);
  const floorsAfter = floorsIn(town, before.floors, deps.newId);
  await floors.setNamesAside(renamed(before.floors, floorsAfter));
  for (const floor of floorsAfter) await putFloor(floor, deps);
  for (const point of town.assemblyPoints ?? []) await floors.putAssemblyPoint(point);
  await registry.putRooms(town.rooms);
  await registry.putCameras(await sealedCameras(town, before, deps));
  for (const warden of town.wardens ?? []) await floors.putWarden(warden);
}

/** What is there, without what belongs to things that are not there any more. */
async function knownTown(registry: Pick<RegistryStore, 'read'>, floors: FloorStore) {
  const things = await registry.read();
  const views = (await floors.list()).map((floor) => ({
    ...floor,
    drawing: withoutStrays(floor.drawing, floor, things),
  }));
  const places = { floors: views, rooms: things.rooms };
  const wardens = withoutLostPlaces(await floors.listWardens(), places);
  return { ...things, floors: views, wardens };
}

/** The floors of the file, and those that its rooms name besides. */
function floorsIn(
  { floors = [], rooms }: Omit<TownPart, 'cameras'>,
  known: readonly Floor[],
  newId: () => string,
): NewFloor[] {
  const keyOf = (buildingId: string, name: string) => `${buildingId}/${name}`;
  const after = new Map([...known, ...floors].map((one) => [one.id, one]));
  const there = new Set([...after.values()].map((one) => keyOf(one.buildingId, one.name)));
  const missing = new Map<string, NewFloor>();
  for (const { buildingId, floor: name } of rooms) {
    const key = keyOf(buildingId, name);
    if (name === '' || there.has(key) || missing.has(key)) continue;
    missing.set(key, { id: newId(), buildingId, name, level: levelFromName(name) });
  }
  return [...floors, ...missing.values()];
}

/** Ids of the floors that get another name: two may swap theirs. */
const renamed = (before: readonly Floor[], after: readonly Floor[]): string[] =>
  before
    .filter(({ id, name }) => after.some((one) => one.id === id && one.name !== name))
    .map(({ id }) => id);

async function putFloor(
  { plan, drawing, ...floor }: NewFloor,
  { floors, readPlan }: Pick<ImportDeps, 'floors' | 'readPlan'>,
): Promise<void> {
  await floors.put({ ...floor, drawing });
  if (plan !== undefined) await floors.setPlan(floor.id, plan && (await readPlan(plan)));
}

async function sealedCameras(
  { cameras }: ImportPart,
  before: KnownTown<SealedCamera>,
  { addresses }: ImportDeps,
): Promise<Omit<SealedCamera, 'viewSince'>[]> {
  const rows: Omit<SealedCamera, 'viewSince'>[] = [];
  for (const { source, login, ...camera } of cameras) {
    const known = before.cameras.find(({ id }) => id === camera.id);
    rows.push({
      ...camera,
      watches: camera.watches ?? known?.watches ?? 'room',
      markings: camera.markings ?? known?.markings ?? NO_MARKINGS,
      sealedSource: await addresses.sealed({ id: camera.id, source, login }, known?.sealedSource),
    });
  }
  return rows;
}

/** The part of a town that this feature keeps, as it would be imported. Addresses of cameras stay sealed. */
export async function exportTownPart(
  registry: Pick<RegistryStore, 'read'>,
  floors: FloorStore,
): Promise<Required<Omit<TownPart, 'alarmInputs'>>> {
  const known = await knownTown(registry, floors);
  const { buildings, floors: views, rooms, cameras, assemblyPoints, wardens } = known;
  return {
    buildings,
    floors: await Promise.all(
      views.map(async ({ plan: _, revision: __, ...floor }) => ({
        ...floor,
        plan: await exportedPlan(floors, floor.id),
      })),
    ),
    rooms,
    cameras: cameras.map(({ sealedSource, viewSince: _, ...camera }) => ({
      ...camera,
      source: exportedAddress(sealedSource),
    })),
    assemblyPoints,
    wardens,
  };
}

async function exportedPlan(floors: FloorStore, floorId: string): Promise<PlanPicture | null> {
  const plan = await floors.findPlan(floorId);
  if (!plan) return null;
  const { mediaType, picture } = plan;
  return { mediaType, base64: Buffer.from(picture).toString('base64') };
}

/**
 * Adds or changes the contacts of fire panels.
 * @throws InvalidInput naming an input whose building does not exist.
 */
export async function importAlarmInputs(
  { alarmInputs = [] }: TownPart,
  registry: Pick<RegistryStore, 'read'>,
  store: Pick<AlarmInputStore, 'put'>,
): Promise<void> {
  const { buildings } = await registry.read();
  for (const input of alarmInputs) {
    if (!buildings.some(({ id }) => id === input.buildingId))
      throw new InvalidInput(
        'input/invalid',
        `Alarm input ${input.id} names building ${input.buildingId}, which does not exist.`,
      );
    await store.put(input);
  }
}

/** Whether a browser is this camera. What another key sealed is none. */
export async function isBrowserCamera(
  registry: Pick<RegistryStore, 'read'>,
  cameraId: string,
  addresses: Pick<CameraAddresses, 'open'>,
): Promise<boolean> {
  const { cameras } = await registry.read();
  const camera = cameras.find(({ id }) => id === cameraId);
  if (!camera) return false;
  return addresses.open(camera.sealedSource).then(
    (url) => url.startsWith('browser:'),
    () => false,
  );
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new InvalidInput('input/invalid', `The town is contradictory: ${faults.join('; ')}.`);
}
