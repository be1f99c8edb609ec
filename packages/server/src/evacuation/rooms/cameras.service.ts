import { type Camera, type CameraChange, NewCamera } from '@vigie/contracts/evacuation';
import type { Database } from '../../platform/database.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { IncidentsService } from '../alarm/incidents.service.ts';
import type { RegistryStore, SealedCamera } from '../buildings/registry.store.ts';
import type { CameraEntry } from '../buildings/town-import.service.ts';
import type { RoomsService } from './rooms.service.ts';

interface CamerasDeps {
  db: Database;
  registry: Pick<RegistryStore, 'read'>;
  rooms: Pick<RoomsService, 'findRoom' | 'findCamera' | 'removeCamera' | 'load' | 'publishConfigs'>;
  incidents: Pick<IncidentsService, 'findActiveIn'>;
  /** Adds or changes them as the town's file does. @throws InvalidInput, Conflict */
  importCameras: (cameras: readonly CameraEntry[], tx: Database) => Promise<void>;
  /** A camera that watches parking spaces: both kinds share the topics of the bus. */
  isParkingCamera: (id: string) => boolean;
  newId: () => string;
  log: Log;
}

export type CamerasService = ReturnType<typeof createCamerasService>;

/** Cameras that people add, change and remove one by one. */
export function createCamerasService(deps: CamerasDeps) {
  const { db, registry, rooms, incidents, log } = deps;

  function mustMayFilm(roomId: string, watches: Camera['watches']): void {
    const room = rooms.findRoom(roomId);
    if (!room) throw new NotFound('evacuation/room-unknown', `There is no room ${roomId}.`);
    if (!room.isFilmFree || watches === 'door') return;
    throw new Conflict(
      'evacuation/room-film-free',
      `Room ${roomId} must not be filmed. Put a camera at its door and let it watch the door.`,
    );
  }

  /** Without its doubt a room could turn "empty" in the middle of an evacuation. */
  function mustNotBeNeeded(id: string, whatThen: string): void {
    const found = rooms.findCamera(id);
    if (!found || !incidents.findActiveIn(found.buildingId)) return;
    throw new Conflict(
      'evacuation/camera-needed',
      `An incident goes on where camera ${id} stands. ${whatThen} when the incident has ended.`,
    );
  }

  async function put(camera: CameraEntry): Promise<void> {
    await db.transaction((tx) => deps.importCameras([camera], tx));
    await rooms.load();
    rooms.publishConfigs();
  }

  return {
    /** Makes a telephone or laptop a camera of the room; its id. @throws NotFound, Conflict when the room must not be filmed. */
    addBrowserCamera: async (roomId: string, name: string): Promise<string> => {
      mustMayFilm(roomId, 'room');
      const id = `browser-${deps.newId().slice(0, 8)}`;
      await put(NewCamera.parse({ id, roomId, name, source: 'browser:' }));
      return id;
    },

    /**
     * Adds a camera, or changes the one of this id.
     * @throws InvalidInput when the address may not be opened; NotFound for an unknown room; Conflict when the name is taken,
     * the room must not be filmed, or an incident needs the camera where it is.
     */
    change: async (id: string, change: CameraChange, by: string): Promise<Camera> => {
      if (deps.isParkingCamera(id))
        throw new Conflict('devices/camera-taken', `A parking camera is called ${id}, too.`);
      const before = (await registry.read()).cameras.find((camera) => camera.id === id);
      const camera = changed(id, change, before);
      if (before && (before.roomId !== camera.roomId || before.watches !== camera.watches))
        mustNotBeNeeded(id, 'Give it another room or task');
      mustMayFilm(camera.roomId, camera.watches ?? 'room');
      await put(camera);
      log.info({ camera: id, by, isNew: !before }, 'a camera was added or changed');
      const found = rooms.findCamera(id);
      if (!found) throw new NotFound('evacuation/camera-unknown', `There is no camera ${id}.`);
      return found.camera;
    },

    /** @throws NotFound for an unknown camera, Conflict when an incident needs it. */
    remove: async (id: string, by: string): Promise<void> => {
      mustNotBeNeeded(id, 'Remove it');
      if (!(await rooms.removeCamera(id)))
        throw new NotFound('evacuation/camera-unknown', `There is no camera ${id}.`);
      log.info({ camera: id, by }, 'a camera was removed');
    },
  };
}

const Facts = NewCamera.omit({ source: true });

function changed(id: string, change: CameraChange, before: SealedCamera | undefined): CameraEntry {
  const { source, login } = change;
  return { ...Facts.parse({ watches: 'room', ...before, ...change, id }), source, login };
}
