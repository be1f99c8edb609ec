import { cameraModel, type DeviceKind } from '@vigie/contracts/devices';
import type { Display } from '@vigie/contracts/parking';
import type { Bus } from '../platform/bus.ts';
import type { CameraAddresses } from '../platform/camera-address.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Log } from '../platform/log.ts';
import { deviceKeysRoutes } from './device-keys.routes.ts';
import { createDeviceKeys } from './device-keys.service.ts';
import { modelOf } from './device-models.ts';
import { backfill, createConnector, createSilenceWatch } from './devices.jobs.ts';
import { clearDisplay, handleBollards, sendDisplay } from './devices.mqtt.ts';
import { devicesRoutes } from './devices.routes.ts';
import { createDevicesService, type DevicesService } from './devices.service.ts';
import { createDevicesStore, type DeviceRow, type ShowingDevice } from './devices.store.ts';
import { displayTokensRoutes } from './display-tokens.routes.ts';
import { createDisplayTokens, type DisplayTokens } from './display-tokens.service.ts';
import { createDisplayTokensStore } from './display-tokens.store.ts';
import { createFaultsService, type TicketDesk } from './faults.service.ts';
import { inventoryRoutes } from './inventory.routes.ts';
import { createInventoryService } from './inventory.service.ts';
import type { Place } from './label-sheet.ts';
import { createChirpStack, createTheThingsStack, type LoraNetwork } from './lorawan.mqtt.ts';
import { createMeeting, type Whereabouts } from './meeting.service.ts';
import { handleOccupancy, sendCameraConfig } from './parking-cameras.mqtt.ts';
import { parkingCamerasRoutes } from './parking-cameras.routes.ts';
import { createParkingCameras, type ParkingCameras } from './parking-cameras.service.ts';
import { createParkingCamerasStore } from './parking-cameras.store.ts';
import { createReception } from './reception.service.ts';
import type { Signal } from './signals.ts';
import type { TtsStorage } from './tts-storage.driver.ts';

export type { TicketDesk } from './faults.service.ts';
export type { Whereabouts } from './meeting.service.ts';
export { devicesSealedData } from './parking-cameras.store.ts';
export type { Signal } from './signals.ts';
export { createTtsStorage } from './tts-storage.driver.ts';

interface DevicesDeps {
  db: Database;
  bus: Bus;
  /** Brokers of the LoRaWAN networks that the town has. */
  networks: { chirpstack?: Bus; theThingsStack?: { bus: Bus; storage: TtsStorage | undefined } };
  jobs: Jobs;
  /** The clock that parking runs on: device times are compared with it. */
  clock: Clock;
  /** The clock that cameras live by. */
  realClock: Clock;
  log: Log;
  addresses: CameraAddresses;
  listRoomCameraIds: (tx: Database) => Promise<string[]>;
  desk: TicketDesk | undefined;
  disconnect: (kind: DeviceKind, id: string) => void;
  /** @throws NotFound */
  requireBuilding: (id: string) => void;
  requireSpaces: (spaceIds: readonly string[], tx: Database) => Promise<void>;
  /** Those of the spaces that exist. */
  listPlaces: (spaceIds: readonly string[], tx: Database) => Promise<Place[]>;
  publicUrl: string;
  /** Decides and sends the displays of spaces anew. */
  showAgain: (spaceIds: readonly string[]) => Promise<void>;
  /** Takes what a device said; resolves after the commit. */
  take: (signal: Signal) => Promise<void>;
}

