import type { DeviceKind } from '@vigie/contracts/devices';
import type { Bus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';
import type { Http } from '../platform/http.ts';
import { handleStatus } from './devices.mqtt.ts';
import { devicesRoutes } from './devices.routes.ts';
import { createDevicesService, type DevicesService } from './devices.service.ts';
import { createDevicesStore, type DevicesStore } from './devices.store.ts';
import { displayTokensRoutes } from './display-tokens.routes.ts';
import { createDisplayTokens, type DisplayTokens } from './display-tokens.service.ts';
import { createDisplayTokensStore } from './display-tokens.store.ts';

interface DevicesDeps {
  db: Database;
  disconnect: (kind: DeviceKind, id: string) => void;
  requireSpace: (spaceId: string, tx: Database) => Promise<void>;
}

/** What the other features ask of the devices. */
export interface Devices
  extends DevicesService,
    Pick<DevicesStore, 'saveSightings' | 'spacesOf' | 'bollardsOf'> {
  /** The space whose display a screen's token opens. @throws NotAuthenticated, NotFound */
  admitDisplay: DisplayTokens['admit'];
  listen(bus: Bus): void;
  routes(http: Http): void;
}

export function createDevices({ db, disconnect, requireSpace }: DevicesDeps): Devices {
  const store = createDevicesStore(db);
  const service = createDevicesService({ db, store, disconnect, requireSpace });
  const displayTokens = createDisplayTokens(createDisplayTokensStore(db));
  return {
    ...service,
    admitDisplay: displayTokens.admit,
    saveSightings: store.saveSightings,
    spacesOf: store.spacesOf,
    bollardsOf: store.bollardsOf,
    listen: (bus) => handleStatus(bus, store),
    routes: (http) => {
      devicesRoutes(http, service);
      displayTokensRoutes(http, displayTokens);
    },
  };
}
