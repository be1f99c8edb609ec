import type { Bollard } from '@vigie/contracts/devices';
import type { Space, SpaceView, Zone } from '@vigie/contracts/parking';
import type { Signal } from '../devices/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { SealedAddresses } from '../platform/sealed-addresses.ts';
import { type CaseOutbox, createCaseTeller } from './case-telling.service.ts';
import { createCaseLooks } from './cases.jobs.ts';
import { createCasesService, type SentMessage } from './cases.service.ts';
import { createCasesStore } from './cases.store.ts';
import { displaysRoutes } from './displays.routes.ts';
import { createExemptionsStore } from './exemptions.store.ts';
import { createIntake } from './intake.ts';
import { createPalettes } from './palettes.driver.ts';
import { createDailyShow, createDayChanges } from './parking.jobs.ts';
import { parkingRoutes } from './parking.routes.ts';
import { createParkingService, type ParkingDevices } from './parking.service.ts';

import { createParkingStore } from './parking.store.ts';
import { placesRoutes } from './places.routes.ts';
import { createPlacesService } from './places.service.ts';
import { createPlacesStore } from './places.store.ts';
import { createParkingRecords, type ParkingRecords } from './records.store.ts';
import { statisticsRoutes } from './statistics.routes.ts';
import { createStatisticsService } from './statistics.service.ts';
import { createStatisticsStore } from './statistics.store.ts';
import { createZonesService } from './zones.service.ts';

export { parkingSealedData } from './parking.store.ts';
export { parkingOldData } from './parking-old.store.ts';
export { parkingPersonData } from './parking-person.store.ts';
export type {
  Heartbeat,
  Move,
  ParkingRecords,
  Place,
  SpacePlace,
  SpaceRecord,
  Span,
  StayRecord,
} from './records.store.ts';

type NewRules = Pick<Zone, 'allowedDays' | 'recipients'>;

interface ParkingDeps {
  db: Database;
  events: EventBus;
  clock: Clock;
  /** Real time: what people are asked to do in hours, they do in real ones. */
  peopleClock: Clock;
  log: Log;
  devices: ParkingDevices & { listBollards(): Promise<Bollard[]> };
  outbox: CaseOutbox;
  addresses: SealedAddresses;
  /** @throws InvalidInput for an address to which nothing is sent. */
  mustBeAllowed(address: string): void;
  publicUrl: string;
  /** IANA name: the town's, for days that belong to no zone. */
  timeZone: string;
}

/** Spaces, stays, colours and police cases. */
export interface Parking {
  /** What those outside may read. */
  records: ParkingRecords;
  routes(http: Http): void;
  /** Takes what a device said; resolves after the commit. */
  take(signal: Signal): Promise<void>;
  /** Small screens. `admit`: the space that a token opens. @throws NotAuthenticated, NotFound by `admit`. */
  displayRoutes(http: Http, admit: (bollardId: string, token: string) => Promise<string>): void;
  /** Sends every display and begins to show day changes. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Has the colours of the zones at hand; call it before `importTown`, which must not wait for them.
   * @throws InvalidInput when a webhook leads to where nothing is sent.
   */
  prepare(zones: readonly NewRules[]): Promise<void>;
  importTown(
    town: { zones: readonly Zone[]; spaces: readonly Space[] },
    tx: Database,
  ): Promise<void>;
  /** As it would be imported; zones with the rules that are in force. */
  exportTown(): Promise<{ zones: Zone[]; spaces: Space[] }>;
  /** Shows a batch of what is due by now; returns how many spaces were due. `start` does so by itself. */
  showDue(): Promise<number>;
  /** Resolves when everything that was committed has been shown. */
  idle(): Promise<void>;
  /** Decides displays anew, e.g. after an import, and sends them. `ids` undefined: all. */
  showAgain(ids?: readonly string[]): Promise<void>;
  /** @throws NotFound when one of them is no space. */
  requireSpaces(ids: readonly string[], tx: Database): Promise<void>;
  /** Those of the spaces that exist, by id. */
  listPlaces(
    ids: readonly string[],
    tx: Database,
  ): Promise<Pick<SpaceView, 'id' | 'label' | 'address' | 'zoneName'>[]>;
  /** A message about a case was taken by the other side. */
  markSent(message: SentMessage, tx: Database): Promise<void>;
  /** The zone of a space or a case; `undefined` when there is no such thing. */
  zoneOf(kind: 'space' | 'case', id: string): Promise<string | undefined>;
  /** Tells browsers about a case that changed. */
  announceCase(caseId: string): Promise<void>;
}