/** What the other features ask of the devices. */
export interface Devices extends DevicesService {
  /** Notes that the devices were heard; gives where each stands. One that nobody knows is missing. */
  meet(signals: readonly Signal[], tx: Database): Promise<Map<string, Whereabouts>>;
  /** Devices that stand at a space now. */
  devicesAt(spaceId: string): Promise<string[]>;
  /** 0..100, of the weakest battery at a space now; `null`: none that is known. */
  batteryAt(spaceId: string, tx: Database): Promise<number | null>;
  /** Sends displays to the devices of the spaces. */
  show(showings: readonly { spaceId: string; display: Display }[]): Promise<void>;
  /** The space whose display a screen's token opens. @throws NotAuthenticated, NotFound */
  admitDisplay: DisplayTokens['admit'];
  isParkingCamera(id: string): boolean;
  /** Each with its sealed address. */
  listParkingCameras: ParkingCameras['listSealed'];
  importParkingCameras: ParkingCameras['importCameras'];
  exportParkingCameras: ParkingCameras['exportCameras'];
  /** After the commit of an import. */
  publishParkingCameras(): Promise<void>;
  routes(http: Http): void;
  /** After the bus was started. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createDevices(deps: DevicesDeps): Devices {
  const { db, bus, networks, jobs, clock, log, take } = deps;
  const store = createDevicesStore(db);
  const service = createDevicesService({ ...deps, store, clear: (id) => clearDisplay(bus, id) });
  const inventory = createInventoryService({ ...deps, devices: service });
  const keys = createDeviceKeys({ ...deps, store, giveCredential: service.giveCredential });
  const displayTokens = createDisplayTokens(createDisplayTokensStore(db));
  const faults = createFaultsService({ db, store, jobs, clock, log, desk: deps.desk });
  const cameras = createParkingCameras({
    ...deps,
    devices: store,
    store: createParkingCamerasStore(db),
    publishConfig: (id, config) => sendCameraConfig(bus, id, config),
  });
  const reception = createReception({ store, take, clock, log });
  const watch = createSilenceWatch(faults, log);
  const lora: Partial<Record<NonNullable<DeviceRow['network']>, LoraNetwork>> = {
    ...(networks.chirpstack ? { chirpstack: createChirpStack(networks.chirpstack) } : {}),
    ...(networks.theThingsStack
      ? { 'the-things-stack': createTheThingsStack(networks.theThingsStack.bus) }
      : {}),
  };
  handleOccupancy({ bus, take: cameras.takeOccupancy, log });
  handleBollards(bus, { store, reception });
  for (const network of Object.values(lora)) network.listen(reception);

  async function makeUpFor(name: string, after: Date): Promise<void> {
    const storage = networks.theThingsStack?.storage;
    if (storage && name === 'the-things-stack') await backfill(storage, { reception, after, log });
  }

  const networkNames = Object.keys(lora) as (keyof typeof lora)[];
  const connectors = networkNames.map((name) =>
    createConnector({
      ...{ name, log },
      missedSince: async () => (await store.newestSighting(name)) ?? clock.now(),
      connect: async () => lora[name]?.start(),
      makeUp: (after) => makeUpFor(name, after),
    }),
  );

  async function showOn(device: ShowingDevice, display: Display): Promise<void> {
    const { id, deviceEui, network, downTopic } = device;
    if (device.model === cameraModel) return;
    if (deviceEui === null) await sendDisplay(bus, id, display);
    // Nobody waits for a network of sensors: the next change corrects what was lost.
    else if (network && downTopic && modelOf(device.model).hasLoraDisplay)
      lora[network]
        ?.show({ deviceEui, downTopic }, display)
        .catch((error) =>
          log.error({ device: id, error: messageOf(error) }, 'a display could not be sent'),
        );
  }

  return {
    ...service,
    admitDisplay: displayTokens.admit,
    meet: createMeeting({ store, faults, clock }),
    devicesAt: async (spaceId) =>
      ((await store.devicesAt([spaceId])).get(spaceId) ?? []).map(({ id }) => id),
    batteryAt: async (spaceId, tx) => {
      const there = (await store.devicesAt([spaceId])).get(spaceId) ?? [];
      const ids = there.map(({ id }) => id);
      const levels = (await store.list(ids, tx)).map(({ batteryPercent }) => batteryPercent);
      const known = levels.filter((level) => level !== null);
      return known.length > 0 ? Math.min(...known) : null;
    },
    show: async (showings) => {
      const bySpace = await store.devicesAt(showings.map(({ spaceId }) => spaceId));
      await Promise.all(
        showings.flatMap(({ spaceId, display }) =>
          (bySpace.get(spaceId) ?? []).map((device) => showOn(device, display)),
        ),
      );
    },
    routes: (http) => {
      devicesRoutes(http, { devices: service, faults, reception, store });
      inventoryRoutes(http, inventory);
      displayTokensRoutes(http, displayTokens);
      deviceKeysRoutes(http, keys);
      parkingCamerasRoutes(http, cameras);
    },
    isParkingCamera: cameras.has,
    listParkingCameras: cameras.listSealed,
    importParkingCameras: cameras.importCameras,
    exportParkingCameras: cameras.exportCameras,
    publishParkingCameras: cameras.start,
    start: async () => {
      await cameras.start();
      for (const connector of connectors) connector.start();
      watch.start();
    },
    stop: async () => {
      await watch.stop();
      for (const connector of connectors) await connector.stop();
      for (const network of Object.values(lora)) await network.stop();
    },
  };
}
