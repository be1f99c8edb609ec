import type { DeviceKey, DrawnDeviceKey, NewDeviceKey } from '@vigie/contracts/devices';
import { usernameOf } from '@vigie/contracts/topics';
import type { Database } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import type { DevicesService } from './devices.service.ts';
import type { DevicesStore } from './devices.store.ts';

interface DeviceKeysDeps {
  db: Pick<Database, 'transaction'>;
  store: Pick<DevicesStore, 'listKeys' | 'findDigest' | 'dropDigest'>;
  giveCredential: DevicesService['giveCredential'];
  /** Tells the broker that a credential was changed. */
  disconnect: (kind: DeviceKey['kind'], id: string) => void;
  /** @throws NotFound */
  requireBuilding: (id: string) => void;
}

/** Keys of those on the bus that are no bollards. */
export interface DeviceKeys {
  list(): Promise<DeviceKey[]>;
  /** The key before ends at once. @throws NotFound when a panel is for no building. */
  draw(holder: NewDeviceKey): Promise<DrawnDeviceKey>;
  /** Whoever is connected by it is cut off. @throws NotFound */
  end(holder: Pick<DeviceKey, 'kind' | 'id'>): Promise<void>;
}

export function createDeviceKeys(deps: DeviceKeysDeps): DeviceKeys {
  const { db, store, giveCredential, disconnect, requireBuilding } = deps;
  return {
    list: async () =>
      (await store.listKeys()).map(({ kind, id, drawnAt }) => ({
        kind,
        id,
        username: usernameOf(kind, id),
        drawnAt: drawnAt.toISOString(),
      })),
    draw: async ({ kind, id }) => {
      if (kind === 'panel') requireBuilding(id);
      return { kind, id, username: usernameOf(kind, id), key: await giveCredential(kind, id) };
    },
    end: async ({ kind, id }) => {
      if ((await store.findDigest(kind, id)) === undefined)
        throw new NotFound(
          'devices/key-unknown',
          `${usernameOf(kind, id)} has no key. GET /api/v1/device-keys lists who has.`,
        );
      await db.transaction((tx) => store.dropDigest(kind, id, tx));
      disconnect(kind, id);
    },
  };
}
