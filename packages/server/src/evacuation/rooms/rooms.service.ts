import type { Accuracy } from '@vigie/contracts/commissioning';
import type {
  Building,
  Camera,
  CameraUse,
  Room,
  RoomState,
  RoomView,
} from '@vigie/contracts/evacuation';
import type { AssemblyPoint } from '@vigie/contracts/floors';
import type { CameraConfig, Crossing, Headcount, Markings } from '@vigie/contracts/vision';
import type { Clock } from '../../platform/clock.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import { placingBy } from '../buildings/floor-plan.ts';
import type { RegistryStore, SealedCamera } from '../buildings/registry.store.ts';
import {
  type CameraSight,
  unseenCamera,
  usableLook,
  withHeadcount,
  withoutWorker,
} from './camera-sight.ts';
import { mayCount, mayShow } from './camera-use.ts';
import type { DoorsService } from './doors.service.ts';
import { fuseRoom, isNews } from './room-state.ts';

/** How often the unchanged state of a room is sent again, so that its readers see its age. */
const refreshMs = 2000;

/** Where states and camera configurations go. Nothing is awaited: a slow broker must not slow the counting. */
export interface RoomPublisher {
  roomState(state: RoomState): void;
  cameraConfig(cameraId: string, config: CameraConfig): void;
  /** The camera is counted no more. */
  cameraGone(cameraId: string): void;
  /** The camera is not counted until its configuration comes again. */
  cameraRests(cameraId: string): void;
  /** Nothing is known of the room any more, not even that it is unknown. */
  roomGone(roomId: string): void;
}

interface RoomsDeps {
  registry: Pick<RegistryStore, 'read' | 'setMarkings' | 'removeCamera' | 'setCameraUse'>;
  doors: DoorsService;
  publisher: RoomPublisher;
  /** how well a camera was measured to count; `undefined`: not yet */
  accuracyOf: (cameraId: string) => Accuracy | undefined;
  /** an incident goes on in the building: its cameras are looked at more often */
  hasIncident: (buildingId: string) => boolean;
  /** an incident that people know of goes on in the building: what its cameras are for */
  isOpen: (buildingId: string) => boolean;
  /** Looks a second at each camera while an incident goes on. */
  alarmFps: number;
  events: Pick<EventBus, 'emit'>;
  clock: Clock;
}

/** One room in memory. `sights` and `cameras` are in the same order. */
interface WatchedRoom {
  room: Room;
  cameras: SealedCamera[];
  sights: CameraSight[];
  state: RoomState;
  publishedAt: number;
}

/** A room's newest state, after every look and every tick. `isPublished`: it was also told to everybody. */
export type RoomListener = (state: RoomState, isPublished: boolean) => void;

export type RoomsService = ReturnType<typeof createRoomsService>;

