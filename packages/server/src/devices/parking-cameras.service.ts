import { cameraModel } from '@vigie/contracts/devices';
import { Id } from '@vigie/contracts/ids';
import {
  NewParkingCamera,
  type ParkingCamera,
  type ParkingCameraChange,
  type WatchedSpaces,
} from '@vigie/contracts/parking-cameras';
import type { CameraConfig, Occupancy } from '@vigie/contracts/vision';
import {
  type AddressEntry,
  type CameraAddresses,
  exportedAddress,
} from '../platform/camera-address.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { Conflict, InvalidInput, messageOf, NotFound } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { DevicesStore } from './devices.store.ts';
import type { ParkingCamerasStore } from './parking-cameras.store.ts';
import {
  configOf,
  type HeardOccupancy,
  type SealedParkingCamera,
  sensorIdOf,
  signalsOfOccupancy,
  viewOf,
} from './parking-cameras.ts';
import type { Signal } from './signals.ts';

interface ParkingCamerasDeps {
  db: Pick<Database, 'transaction'>;
  store: ParkingCamerasStore;
  devices: Pick<DevicesStore, 'list' | 'save' | 'post' | 'markRetired'>;
  /** The clock that parking runs on, and the one that cameras live by. */
  clock: Clock;
  realClock: Clock;
  log: Log;
  addresses: Pick<CameraAddresses, 'sealed'>;
  /** @throws NotFound when one of them is no space. */
  requireSpaces: (spaceIds: readonly string[], tx: Database) => Promise<void>;
  /** Of the cameras in rooms: both kinds share the topics of the bus. */
  listRoomCameraIds: (tx: Database) => Promise<string[]>;
  /** Sends displays of spaces that gained or lost a sensor. */
  showAgain: (spaceIds: readonly string[]) => Promise<void>;
  /** `undefined`: the camera is gone. */
  publishConfig: (cameraId: string, config: CameraConfig | undefined) => Promise<void>;
  /** Takes what a sensor said; resolves after the commit. */
  take: (signal: Signal) => Promise<void>;
}

/** What is kept of a camera beside its address. */
const Facts = NewParkingCamera.omit({ source: true }).required({ spaces: true });

/** A camera of the town's file, or what a person changes of one. */
type Entry = ParkingCameraChange & AddressEntry;

export type ParkingCameras = ReturnType<typeof createParkingCameras>;

