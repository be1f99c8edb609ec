import type { DeviceKind } from '@vigie/contracts/devices';
import { createEmbeddedBroker, type EmbeddedBroker } from '../platform/embedded-broker.driver.ts';
import { silentLog } from './log.ts';

/** Credentials by user name. */
export type KnownDevices = Readonly<Record<string, { key: string; kind: DeviceKind; id: string }>>;

/** An embedded broker on a free port of 127.0.0.1 that knows the given devices. Not started yet. */
export const createTestBroker = (devices: KnownDevices): EmbeddedBroker =>
  createEmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    identify: async (username, password) => {
      const device = devices[username];
      return device && device.key === password ? { kind: device.kind, id: device.id } : undefined;
    },
  });