/** Keeps every room's state from the headcounts of its cameras; lives in memory and starts with "unknown". */
export function createRoomsService(deps: RoomsDeps) {
  const { registry, doors, publisher, events, clock } = deps;
  let buildings: Building[] = [];
  let assemblyPoints: AssemblyPoint[] = [];
  /** by room id */
  let watched = new Map<string, WatchedRoom>();
  /** room id by camera id */
  let roomOfCamera = new Map<string, string>();
  const listeners: RoomListener[] = [];

  const now = () => clock.now().getTime();

  function stateOf(
    { room, cameras, sights }: Pick<WatchedRoom, 'room' | 'cameras' | 'sights'>,
    before: RoomState | undefined,
    at: number,
  ): RoomState {
    const inside = sights.filter((_, i) => cameras[i]?.watches === 'room');
    const atDoors = sights.filter((_, i) => countsDoors(cameras[i]));
    if (atDoors.length === 0) return fuseRoom({ roomId: room.id, sights: inside }, before, at);
    const areSeen = atDoors.every((sight) => usableLook(sight, at) !== undefined);
    const counted = { ...doors.count(room.id, areSeen), sights: atDoors };
    return fuseRoom({ roomId: room.id, sights: inside, doors: counted }, before, at);
  }

  function evaluate(entry: WatchedRoom, at: number): void {
    const state = stateOf(entry, entry.state, at);
    const mustTell = isNews(entry.state, state) || at - entry.publishedAt >= refreshMs;
    entry.state = state;
    if (mustTell) tell(entry, at);
    for (const listener of listeners) listener(state, mustTell);
  }

  function tell(entry: WatchedRoom, at: number): void {
    entry.publishedAt = at;
    publisher.roomState(entry.state);
    events.emit('room', entry.state);
  }

  const useOf = (buildingId: string): { use: CameraUse; isOpen: boolean } => ({
    use: buildings.find(({ id }) => id === buildingId)?.cameraUse ?? 'open',
    isOpen: deps.isOpen(buildingId),
  });

  function publishConfigs(buildingId?: string): void {
    for (const { room, cameras } of watched.values()) {
      if (buildingId !== undefined && room.buildingId !== buildingId) continue;
      for (const camera of cameras) publishConfig(room, camera);
    }
  }

  function publishConfig({ buildingId }: Room, camera: SealedCamera): void {
    const { use, isOpen } = useOf(buildingId);
    if (!mayCount(use, isOpen)) {
      publisher.cameraRests(camera.id);
      return;
    }
    const rate = deps.hasIncident(buildingId) ? { alarmFps: deps.alarmFps } : {};
    const withheld = mayShow(use, isOpen) ? {} : { isWithheld: true };
    publisher.cameraConfig(camera.id, { ...configOf(camera), ...rate, ...withheld });
  }

  const viewOf = ({ room, cameras, state }: WatchedRoom): RoomView => ({
    ...room,
    cameras: cameras.map((camera) => ({
      ...openView(camera),
      accuracy: deps.accuracyOf(camera.id) ?? null,
    })),
    live: state,
  });

  async function load(): Promise<void> {
    const read = await registry.read();
    const at = now();
    ({ buildings, assemblyPoints } = read);
    const known = new Map(
      [...watched.values()].flatMap(({ cameras, sights }) =>
        sights.map((sight, i) => [sight.cameraId, { sight, camera: cameras[i] }]),
      ),
    );
    const before = { rooms: [...watched.keys()], cameras: [...roomOfCamera.keys()] };
    watched = new Map(
      read.rooms.map((room) => {
        const cameras = read.cameras.filter((camera) => camera.roomId === room.id);
        const sights = cameras.map((camera) => {
          const { id, staleMs, markings } = camera;
          const seen = known.get(id);
          return seen && looksAtSame(seen.camera, camera)
            ? { ...seen.sight, staleMs, placeOf: placingBy(markings) }
            : unseenCamera(id, staleMs, markings);
        });
        const state = stateOf({ room, cameras, sights }, watched.get(room.id)?.state, at);
        return [room.id, { room, cameras, sights, state, publishedAt: at }];
      }),
    );
    roomOfCamera = new Map(read.cameras.map((camera) => [camera.id, camera.roomId]));
    for (const entry of watched.values()) tell(entry, at);
    forgetGone(before);
  }

  function forgetGone(before: { rooms: readonly string[]; cameras: readonly string[] }): void {
    for (const id of before.cameras) if (!roomOfCamera.has(id)) publisher.cameraGone(id);
    for (const id of before.rooms) {
      if (watched.has(id)) continue;
      doors.forget(id);
      publisher.roomGone(id);
    }
  }

  return {
    /** Reads the registry; what cameras have shown so far is kept, what is gone leaves the bus. */
    load,

    /** Takes the camera out of its room and off the bus. `false`: there is none of this id. */
    removeCamera: async (id: string): Promise<boolean> => {
      if (!roomOfCamera.has(id)) return false;
      await registry.removeCamera(id);
      await load();
      return true;
    },

    /** Of all cameras, or of those of one building; the rates follow the incidents that go on. */
    publishConfigs,

    /** Holds at once, on the bus too. @throws NotFound for an unknown building. */
    setCameraUse: async (buildingId: string, cameraUse: CameraUse): Promise<Building> => {
      await registry.setCameraUse(buildingId, cameraUse);
      await load();
      publishConfigs(buildingId);
      const building = buildings.find(({ id }) => id === buildingId);
      if (building) return building;
      throw unknownBuilding(buildingId);
    },

    /** Whether pictures of the building's cameras may be shown now. */
    mayShow: (buildingId: string): boolean => {
      const { use, isOpen } = useOf(buildingId);
      return mayShow(use, isOpen);
    },

    /**
     * Keeps what was drawn on the picture of a camera and tells its worker, which begins afresh.
     * @throws NotFound for an unknown camera.
     */
    setMarkings: async (cameraId: string, markings: Markings): Promise<Camera> => {
      const entry = watched.get(roomOfCamera.get(cameraId) ?? '');
      if (!entry?.cameras.some(({ id }) => id === cameraId)) throw unknownCamera(cameraId);
      await registry.setMarkings(cameraId, markings);
      const changed = entry.cameras.map((one) =>
        one.id === cameraId ? { ...one, markings } : one,
      );
      entry.cameras = changed;
      entry.sights = entry.sights.map((sight) =>
        sight.cameraId === cameraId ? unseenCamera(cameraId, sight.staleMs, markings) : sight,
      );
      evaluate(entry, now());
      const camera = changed.find(({ id }) => id === cameraId);
      if (!camera) throw unknownCamera(cameraId);
      publishConfig(entry.room, camera);
      return openView(camera);
    },

    /** Resolves after the commit; `false` when no such line is drawn on that camera. */
    takeCrossing: async (cameraId: string, crossing: Crossing): Promise<boolean> => {
      const entry = watched.get(roomOfCamera.get(cameraId) ?? '');
      const camera = entry?.cameras.find(({ id }) => id === cameraId);
      const { id, lineId, direction } = crossing;
      if (!entry || !camera?.markings.lines.some((line) => line.id === lineId)) return false;
      const at = Date.parse(crossing.at);
      await doors.take({ id, roomId: entry.room.id, cameraId, lineId, direction, at });
      evaluate(entry, now());
      return true;
    },

    /**
     * A person says that nobody is in the room: the count at its doors begins anew.
     * @throws NotFound for an unknown room, Conflict when it has no door that is counted.
     */
    declareEmpty: async (roomId: string, by: string): Promise<RoomView> => {
      const entry = watched.get(roomId);
      if (!entry) {
        throw new NotFound(
          'evacuation/room-unknown',
          `There is no room ${roomId}. GET /api/v1/buildings lists them.`,
        );
      }
      if (!entry.cameras.some(countsDoors)) {
        throw new Conflict(
          'evacuation/room-has-no-door-count',
          `No camera counts at the doors of ${roomId}. Draw a line on the picture of one of its cameras first.`,
        );
      }
      await doors.declareEmpty(roomId, by);
      evaluate(entry, now());
      return viewOf(entry);
    },

    /** Rooms that are empty at this hour by their timetable are counted anew at their doors. */
    followTimetables: async (): Promise<void> => {
      for (const entry of watched.values()) {
        if (!entry.cameras.some(countsDoors)) continue;
        const { id, emptyDailyAt } = entry.room;
        if (await doors.followTimetable(id, emptyDailyAt)) evaluate(entry, now());
      }
    },

    /** `false` when the camera is not registered. */
    takeHeadcount: (cameraId: string, headcount: Headcount): boolean => {
      const entry = watched.get(roomOfCamera.get(cameraId) ?? '');
      if (!entry) return false;
      const { use, isOpen } = useOf(entry.room.buildingId);
      if (!mayCount(use, isOpen)) return false;
      const at = now();
      entry.sights = entry.sights.map((sight) =>
        sight.cameraId === cameraId ? withHeadcount(sight, headcount, at) : sight,
      );
      evaluate(entry, at);
      return true;
    },

    /** The cameras that this worker counted are unknown until another one takes over. */
    workerGone: (worker: string): void => {
      const at = now();
      for (const entry of watched.values()) {
        if (!entry.sights.some(({ look }) => look?.worker === worker)) continue;
        entry.sights = entry.sights.map((sight) => withoutWorker(sight, worker));
        evaluate(entry, at);
      }
    },

    /** Time alone makes a room unknown. */
    tick: (): void => {
      const at = now();
      for (const entry of watched.values()) evaluate(entry, at);
    },

    /** Says "unknown" for every room: a retained number must not outlive the server that vouched for it. */
    disown: (): void => {
      const at = now();
      for (const entry of watched.values()) {
        entry.sights = entry.cameras.map(({ id, staleMs }) => unseenCamera(id, staleMs));
        entry.state = stateOf(entry, entry.state, at);
        tell(entry, at);
      }
    },

    onState: (listener: RoomListener): void => void listeners.push(listener),
    listBuildings: (): readonly Building[] => buildings,
    /** @throws NotFound */
    requireBuilding: (id: string): Building => {
      const building = buildings.find((b) => b.id === id);
      if (building) return building;
      throw unknownBuilding(id);
    },
    findBuilding: (id: string): Building | undefined => buildings.find((b) => b.id === id),
    listAssemblyPoints: (buildingId: string): AssemblyPoint[] =>
      assemblyPoints.filter((point) => point.buildingId === buildingId),
    listRooms: (buildingId: string): RoomView[] =>
      [...watched.values()].filter(({ room }) => room.buildingId === buildingId).map(viewOf),
    findRoom: (id: string): RoomView | undefined => {
      const entry = watched.get(id);
      return entry && viewOf(entry);
    },
    /** The camera, the building it stands in, and when its view was last confirmed. */
    findCamera: (
      id: string,
    ): { camera: Camera; buildingId: string; viewSince: Date | null } | undefined => {
      const entry = watched.get(roomOfCamera.get(id) ?? '');
      const camera = entry?.cameras.find((one) => one.id === id);
      if (!entry || !camera) return undefined;
      const { viewSince } = camera;
      return { camera: openView(camera), buildingId: entry.room.buildingId, viewSince };
    },
  };
}

const configOf = ({ sealedSource, profile, fps, staleMs, markings, viewSince }: SealedCamera) =>
  ({
    v: 1,
    source: sealedSource,
    profile,
    fps,
    staleMs,
    markings,
    viewSince: viewSince?.toISOString() ?? null,
  }) satisfies CameraConfig;

/** Otherwise what it has shown says nothing about what it shows now. */
const looksAtSame = (before: SealedCamera | undefined, after: SealedCamera): boolean =>
  before?.sealedSource === after.sealedSource &&
  before.roomId === after.roomId &&
  before.watches === after.watches;

const countsDoors = (camera: Camera | undefined): boolean =>
  camera !== undefined && camera.markings.lines.length > 0;

const unknownBuilding = (id: string): NotFound =>
  new NotFound(
    'evacuation/building-unknown',
    `There is no building ${id}. GET /api/v1/buildings lists them.`,
  );

const unknownCamera = (id: string): NotFound =>
  new NotFound(
    'evacuation/camera-unknown',
    `There is no camera ${id}. GET /api/v1/buildings lists them.`,
  );

/** Without the URL, not even sealed. */
const openView = ({ sealedSource: _, viewSince: __, ...camera }: SealedCamera): Camera => camera;
