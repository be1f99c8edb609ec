import { seal, unseal } from '@vigie/contracts/seal';
import type { Town } from '@vigie/contracts/town';
import { NO_MARKINGS } from '@vigie/contracts/vision';
import { InvalidInput } from '../platform/errors.ts';
import type { AlarmInputStore } from './alarm-inputs.store.ts';
import type { Registry, RegistryStore, SealedCamera } from './registry.store.ts';

/** The part of a town that this feature keeps. */
export type TownPart = Pick<Town, 'buildings' | 'rooms' | 'cameras'> &
  Partial<Pick<Town, 'alarmInputs'>>;

/**
 * Adds or changes buildings, rooms and cameras; what the file does not name stays. A camera whose URL did not change
 * keeps its sealed text, so that workers do not reconnect for nothing; what was drawn on its picture stays unless the file
 * draws anew.
 * @throws InvalidInput naming what is there twice, or what belongs to something that does not exist.
 */
export async function importTownPart(
  town: TownPart,
  registry: RegistryStore,
  workersKey: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const before = await registry.read();
  refuseContradictions(town, before);
  await registry.putBuildings(town.buildings);
  await registry.putRooms(town.rooms);
  const rows: Omit<SealedCamera, 'viewSince'>[] = [];
  for (const { source, ...camera } of town.cameras) {
    const known = before.cameras.find(({ id }) => id === camera.id);
    const kept = known && (await opensTo(source, known, workersKey));
    rows.push({
      ...camera,
      watches: camera.watches ?? known?.watches ?? 'room',
      markings: camera.markings ?? known?.markings ?? NO_MARKINGS,
      sealedSource: kept ? known.sealedSource : await seal(source, workersKey),
    });
  }
  await registry.putCameras(rows);
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

/** A text that another key sealed (the secret was changed) is simply sealed anew. */
async function opensTo(
  source: string,
  { sealedSource }: SealedCamera,
  key: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return unseal(sealedSource, key).then(
    (url) => url === source,
    () => false,
  );
}

/** Whether a browser is this camera. What another key sealed is none. */
export async function isBrowserCamera(
  registry: Pick<RegistryStore, 'read'>,
  cameraId: string,
  key: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const { cameras } = await registry.read();
  const camera = cameras.find(({ id }) => id === cameraId);
  if (!camera) return false;
  return unseal(camera.sealedSource, key).then(
    (url) => url.startsWith('browser:'),
    () => false,
  );
}

function refuseContradictions(town: TownPart, before: Registry): void {
  const buildings = new Set([...town.buildings, ...before.buildings].map(({ id }) => id));
  const rooms = new Set([...town.rooms, ...before.rooms].map(({ id }) => id));
  const faults = [
    ...twice(town.buildings).map((id) => `building ${id} is there twice`),
    ...twice(town.rooms).map((id) => `room ${id} is there twice`),
    ...twice(town.cameras).map((id) => `camera ${id} is there twice`),
    ...town.rooms
      .filter((room) => !buildings.has(room.buildingId))
      .map((room) => `room ${room.id} names building ${room.buildingId}, which does not exist`),
    ...town.cameras
      .filter((camera) => !rooms.has(camera.roomId))
      .map((camera) => `camera ${camera.id} names room ${camera.roomId}, which does not exist`),
  ];
  if (faults.length === 0) return;
  throw new InvalidInput('input/invalid', `The town is contradictory: ${faults.join('; ')}.`);
}

const twice = (things: readonly { id: string }[]): string[] =>
  things.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index);
