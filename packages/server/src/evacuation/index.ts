import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AlarmAnswer, AlarmSignal } from '@vigie/contracts/evacuation';
import type { AuditLog } from '../platform/audit.ts';
import type { Bus } from '../platform/bus.ts';
import type { CameraAddresses } from '../platform/camera-address.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf, NotFound, Unavailable } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { AskOutside } from '../platform/outgoing.driver.ts';
import { digestOf, drawKey } from '../platform/secrets.ts';
import { createSendWebhook } from '../platform/webhook.driver.ts';
import { alarmInputRoutes } from './alarm/alarm-inputs.routes.ts';
import { createAlarmInputs } from './alarm/alarm-inputs.service.ts';
import { createAlarmInputStore } from './alarm/alarm-inputs.store.ts';
import { alarmWebhookRoutes, signWebhook, webhookKey } from './alarm/alarm-webhook.routes.ts';
import { boardLinksRoutes } from './alarm/board-links.routes.ts';
import { createBoardLinksService } from './alarm/board-links.service.ts';
import { createBoardLinksStore } from './alarm/board-links.store.ts';
import { boardPlanRoutes } from './alarm/board-plan.routes.ts';
import { capRoutes } from './alarm/cap.routes.ts';
import { createCapService } from './alarm/cap.service.ts';
import { createCapStore } from './alarm/cap.store.ts';
import { capXml } from './alarm/cap-xml.driver.ts';
import { drillRoutes } from './alarm/drills.routes.ts';
import { createDrillsService, type DrillMails } from './alarm/drills.service.ts';
import { createDrillStore } from './alarm/drills.store.ts';
import { createJournalFile } from './alarm/incident-journal.driver.ts';
import { createIncidentJournal } from './alarm/incident-journal.service.ts';
import { createIncidentsService } from './alarm/incidents.service.ts';
import { createIncidentStore } from './alarm/incidents.store.ts';
import { createModbusModule } from './alarm/modbus.driver.ts';
import { sweepsRoutes } from './alarm/sweeps.routes.ts';
import { createSweepsService } from './alarm/sweeps.service.ts';
import { floorsRoutes } from './buildings/floors.routes.ts';
import { createFloorsService } from './buildings/floors.service.ts';
import { createFloorStore } from './buildings/floors.store.ts';
import { readPlan } from './buildings/plan-picture.driver.ts';
import { createRegistryStore } from './buildings/registry.store.ts';
import type { TownPart } from './buildings/town-faults.ts';
import {
  exportTownPart,
  importAlarmInputs,
  importTownPart,
  isBrowserCamera,
} from './buildings/town-import.service.ts';
import { createEvacuationPublisher, handleEvacuationTopics } from './evacuation.mqtt.ts';
import { evacuationRoutes } from './evacuation.routes.ts';
import { removalRoutes } from './removals.routes.ts';
import { createRemovalsService } from './removals.service.ts';
import { createRemovalStore } from './removals.store.ts';
import { reportRoutes } from './reports/reports.routes.ts';
import { createReportsService } from './reports/reports.service.ts';
import { cameraEnquiriesRoutes } from './rooms/camera-enquiries.routes.ts';
import { createCameraEnquiries } from './rooms/camera-enquiries.service.ts';
import { cameraFeedRoutes } from './rooms/camera-feeds.routes.ts';
import { createCameraFeeds } from './rooms/camera-feeds.service.ts';
import { createCameraLinksStore } from './rooms/camera-links.store.ts';
import { cameraUseRoutes } from './rooms/camera-use.routes.ts';
import { camerasRoutes } from './rooms/cameras.routes.ts';
import { createCamerasService } from './rooms/cameras.service.ts';
import { commissioningRoutes } from './rooms/commissioning.routes.ts';
import { createCommissioningService } from './rooms/commissioning.service.ts';
import { createCommissioningStore } from './rooms/commissioning.store.ts';
import { createDoorsService } from './rooms/doors.service.ts';
import { createDoorStore } from './rooms/doors.store.ts';
import { liveRoutes } from './rooms/live.routes.ts';
import { createLiveViewsService } from './rooms/live-views.service.ts';
import { createRoomsService } from './rooms/rooms.service.ts';
import { createTrialPictures, type KnownCamera } from './rooms/trial-pictures.service.ts';
import { createViewStore } from './rooms/views.store.ts';

