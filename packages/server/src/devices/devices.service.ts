import type { Bollard, BollardWithKey, DeviceKind, NewBollard } from '@vigie/contracts/devices';
import { DeviceKind as Kinds } from '@vigie/contracts/devices';
import type { Database } from '../platform/database.ts';
import { Bug, Conflict, NotFound } from '../platform/errors.ts';
import { digestOf, drawKey, sameText } from '../platform/secrets.ts';
import type { DevicesStore } from './devices.store.ts';

interface DevicesDeps {
  db: Pick<Database, 'transaction'>;
  store: DevicesStore;
  /** Tells the broker that a credential was changed. */
  disconnect: (kind: DeviceKind, id: string) => void;
  /** @throws NotFound when there is no such space. */
  requireSpace: (spaceId: string, tx: Database) => Promise<void>;
}

/** Devices and their credentials. */
export interface DevicesService {
  listBollards(): Promise<Bollard[]>;
  /**
   * @throws Conflict when the id is taken.
   * @throws NotFound when the space does not exist.
   */
  addBollard(bollard: NewBollard): Promise<BollardWithKey>;
  /** Draws a new key; the old one ends at once. @throws NotFound for an unknown bollard. */
  rotateKey(bollardId: string): Promise<BollardWithKey>;
  /** The device behind an MQTT user name and password; `undefined` when they do not fit. */
  identify(
    username: string,
    password: string,
  ): Promise<{ kind: DeviceKind; id: string } | undefined>;
  /** Sets the key of a worker, panel or integrator; draws one when none is given. Returns the key. */
  giveCredential(kind: DeviceKind, id: string, key?: string): Promise<string>;
  /** Adds or moves bollards; returns the keys that were drawn for new ones. */
  importBollards(
    bollards: readonly NewBollard[],
    tx: Database,
  ): Promise<{ id: string; key: string }[]>;
}

export function createDevicesService({
  db,
  store,
  disconnect,
  requireSpace,
}: DevicesDeps): DevicesService {
  async function save(bollard: NewBollard, tx: Database): Promise<string> {
    await requireSpace(bollard.spaceId, tx);
    const key = bollard.key ?? drawKey();
    await store.saveBollard(bollard, tx);
    await store.saveDigest('bollard', bollard.id, digestOf(key), tx);
    return key;
  }

  async function withKey(id: string, key: string): Promise<BollardWithKey> {
    const bollard = await store.findBollard(id);
    if (!bollard) throw new Bug('platform/bug', `Bollard ${id} vanished while it was saved.`);
    return { ...bollard, key };
  }

  return {
    listBollards: store.listBollards,
    addBollard: async (bollard) => {
      const key = await db.transaction(async (tx) => {
        if (await store.hasCredential('bollard', bollard.id, tx)) {
          throw new Conflict(
            'devices/bollard-exists',
            `There is already a bollard ${bollard.id}. Choose another id, or draw a new key for it.`,
          );
        }
        return save(bollard, tx);
      });
      return withKey(bollard.id, key);
    },
    rotateKey: async (id) => {
      const bollard = await store.findBollard(id);
      if (!bollard) throw new NotFound('devices/bollard-unknown', `There is no bollard ${id}.`);
      const key = drawKey();
      await db.transaction((tx) => store.saveDigest('bollard', id, digestOf(key), tx));
      disconnect('bollard', id);
      return withKey(id, key);
    },
    identify: async (username, password) => {
      const device = deviceOf(username);
      if (!device || password === '') return undefined;
      const digest = await store.findDigest(device.kind, device.id);
      return digest !== undefined && sameText(digest, digestOf(password)) ? device : undefined;
    },
    giveCredential: async (kind, id, key = drawKey()) => {
      await db.transaction((tx) => store.saveDigest(kind, id, digestOf(key), tx));
      disconnect(kind, id);
      return key;
    },
    importBollards: async (given, tx) => {
      const keys: { id: string; key: string }[] = [];
      for (const bollard of given) {
        const isKnown = await store.hasCredential('bollard', bollard.id, tx);
        if (isKnown && !bollard.key) await store.saveBollard(bollard, tx);
        else keys.push({ id: bollard.id, key: await save(bollard, tx) });
      }
      return keys;
    },
  };
}

/** `bollard-12` is a bollard; `worker:w1`, `panel:town-hall`, `integrator:grafana` say their kind. */
function deviceOf(username: string): { kind: DeviceKind; id: string } | undefined {
  const [first = '', ...rest] = username.split(':');
  if (rest.length === 0) return first === '' ? undefined : { kind: 'bollard', id: first };
  const kind = Kinds.safeParse(first);
  return kind.success && kind.data !== 'bollard'
    ? { kind: kind.data, id: rest.join(':') }
    : undefined;
}