/** Cameras that watch parking spaces. At each space a camera stands for a sensor, with its own place in the log of events. */
export function createParkingCameras(deps: ParkingCamerasDeps) {
  const { db, store, devices, clock, realClock, log } = deps;
  /** by id, as they stand in the store */
  let cameras = new Map<string, SealedParkingCamera>();
  /** by id of the camera */
  const heard = new Map<string, HeardOccupancy>();

  async function load(): Promise<void> {
    cameras = new Map((await store.list()).map((camera) => [camera.id, camera]));
  }

  function get(id: string): SealedParkingCamera {
    const camera = cameras.get(id);
    if (camera) return camera;
    throw new NotFound('devices/camera-unknown', `There is no parking camera ${id}.`);
  }

  const view = (camera: SealedParkingCamera): ParkingCamera =>
    viewOf(camera, heard.get(camera.id), realClock.now());

  /** Posts a sensor at each space of the camera, and takes away those of spaces that it no longer watches. */
  async function post(
    { id, spaces }: SealedParkingCamera,
    before: SealedParkingCamera | undefined,
    tx: Database,
  ): Promise<void> {
    const spaceIds = spaces.map(({ spaceId }) => spaceId);
    await deps.requireSpaces(spaceIds, tx);
    await requireSensors(id, spaceIds, tx);
    const stands = spaceIds.map((spaceId) => ({
      id: sensorIdOf(id, spaceId),
      spaceIds: [spaceId],
    }));
    const sensors = stands.map((stand) => ({
      ...{ id: stand.id, model: cameraModel, deviceEui: null, heartbeatMs: null },
    }));
    await devices.save(sensors, tx);
    const left = (before?.spaces ?? [])
      .filter(({ spaceId }) => !spaceIds.includes(spaceId))
      .map(({ spaceId }) => sensorIdOf(id, spaceId));
    const leaving = left.map((sensorId) => ({ id: sensorId, spaceIds: [] }));
    await devices.post([...stands, ...leaving], clock.now(), tx);
    for (const sensorId of left) await devices.markRetired(sensorId, clock.now(), tx);
  }

  /** @throws InvalidInput when a name is too long; Conflict when a bollard has it. */
  async function requireSensors(
    cameraId: string,
    spaceIds: readonly string[],
    tx: Database,
  ): Promise<void> {
    const ids = spaceIds.map((spaceId) => sensorIdOf(cameraId, spaceId));
    const long = ids.find((id) => !Id.safeParse(id).success);
    if (long !== undefined)
      throw new InvalidInput(
        'input/invalid',
        `${long} is too long for the name of a sensor. Give camera ${cameraId} a shorter one.`,
      );
    const taken = (await devices.list(ids, tx)).find(({ model }) => model !== cameraModel);
    if (taken)
      throw new Conflict(
        'devices/bollard-exists',
        `There is already a bollard ${taken.id}. Give camera ${cameraId} another name.`,
      );
  }

  async function refuseRoomCameras(tx: Database): Promise<void> {
    const inRooms = new Set(await deps.listRoomCameraIds(tx));
    const both = (await store.list(tx)).find(({ id }) => inRooms.has(id));
    if (!both) return;
    throw new Conflict(
      'devices/camera-taken',
      `A camera of a room is called ${both.id}, too. Give the parking camera another name.`,
    );
  }

  async function save(given: Entry, tx: Database): Promise<string[]> {
    const before = (await store.list(tx)).find(({ id }) => id === given.id);
    const sealedSource = await deps.addresses.sealed(given, before?.sealedSource);
    const facts = Facts.parse({ spaces: [], ...before, ...given });
    const viewSince = before?.viewSince ?? null;
    const camera = { ...facts, sealedSource, viewSince };
    await store.save(camera, tx);
    await post(camera, before, tx);
    return touched(before, camera);
  }

  async function announce(id: string): Promise<void> {
    const camera = cameras.get(id);
    if (!camera) heard.delete(id);
    await deps.publishConfig(id, camera && configOf(camera)).catch((error: unknown) => {
      const said = { camera: id, error: messageOf(error) };
      log.error(said, 'the workers could not be told about a camera; save it again');
    });
  }

  /** After a commit. */
  async function tell(id: string, spaceIds: readonly string[]): Promise<void> {
    await load();
    await announce(id);
    if (spaceIds.length > 0) await deps.showAgain(spaceIds);
  }

  return {
    /** Reads the cameras and tells the workers about them. */
    start: async (): Promise<void> => {
      await load();
      await Promise.all([...cameras.keys()].map(announce));
    },
    /** Each with its sealed address. */
    listSealed: (): SealedParkingCamera[] => [...cameras.values()],
    has: (id: string): boolean => cameras.has(id),
    list: (): ParkingCamera[] => [...cameras.values()].map(view),
    /** As they would be imported; addresses are sealed for this town. */
    exportCameras: (): NewParkingCamera[] =>
      [...cameras.values()].map(({ sealedSource, viewSince: _, ...camera }) => ({
        ...camera,
        source: exportedAddress(sealedSource),
      })),
    /**
     * Adds or changes a camera.
     * @throws NotFound for an unknown space; Conflict when a name is taken; InvalidInput when one is too long.
     */
    put: async (given: Entry): Promise<ParkingCamera> => {
      const spaceIds = await db.transaction(async (tx) => {
        const changed = await save(given, tx);
        await refuseRoomCameras(tx);
        return changed;
      });
      await tell(given.id, spaceIds);
      return view(get(given.id));
    },
    /** Draws the spaces anew. @throws as `put`, and NotFound for an unknown camera. */
    draw: async (id: string, spaces: WatchedSpaces): Promise<ParkingCamera> => {
      const before = get(id);
      const camera = { ...before, spaces };
      await db.transaction(async (tx) => {
        await store.save(camera, tx);
        await post(camera, before, tx);
      });
      await tell(id, touched(before, camera));
      return view(get(id));
    },
    /**
     * A person says that the camera looks where it should and the outlines are right: its worker learns the scene anew.
     * @throws NotFound
     */
    confirmView: async (id: string): Promise<ParkingCamera> => {
      const camera = { ...get(id), viewSince: realClock.now() };
      await db.transaction((tx) => store.save(camera, tx));
      await tell(id, []);
      return view(get(id));
    },
    /** Takes a camera away; what it saw stays in the log. @throws NotFound */
    remove: async (id: string): Promise<void> => {
      const before = get(id);
      await db.transaction(async (tx) => {
        await post({ ...before, spaces: [] }, before, tx);
        await store.remove(id, tx);
      });
      await tell(id, touched(before, undefined));
    },
    /** Adds or changes cameras of the town's file. @throws as `put` */
    importCameras: async (given: readonly NewParkingCamera[], tx: Database): Promise<void> => {
      for (const camera of given) await save(camera, tx);
      await refuseRoomCameras(tx);
    },
    /** Takes what a camera said; resolves after the commit. */
    takeOccupancy: async (id: string, occupancy: Occupancy): Promise<void> => {
      const camera = cameras.get(id);
      if (!camera) {
        log.debug({ camera: id }, 'an occupancy of a camera that is not registered was left out');
        return;
      }
      heard.set(id, { occupancy, at: realClock.now() });
      const watched = new Set(camera.spaces.map(({ spaceId }) => spaceId));
      const spaces = occupancy.spaces.filter(({ spaceId }) => watched.has(spaceId));
      const reception = { receivedAt: clock.now(), rate: clock.rate };
      const signals = signalsOfOccupancy(id, { ...occupancy, spaces }, reception);
      await Promise.all(signals.map(deps.take));
    },
  };
}

/** Spaces that gain or lose the camera. */
function touched(
  before: SealedParkingCamera | undefined,
  after: SealedParkingCamera | undefined,
): string[] {
  const idsOf = (camera: SealedParkingCamera | undefined): string[] =>
    camera?.spaces.map(({ spaceId }) => spaceId) ?? [];
  const [old, fresh] = [idsOf(before), idsOf(after)];
  return [...old, ...fresh].filter((id) => !old.includes(id) || !fresh.includes(id));
}