/** A silent camera is noticed at most this much after its limit. */
const tickMs = 500;

/** The hour of a timetable lasts a minute. */
const timetableMs = 10_000;

/** A planned drill begins at most this much after its hour. */
const drillsEveryMs = 2000;

/** So long after an alarm others are told at the latest. */
const capEveryMs = 1000;

/** After a crash the report says unknown for at most this much longer than the server was gone. */
const signOfLifeMs = 5000;

/** Workers hold a watch for 5 s; asking every 2 s survives one lost message. */
const watchEveryMs = 2000;

export { evacuationSealedData } from './buildings/registry.store.ts';
export { evacuationOldData } from './evacuation-old.store.ts';
export { evacuationPersonData } from './evacuation-person.store.ts';
export interface EvacuationDeps {
  db: Database;
  audit: Pick<AuditLog, 'record' | 'write'>;
  bus: Bus;
  events: EventBus;
  clock: Clock;
  log: Log;
  /** A camera that watches parking spaces: it is seen like those of rooms. */
  isParkingCamera: (id: string) => boolean;
  /** Cameras that watch parking spaces, their addresses sealed. */
  listParkingCameras: () => KnownCamera[];
  addresses: CameraAddresses;
  /** `whsec_…` as Standard Webhooks write it, or any long text. */
  webhookSecret: string;
  /** IANA name; hours of rooms are in it. */
  timeZone: string;
  /** Looks a second at each camera of a building while an incident goes on there. */
  alarmFps: number;
  /** `months`: how often a building needs a drill; `addresses`: who is mailed about drills, and how. */
  drills: DrillMails & { months: number };
  /** Where the journal of incidents waits while the database is down. */
  dataFolder: string;
  /** Name of the town, for what is printed. */
  town: string;
  /** Address for people, without a slash at its end. */
  publicUrl: string;
  /** Who speaks to the outside by the Common Alerting Protocol, and to whom; no `url`: on the bus only. */
  cap: { sender: string; url?: string | undefined; ask: AskOutside };
}

export interface Evacuation {
  routes(http: Http): void;
  /** After the bus was started. */
  start(): Promise<void>;
  /** Before the bus and the database are stopped. */
  stop(): Promise<void>;
  importTown(town: TownPart, tx: Database): Promise<void>;
  /** As it would be imported; addresses of cameras are sealed for this town. */
  exportTown(): Promise<Required<TownPart>>;
  publishAfterImport(): Promise<void>;
  /** Of the cameras of rooms. */
  listCameraIds(tx: Database): Promise<string[]>;
  /** @throws NotFound */
  requireBuilding(id: string): void;
  /** The building of a floor, a room, a camera or an incident; `undefined` when there is no such thing. */
  buildingOf(
    kind: 'floor' | 'room' | 'camera' | 'incident',
    id: string,
  ): Promise<string | undefined>;
  /** Every room, how many cameras watch it, and whether it is drawn on a plan. */
  listWatch(): Promise<{ name: string; cameras: number; isDrawn: boolean }[]>;
  /** Every room with the name of its building; empty before `start()`. */
  listRooms(): { id: string; name: string; buildingName: string }[];
}

