import type { Building, Camera, Room, RoomState, RoomView } from '@vigie/contracts/evacuation';
import type { CameraConfig, Headcount } from '@vigie/contracts/vision';
import type { Clock } from '../platform/clock.ts';
import type { EventBus } from '../platform/events.ts';
import { type CameraSight, unseenCamera, withHeadcount, withoutWorker } from './camera-sight.ts';
import type { RegistryStore, SealedCamera } from './registry.store.ts';
import { fuseRoom, isNews } from './room-state.ts';

/** How often the unchanged state of a room is sent again, so that its readers see its age. */
const refreshMs = 2000;

/** Where states and camera configurations go. Nothing is awaited: a slow broker must not slow the counting. */
export interface RoomPublisher {
  roomState(state: RoomState): void;
  cameraConfig(cameraId: string, config: CameraConfig): void;
  /** The camera is counted no more. */
  cameraGone(cameraId: string): void;
}

interface RoomsDeps {
  registry: Pick<RegistryStore, 'read' | 'removeCamera'>;
  publisher: RoomPublisher;
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
export function createRoomsService({ registry, publisher, events, clock }: RoomsDeps) {
  let buildings: Building[] = [];
  /** by room id */
  let watched = new Map<string, WatchedRoom>();
  /** room id by camera id */
  let roomOfCamera = new Map<string, string>();
  const listeners: RoomListener[] = [];

  const now = () => clock.now().getTime();

  function evaluate(entry: WatchedRoom, at: number): void {
    const state = fuseRoom({ roomId: entry.room.id, sights: entry.sights }, entry.state, at);
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

  async function load(): Promise<void> {
    const read = await registry.read();
    const at = now();
    buildings = read.buildings;
    const known = new Map(
      [...watched.values()].flatMap((w) => w.sights.map((s) => [s.cameraId, s])),
    );
    watched = new Map(
      read.rooms.map((room) => {
        const cameras = read.cameras.filter((camera) => camera.roomId === room.id);
        const sights = cameras.map(({ id, staleMs }) => {
          const sight = known.get(id);
          return sight ? { ...sight, staleMs } : unseenCamera(id, staleMs);
        });
        const state = fuseRoom({ roomId: room.id, sights }, watched.get(room.id)?.state, at);
        return [room.id, { room, cameras, sights, state, publishedAt: at }];
      }),
    );
    roomOfCamera = new Map(read.cameras.map((camera) => [camera.id, camera.roomId]));
    for (const entry of watched.values()) tell(entry, at);
  }

  return {
    /** Reads the registry; what cameras have shown so far is kept. */
    load,

    /** Takes the camera out of its room and off the bus. `false`: there is none of this id. */
    removeCamera: async (id: string): Promise<boolean> => {
      if (!roomOfCamera.has(id)) return false;
      await registry.removeCamera(id);
      publisher.cameraGone(id);
      await load();
      return true;
    },

    publishConfigs: (): void => {
      for (const { cameras } of watched.values()) {
        for (const { id, sealedSource, profile, fps, staleMs } of cameras) {
          publisher.cameraConfig(id, { v: 1, source: sealedSource, profile, fps, staleMs });
        }
      }
    },

    /** `false` when the camera is not registered. */
    takeHeadcount: (cameraId: string, headcount: Headcount): boolean => {
      const entry = watched.get(roomOfCamera.get(cameraId) ?? '');
      if (!entry) return false;
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
        entry.sights = entry.sights.map(({ cameraId, staleMs }) => unseenCamera(cameraId, staleMs));
        entry.state = fuseRoom({ roomId: entry.room.id, sights: entry.sights }, entry.state, at);
        tell(entry, at);
      }
    },

    onState: (listener: RoomListener): void => void listeners.push(listener),
    listBuildings: (): readonly Building[] => buildings,
    findBuilding: (id: string): Building | undefined => buildings.find((b) => b.id === id),
    listRooms: (buildingId: string): RoomView[] =>
      [...watched.values()].filter(({ room }) => room.buildingId === buildingId).map(viewOf),
    findRoom: (id: string): RoomView | undefined => {
      const entry = watched.get(id);
      return entry && viewOf(entry);
    },
    /** The camera and the building it stands in. */
    findCamera: (id: string): { camera: Camera; buildingId: string } | undefined => {
      const entry = watched.get(roomOfCamera.get(id) ?? '');
      const camera = entry?.cameras.find((one) => one.id === id);
      return entry && camera && { camera: openView(camera), buildingId: entry.room.buildingId };
    },
  };
}

const viewOf = ({ room, cameras, state }: WatchedRoom): RoomView => ({
  ...room,
  cameras: cameras.map(openView),
  live: state,
});

/** Without the URL, not even sealed. */
const openView = ({ sealedSource: _, ...camera }: SealedCamera): Camera => camera;
