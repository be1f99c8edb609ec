import type { IncomingHttpHeaders } from 'node:http';
import type { ParkingRecords } from '../parking/index.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/events.ts';
import type { Http, SignedIn } from '../platform/http.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Log } from '../platform/log.ts';
import type { Outgoing } from '../platform/outgoing.driver.ts';
import { createSendWebhook } from '../platform/webhook.driver.ts';
import { cdsRoutes } from './cds.routes.ts';
import { csvRoutes } from './csv.routes.ts';
import { createDelivery } from './delivery.service.ts';
import { createExportsStore } from './exports.store.ts';
import { createHomeAssistant, type Registry } from './home-assistant.mqtt.ts';
import {
  type IntegratorDevices,
  identifyIntegrator,
  integratorRoutes,
} from './integrators.routes.ts';
import { ngsiRoutes } from './ngsi.routes.ts';
import { createStatusWatch } from './status-watch.service.ts';
import { createSubscriptionsService } from './subscriptions.service.ts';

export { exportsSealedData } from './exports.store.ts';

interface ExportsDeps {
  db: Database;
  events: EventBus;
  jobs: Jobs;
  records: ParkingRecords;
  devices: IntegratorDevices;
  /** The clock that parking runs on, and that of the world outside. */
  clocks: { parking: Clock; system: Clock };
  log: Log;
  /** 32 bytes; seals what receivers want as headers. */
  key: Uint8Array<ArrayBuffer>;
  publicUrl: string;
  place: { town: string; timeZone: string };
  bus: Bus;
  outgoing: Pick<Outgoing, 'ask' | 'mustBeAllowed'>;
  /** What Home Assistant is told of; `undefined`: nothing. */
  homeAssistant: Pick<Registry, 'listBollards' | 'listRooms'> | undefined;
}

/** Data for programs and people outside: NGSI-LD, events of the curb, tables, Home Assistant. */
export interface Exports {
  /** The integrator behind a request's token; `undefined` without one, or when it is wrong. */
  identify(headers: IncomingHttpHeaders): Promise<SignedIn | undefined>;
  routes(http: Http): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createExports(deps: ExportsDeps): Exports {
  const { db, events, jobs, records, devices, clocks, log, key, publicUrl, place } = deps;
  const contextUrl = `${publicUrl}/ngsi-ld/context.jsonld`;
  const store = createExportsStore(db);
  const clock = clocks.system;
  const subscriptions = createSubscriptionsService({
    store,
    clock,
    key,
    mustBeAllowed: deps.outgoing.mustBeAllowed,
  });
  const send = createSendWebhook(deps.outgoing.ask);
  const delivery = createDelivery({ db, store, jobs, send, clock, key, contextUrl, log });
  const queueDelivery = delivery.queue;
  const watch = createStatusWatch({ db, store, records, events, queueDelivery, clocks, log });
  const home =
    deps.homeAssistant &&
    createHomeAssistant({
      bus: deps.bus,
      registry: { ...deps.homeAssistant, listPlaces: records.listPlaces },
      publicUrl,
      log,
    });

  return {
    identify: (headers) => identifyIntegrator(headers, devices),
    routes: (http) => {
      integratorRoutes(http, devices);
      ngsiRoutes(http, { records, subscriptions, contextUrl });
      cdsRoutes(http, { records, store, clock: clocks.parking, place });
      csvRoutes(http, { records, clock: clocks.parking });
    },
    start: async () => {
      await watch.start();
      home?.start();
    },
    stop: async () => {
      await home?.stop();
      await watch.stop();
    },
  };
}