/** Counting people in rooms, and knowing during an alarm who may still be inside. */
export function createEvacuation(deps: EvacuationDeps): Evacuation {
  const { db, bus, events, clock, log, addresses, webhookSecret, timeZone, town } = deps;
  const newId = randomUUID;
  const publisher = createEvacuationPublisher(bus, log);
  const registry = createRegistryStore(db);
  const store = createIncidentStore(db);
  const journalFile = createJournalFile(join(deps.dataFolder, 'incident-journal.jsonl'), log);
  const journal = createIncidentJournal({ store, file: journalFile, clock, newId });
  const doors = createDoorsService({ store: createDoorStore(db), clock, timeZone });
  const rooms = createRoomsService({
    registry,
    doors,
    publisher: { ...publisher, cameraGone: endCamera },
    accuracyOf: (cameraId) => commissioning.findAccuracy(cameraId),
    hasIncident: (buildingId) => incidents.findActiveIn(buildingId) !== undefined,
    isOpen: (buildingId) => (incidents.findActiveIn(buildingId)?.kind ?? 'test') !== 'test',
    alarmFps: deps.alarmFps,
    events,
    clock,
  });
  const commissioning = createCommissioningService({
    store: createCommissioningStore(db),
    registry,
    rooms,
    clock,
    newId,
  });
  const incidents = createIncidentsService({ store, journal, rooms, events, clock, newId });
  const sweeps = createSweepsService({ store, incidents, clock, newId });
  const boardLinks = createBoardLinksService({
    store: createBoardLinksStore(db),
    incidents,
    note: (incidentId, line) => journal.note({ incidentId, line }),
    secrets: { draw: drawKey, digestOf },
    clock,
    newId,
  });
  const views = createLiveViewsService({
    store: createViewStore(db, deps.audit),
    findBuilding: (id) =>
      rooms.findCamera(id)?.buildingId ?? (deps.isParkingCamera(id) ? null : undefined),
    mayShow: (buildingId) => rooms.mayShow(buildingId),
    incidents,
    publishWatch: publisher.watch,
    clock,
    log,
    newId,
  });
  rooms.onState(incidents.onRoom);
  const floors = createFloorsService({
    floors: createFloorStore(db),
    registry,
    inTransaction: (work) =>
      db.transaction((tx) =>
        work({ floors: createFloorStore(tx), registry: createRegistryStore(tx) }),
      ),
    readPlan,
    onChange: rooms.load,
  });
  const importDeps = (tx: Database) => ({
    registry: createRegistryStore(tx),
    floors: createFloorStore(tx),
    readPlan,
    addresses,
    newId,
  });
  const importPart = async (town: TownPart, tx: Database): Promise<void> => {
    const there = importDeps(tx);
    await importTownPart(town, there);
    await importAlarmInputs(town, there.registry, createAlarmInputStore(tx));
  };
  const cameras = createCamerasService({
    db,
    registry,
    rooms,
    incidents,
    importCameras: (entries, tx) =>
      importTownPart({ buildings: [], rooms: [], cameras: entries }, importDeps(tx)),
    isParkingCamera: deps.isParkingCamera,
    newId,
    log,
  });
  const listCameras = async () => [
    ...(await registry.read()).cameras,
    ...deps.listParkingCameras(),
  ];
  const enquiries = createCameraEnquiries({
    listCameras,
    pictures: createTrialPictures({
      listCameras,
      mayShow: (where) => {
        const found =
          'roomId' in where ? rooms.findRoom(where.roomId) : rooms.findCamera(where.cameraId);
        return !found || rooms.mayShow(found.buildingId);
      },
      addresses,
      audit: deps.audit,
    }),
    addresses,
    ask: publisher.enquiry,
    clock,
    newId,
  });
  const alarmInputs = createAlarmInputs({
    store: createAlarmInputStore(db),
    openModule: createModbusModule,
    requireBuilding: rooms.requireBuilding,
    sound: ({ id, buildingId, kind, name }) =>
      incidents.sound({ buildingId, kind, origin: 'modbus', actor: name, data: { input: id } }),
    noteRest: ({ id, buildingId, name }) =>
      incidents.notePanelReset(buildingId, name, { input: id }),
    clock,
    log,
  });
  const cap = createCapService({
    store: createCapStore(db),
    incidents,
    rooms,
    toXml: capXml,
    publish: publisher.cap,
    post: createSendWebhook(deps.cap.ask),
    receiver: deps.cap.url === undefined ? undefined : { url: deps.cap.url, headersOf: capHeaders },
    place: { sender: deps.cap.sender, town, timeZone, publicUrl: deps.publicUrl },
    clock,
    log,
  });

  /** Signed as Standard Webhooks ask, at the time of the attempt. */
  function capHeaders(id: string, body: string): Record<string, string> {
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    return {
      'content-type': 'application/cap+xml; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signWebhook({ id, timestamp, body }, webhookKey(webhookSecret)),
    };
  }
  const drillRule = { months: deps.drills.months, timeZone };
  const reports = createReportsService({ incidents, store, rooms, drillRule, clock });
  const drills = createDrillsService({
    store: createDrillStore(db),
    incidents,
    lastDrills: store.lastDrills,
    rooms,
    mails: deps.drills,
    rule: drillRule,
    publicUrl: deps.publicUrl,
    digestOf,
    clock,
    newId,
  });
  const feeds = createCameraFeeds({
    store: createCameraLinksStore(db),
    rooms,
    isBrowserCamera: (id) => isBrowserCamera(registry, id, addresses),
    publish: publisher.picture,
    secrets: { draw: drawKey, digestOf },
    clock,
    steadyNow: () => performance.now(),
  });

  function endCamera(id: string): void {
    publisher.cameraGone(id);
    feeds.end(id, 'the camera was removed');
  }

  const removals = createRemovalsService({
    inTransaction: (work) => db.transaction((tx) => work(createRemovalStore(tx))),
    incidents,
    onRemoved: async (what, id) => {
      await rooms.load();
      if (what !== 'building') return;
      publisher.buildingGone(id);
      await alarmInputs.load();
    },
    log,
  });

  let isOpen = false;
  let isStoreDown = false;
  const undo: (() => void)[] = [];

  async function takeSignal(
    buildingId: string,
    signal: AlarmSignal,
    from: { origin: 'webhook' | 'mqtt'; webhookId?: string },
  ): Promise<AlarmAnswer> {
    const actor = from.origin === 'mqtt' ? 'panel' : 'webhook';
    const data = { panelAt: signal.at };
    if (signal.active) {
      return incidents.sound({ buildingId, kind: signal.kind, actor, data, ...from });
    }
    return {
      outcome: 'noted',
      incident: await incidents.notePanelReset(buildingId, actor, data),
    };
  }

  handleEvacuationTopics({
    bus,
    rooms: {
      takeHeadcount: (id, headcount) => {
        if (!isOpen || !rooms.takeHeadcount(id, headcount)) return false;
        commissioning.hear(id, headcount);
        return true;
      },
      takeCrossing: (id, crossing) => {
        if (!isOpen) throw notOpen();
        return rooms.takeCrossing(id, crossing);
      },
      workerGone: (worker) => {
        if (isOpen) rooms.workerGone(worker);
      },
    },
    views,
    enquiries,
    takeAlarm: async (buildingId, signal) => {
      if (!isOpen) throw notOpen();
      try {
        await takeSignal(buildingId, signal, { origin: 'mqtt' });
      } catch (error) {
        // The panel can do nothing about it, and repeating it for ever helps nobody.
        if (!(error instanceof NotFound)) throw error;
        log.error({ buildingId, error: error.message }, 'an alarm of an unknown building came in');
      }
    },
    log,
  });

  async function storeJournal(): Promise<void> {
    try {
      await journal.flush();
      if (isStoreDown) log.info({}, 'the log of incidents is stored again');
      isStoreDown = false;
    } catch (error) {
      if (!isStoreDown) {
        log.error({ error: messageOf(error) }, 'the log of incidents waits for the database');
      }
      isStoreDown = true;
    }
  }

  /** Told beside, not after: a database that hangs must not silence the word about it. */
  const keepLog = () => {
    incidents.tellDelay();
    return storeJournal();
  };

  /** A failing round is logged and the next one comes: the watch over the rooms must not end with it. */
  function every(ms: number, name: string, work: () => unknown): void {
    const round = async () => {
      try {
        await work();
      } catch (error) {
        log.error({ error: messageOf(error) }, `${name} failed; it is tried again`);
      }
    };
    const timer = setInterval(round, ms);
    undo.push(() => clearInterval(timer));
  }

  return {
    routes: (http) => {
      evacuationRoutes(http, { rooms, incidents, views });
      cameraUseRoutes(http, rooms);
      sweepsRoutes(http, sweeps);
      boardLinksRoutes(http, boardLinks, incidents);
      boardPlanRoutes(http, { floors, incidents, links: boardLinks });
      capRoutes(http, cap);
      reportRoutes(http, { reports, incidents, place: { town, timeZone } });
      liveRoutes(http, { views, log });
      camerasRoutes(http, { cameras, feeds });
      cameraEnquiriesRoutes(http, enquiries);
      cameraFeedRoutes(http, { feeds, log });
      commissioningRoutes(http, commissioning);
      floorsRoutes(http, floors);
      removalRoutes(http, removals);
      alarmInputRoutes(http, alarmInputs);
      drillRoutes(http, drills);
      alarmWebhookRoutes(http, {
        secret: webhookSecret,
        clock,
        takeAlarm: (id, signal, webhookId) =>
          takeSignal(id, signal, { origin: 'webhook', webhookId }),
      });
    },
    start: async () => {
      await doors.load();
      await rooms.load();
      await commissioning.load();
      await incidents.resume();
      // What workers still hold may be of an incident that is over, or lack one that goes on.
      rooms.publishConfigs();
      undo.push(events.on('incident', views.onIncident));
      undo.push(
        events.on('incident', ({ buildingId }) => {
          // The board goes out first: people look at it, cameras can wait these milliseconds.
          queueMicrotask(() => rooms.publishConfigs(buildingId));
        }),
      );
      every(tickMs, 'looking at the age of counts', rooms.tick);
      every(timetableMs, 'following the timetables of rooms', rooms.followTimetables);
      every(tickMs, 'storing the log of incidents', keepLog);
      every(watchEveryMs, 'asking for live pictures', views.renew);
      every(drillsEveryMs, 'starting planned drills', drills.startDue);
      every(drillsEveryMs, 'telling of drills', drills.tellDue);
      every(timetableMs, 'forgetting trials of cameras', enquiries.forget);
      every(capEveryMs, 'telling other systems about incidents', cap.round);
      every(signOfLifeMs, 'noting that the incident is recorded', incidents.markRecorded);
      every(watchEveryMs, 'comparing active incidents', incidents.catchUp);
      isOpen = true;
      await alarmInputs.start();
    },
    stop: async () => {
      if (!isOpen) return;
      isOpen = false;
      await alarmInputs.stop();
      for (const end of undo.splice(0)) end();
      incidents.stop();
      await views.stop();
      feeds.stop();
      await storeJournal();
      journal.close();
      rooms.disown();
    },
    importTown: importPart,
    exportTown: async () => ({
      ...(await exportTownPart(registry, createFloorStore(db))),
      alarmInputs: await createAlarmInputStore(db).list(),
    }),
    publishAfterImport: async () => {
      await rooms.load();
      rooms.publishConfigs();
      await alarmInputs.load();
    },
    listCameraIds: async (tx) => (await createRegistryStore(tx).read()).cameras.map(({ id }) => id),
    requireBuilding: rooms.requireBuilding,
    buildingOf: async (kind, id) => {
      if (kind === 'floor') return createFloorStore(db).findBuildingOf(id);
      if (kind === 'room') return rooms.findRoom(id)?.buildingId;
      if (kind === 'camera') return rooms.findCamera(id)?.buildingId;
      return incidents.findBuildingOf(id);
    },
    listWatch: async () => {
      const plan = await floors.read();
      const drawn = new Set(
        plan.floors.flatMap(({ drawing }) => drawing.rooms.map((r) => r.roomId)),
      );
      return rooms
        .listBuildings()
        .flatMap(({ id }) => rooms.listRooms(id))
        .map(({ id, name, cameras }) => ({
          name,
          cameras: cameras.length,
          isDrawn: drawn.has(id),
        }));
    },
    listRooms: () =>
      rooms
        .listBuildings()
        .flatMap((building) =>
          rooms
            .listRooms(building.id)
            .map(({ id, name }) => ({ id, name, buildingName: building.name })),
        ),
  };
}

const notOpen = (): Unavailable =>
  new Unavailable('platform/unavailable', 'The server is starting or stopping.');
