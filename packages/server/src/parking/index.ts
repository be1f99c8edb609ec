import type { Space, Zone } from '@vigie/contracts/parking';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import { createCasesService, type QueueLetter } from './cases.service.ts';
import { createCasesStore } from './cases.store.ts';
import { createIntake } from './intake.ts';
import { createPalettes } from './palettes.driver.ts';
import { createDayChanges } from './parking.jobs.ts';
import { handleReports, sendDisplay } from './parking.mqtt.ts';
import { parkingRoutes } from './parking.routes.ts';
import { createParkingService, type ParkingDevices, type Report } from './parking.service.ts';
import { createParkingStore } from './parking.store.ts';
import { createParkingRecords, type ParkingRecords } from './records.store.ts';

export type {
  Move,
  ParkingRecords,
  Place,
  SpacePlace,
  SpaceRecord,
  Span,
  StayRecord,
} from './records.store.ts';

interface ParkingDeps {
  db: Database;
  bus: Bus;
  events: EventBus;
  clock: Clock;
  log: Log;
  devices: ParkingDevices;
  queueLetter: QueueLetter;
  publicUrl: string;
}

/** Spaces, stays, colours and police cases. */
export interface Parking {
  /** What those outside may read. */
  records: ParkingRecords;
  routes(http: Http): void;
  /** Sends every display and begins to show day changes. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Has the colours of the zones at hand; call it before `importTown`, which must not wait for them. */
  prepare(zones: readonly Pick<Zone, 'allowedDays'>[]): Promise<void>;
  importTown(
    town: { zones: readonly Zone[]; spaces: readonly Space[] },
    tx: Database,
  ): Promise<void>;
  /** Shows what an import changed. */
  showAll(): Promise<void>;
  /** @throws NotFound when there is no such space. */
  requireSpace(id: string, tx: Database): Promise<void>;
  /** The message about a case was taken by the mail server. */
  markSent(caseId: string, recipient: string, tx: Database): Promise<void>;
  /** Tells browsers about a case that changed. */
  announceCase(caseId: string): Promise<void>;
}

export function createParking({
  db,
  bus,
  events,
  clock,
  log,
  devices,
  queueLetter,
  publicUrl,
}: ParkingDeps): Parking {
  const store = createParkingStore(db);
  const casesStore = createCasesStore(db);
  const cases = createCasesService({
    db,
    store: casesStore,
    parking: store,
    queueLetter,
    clock,
    log,
    publicUrl,
  });
  const show: Parameters<typeof createParkingService>[0]['show'] = (id, display) =>
    sendDisplay(bus, id, display);
  const parking = createParkingService({
    db,
    store,
    casesStore,
    cases,
    devices,
    show,
    events,
    clock,
    log,
  });
  const palettes = createPalettes();
  const prepare = async (zones: readonly Pick<Zone, 'allowedDays'>[]): Promise<void> => {
    for (const { allowedDays } of zones) await palettes.prepare(allowedDays);
  };
  const alone = createQueue();
  const intake = createIntake<Report>((reports) => alone(() => parking.take(reports)));
  const dayChanges = createDayChanges({ parking, alone, clock, log });
  handleReports(bus, { take: intake.add, clock, log });

  return {
    records: createParkingRecords(db),
    routes: (http) => parkingRoutes(http, { parking, cases, palettes, events, clock }),
    start: async () => {
      await prepare(await parking.listZones());
      await alone(parking.showAll);
      dayChanges.start();
    },
    stop: async () => {
      await dayChanges.stop();
      await intake.idle();
    },
    prepare,
    importTown: parking.importTown,
    showAll: () => alone(parking.showAll),
    requireSpace: async (id, tx) => {
      const found = await store.listSpaces(tx, [id]);
      if (found.length === 0)
        throw new NotFound('parking/space-unknown', `There is no space ${id}.`);
    },
    markSent: cases.markSent,
    announceCase: async (id) => events.emit('case', await cases.get(id)),
  };
}

/** One writer at a time in this process, so that displays are sent in the order in which they were decided. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