export function createParking({
  db,
  events,
  clock,
  peopleClock,
  log,
  devices,
  outbox,
  addresses,
  mustBeAllowed,
  publicUrl,
  timeZone,
}: ParkingDeps): Parking {
  const store = createParkingStore(db, addresses);
  const exemptions = createExemptionsStore(db);
  const casesStore = createCasesStore();
  const teller = createCaseTeller({
    store: casesStore,
    outbox,
    devices,
    clock,
    peopleClock,
    log,
    publicUrl,
  });
  const cases = createCasesService({
    db,
    store: casesStore,
    parking: store,
    outbox,
    teller,
    clock,
    peopleClock,
    events,
    log,
  });
  const caseLooks = createCaseLooks({ cases, log });
  const parking = createParkingService({
    db,
    store,
    exemptions,
    cases,
    devices,
    events,
    clock,
    log,
  });
  const placesStore = createPlacesStore(db);
  const places = createPlacesService({
    db,
    store: placesStore,
    parking: store,
    devices,
    clock,
  });
  const statistics = createStatisticsService({
    store: createStatisticsStore(db),
    parking: store,
    devices,
    clock,
    timeZone,
  });
  const palettes = createPalettes();
  const prepareColours = async (zones: readonly Pick<Zone, 'allowedDays'>[]): Promise<void> => {
    for (const { allowedDays } of zones) await palettes.prepare(allowedDays);
  };
  const prepare = async (zones: readonly NewRules[]): Promise<void> => {
    for (const address of webhooksOf(zones)) mustBeAllowed(address);
    await prepareColours(zones);
  };
  const alone = createQueue();
  const intake = createIntake<Signal>((signals) => alone(() => parking.take(signals)));
  const dayChanges = createDayChanges({ parking, alone, clock, log });
  const showAgain = async (ids?: readonly string[]): Promise<void> => {
    // A batch at a time, so that reports which arrive meanwhile need not wait for a whole town.
    for (const batch of await parking.batches(ids)) await alone(() => parking.showAgain(batch));
  };
  const dailyShow = createDailyShow(showAgain, log);
  const zones = createZonesService({
    db,
    store,
    exemptions,
    prepare,
    showAgain,
    lookAgain: cases.lookAgain,
    clock,
  });

  return {
    records: createParkingRecords(db, (tx) => store.listZones(clock.now(), tx)),
    take: intake.add,
    routes: (http) => {
      parkingRoutes(http, { parking, zones, cases, palettes, events, clock });
      placesRoutes(http, places);
      statisticsRoutes(http, statistics);
    },
    displayRoutes: (http, admit) => displaysRoutes(http, { parking, admit, events, clock, log }),
    start: async () => {
      await prepareColours(await parking.listZones());
      await showAgain();
      dayChanges.start();
      await cases.lookAgain(db);
      caseLooks.start();
      dailyShow.start();
    },
    stop: async () => {
      await dailyShow.stop();
      await caseLooks.stop();
      await dayChanges.stop();
      await intake.idle();
      await parking.idle();
    },
    prepare,
    importTown: async (town, tx) => {
      await parking.importTown(town, tx);
      if (town.zones.length > 0) await cases.lookAgain(tx);
    },
    exportTown: async () => ({
      zones: await parking.listZones(),
      spaces: (await store.listSpaces(db, { now: clock.now() })).map(({ space }) => space),
    }),
    showDue: () => alone(parking.showDue),
    idle: async () => {
      await intake.idle();
      await parking.idle();
    },
    showAgain,
    requireSpaces: async (ids, tx) => {
      const known = await store.knownSpaces(ids, tx);
      const missing = ids.find((id) => !known.has(id));
      if (missing !== undefined)
        throw new NotFound('parking/space-unknown', `There is no space ${missing}.`);
    },
    listPlaces: async (ids, tx) =>
      (await store.listSpaces(tx, { now: clock.now(), ids })).map(({ space, zone }) => ({
        id: space.id,
        label: space.label,
        address: space.address,
        zoneName: zone.name,
      })),
    markSent: cases.markSent,
    zoneOf: (kind, id) => (kind === 'space' ? placesStore.zoneOf(id) : placesStore.zoneOfCase(id)),
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

const webhooksOf = (zones: readonly NewRules[]): string[] =>
  zones
    .flatMap(({ recipients }) => recipients)
    .flatMap((named) =>
      typeof named === 'object' && named.channel === 'webhook' ? [named.address] : [],
    );
