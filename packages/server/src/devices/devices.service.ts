import type {
  Bollard,
  BollardWithKey,
  DeviceKind,
  NewBollard,
  Replacement,
} from '@vigie/contracts/devices';
import { cameraModel, DeviceKind as Kinds } from '@vigie/contracts/devices';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { Bug, Conflict, NotFound } from '../platform/errors.ts';
import { digestOf, drawKey, sameText } from '../platform/secrets.ts';
import { lifeOf } from './device-life.ts';
import { heartbeatOf } from './device-models.ts';
import type { Device, DevicesStore, SavedDevice } from './devices.store.ts';

interface DevicesDeps {
  db: Pick<Database, 'transaction'>;
  store: DevicesStore;
  clock: Clock;
  /** Tells the broker that a credential was changed. */
  disconnect: (kind: DeviceKind, id: string) => void;
  /** Takes back what a device shows that is no longer in service. */
  clear: (id: string) => Promise<void>;
  /** Sends the displays of the spaces, to the devices that stand there now. */
  showAgain: (spaceIds: readonly string[]) => Promise<void>;
  /** @throws NotFound when one of them is no space. */
  requireSpaces: (spaceIds: readonly string[], tx: Database) => Promise<void>;
}

/** Devices and their credentials. */
export interface DevicesService {
  listBollards(tx?: Database): Promise<Bollard[]>;
  /**
   * @throws Conflict when the id or the EUI is taken.
   * @throws NotFound when a space does not exist.
   */
  addBollard(bollard: NewBollard): Promise<BollardWithKey>;
  /** Draws a new key; the old one ends at once. @throws NotFound for an unknown bollard. */
  rotateKey(bollardId: string): Promise<BollardWithKey>;
  /**
   * Another device takes over the spaces; theirs is the history. The old one's key ends.
   * @throws NotFound for an unknown bollard; Conflict when the new id or EUI is taken or the old one stands nowhere.
   */
  replace(bollardId: string, by: Replacement): Promise<BollardWithKey>;
  /** Takes a device out of service for good. @throws NotFound */
  retire(bollardId: string): Promise<Bollard>;
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

export function createDevicesService(deps: DevicesDeps): DevicesService {
  const { db, store, clock, disconnect, clear, showAgain, requireSpaces } = deps;

  async function save(given: readonly NewBollard[], tx: Database): Promise<void> {
    const placings = given.map(({ id, spaceId, alsoServes }) => ({
      id,
      spaceIds: [...new Set([spaceId, ...alsoServes])],
    }));
    const devices = given.map(({ id, model, deviceEui = null, heartbeatMs = null }) => ({
      ...{ id, model, deviceEui, heartbeatMs },
    }));
    const known = await store.list(
      given.map(({ id }) => id),
      tx,
    );
    for (const { id, model } of [...given, ...known]) refuseCamera(id, [model]);
    await requireSpaces([...new Set(placings.flatMap(({ spaceIds }) => spaceIds))], tx);
    requireFreeEuis(devices, await store.listEuis(devices, tx));
    await store.save(devices, tx);
    await store.post(placings, clock.now(), tx);
  }

  async function giveKeys(
    given: readonly Pick<NewBollard, 'id' | 'key'>[],
    tx: Database,
  ): Promise<{ id: string; key: string }[]> {
    const keys = given.map(({ id, key = drawKey() }) => ({ id, key }));
    const digests = keys.map(({ id, key }) => ({ id, keyDigest: digestOf(key) }));
    await store.saveDigests('bollard', digests, tx);
    return keys;
  }

  async function giveKey(id: string, key: string | undefined, tx: Database): Promise<string> {
    const [given] = await giveKeys([{ id, ...(key === undefined ? {} : { key }) }], tx);
    if (!given) throw new Bug('platform/bug', `Bollard ${id} got no key.`);
    return given.key;
  }

  async function importOnce(bollards: readonly NewBollard[], tx: Database) {
    await save(bollards, tx);
    const ids = bollards.map(({ id }) => id);
    const known = await store.listCredentials('bollard', ids, tx);
    return giveKeys(
      bollards.filter(({ id, key }) => key !== undefined || !known.has(id)),
      tx,
    );
  }

  async function requireFree(id: string, tx: Database): Promise<void> {
    if ((await store.list([id], tx)).length === 0) return;
    throw new Conflict(
      'devices/bollard-exists',
      `There is already a bollard ${id}. Choose another id, or draw a new key for it.`,
    );
  }

  async function require(id: string, tx?: Database): Promise<Device> {
    const [device] = await store.list([id], tx);
    if (!device) throw new NotFound('devices/bollard-unknown', `There is no bollard ${id}.`);
    refuseCamera(id, [device.model]);
    return device;
  }

  const viewOf = (device: Device): Bollard => viewAt(device, clock);

  async function withKey(id: string, key: string): Promise<BollardWithKey> {
    const [device] = await store.list([id]);
    if (!device) throw new Bug('platform/bug', `Bollard ${id} vanished while it was saved.`);
    return { ...viewOf(device), key };
  }

  return {
    listBollards: async (tx) => (await store.list(undefined, tx)).map(viewOf),
    addBollard: async (bollard) => {
      const key = await db.transaction(async (tx) => {
        await requireFree(bollard.id, tx);
        await save([bollard], tx);
        return giveKey(bollard.id, bollard.key, tx);
      });
      await showAgain([bollard.spaceId, ...bollard.alsoServes]);
      return withKey(bollard.id, key);
    },
    rotateKey: async (id) => {
      await require(id);
      const key = await db.transaction((tx) => giveKey(id, undefined, tx));
      disconnect('bollard', id);
      return withKey(id, key);
    },
    replace: async (id, by) => {
      const key = await db.transaction(async (tx) => {
        const old = await require(id, tx);
        const [spaceId, ...alsoServes] = postedNow(old);
        if (spaceId === undefined)
          throw new Conflict(
            'devices/bollard-nowhere',
            `Bollard ${id} stands at no space. Add ${by.id} as a new bollard.`,
          );
        await requireFree(by.id, tx);
        await store.post([{ id, spaceIds: [] }], clock.now(), tx);
        await store.markReplaced(id, by.id, tx);
        await store.dropDigest('bollard', id, tx);
        await save([{ ...by, model: by.model ?? old.model, spaceId, alsoServes }], tx);
        return giveKey(by.id, undefined, tx);
      });
      disconnect('bollard', id);
      await clear(id);
      const made = await withKey(by.id, key);
      await showAgain(made.spaceIds);
      return made;
    },
    retire: async (id) => {
      await require(id);
      await db.transaction(async (tx) => {
        await store.post([{ id, spaceIds: [] }], clock.now(), tx);
        await store.markRetired(id, clock.now(), tx);
        await store.dropDigest('bollard', id, tx);
      });
      disconnect('bollard', id);
      await clear(id);
      return viewOf(await require(id));
    },
    identify: async (username, password) => {
      const device = deviceOf(username);
      if (!device || password === '') return undefined;
      const digest = await store.findDigest(device.kind, device.id);
      return digest !== undefined && sameText(digest, digestOf(password)) ? device : undefined;
    },
    giveCredential: async (kind, id, key = drawKey()) => {
      const digests = [{ id, keyDigest: digestOf(key) }];
      await db.transaction((tx) => store.saveDigests(kind, digests, tx));
      disconnect(kind, id);
      return key;
    },
    importBollards: async (given, tx) => {
      const keys: { id: string; key: string }[] = [];
      // One that is named again is moved again.
      for (const part of withoutRepeats(given)) keys.push(...(await importOnce(part, tx)));
      return keys;
    },
  };
}

/** Parts of the list, in its order, none of which names a bollard twice. */
function withoutRepeats(given: readonly NewBollard[]): NewBollard[][] {
  const times = new Map<string, number>();
  const before = ({ id }: NewBollard): number => {
    times.set(id, (times.get(id) ?? -1) + 1);
    return times.get(id) ?? 0;
  };
  return [...Map.groupBy(given, before).values()];
}

/** As if they were saved one after the other: one may take what an earlier one gave up. @throws Conflict */
function requireFreeEuis(
  devices: readonly SavedDevice[],
  known: readonly Pick<SavedDevice, 'id' | 'deviceEui'>[],
): void {
  const euis = new Map(known.map(({ id, deviceEui }) => [id, deviceEui]));
  const owners = new Map(known.map(({ id, deviceEui }) => [deviceEui, id]));
  for (const { id, deviceEui } of devices) {
    const owner = deviceEui === null ? undefined : owners.get(deviceEui);
    if (owner !== undefined && owner !== id)
      throw new Conflict(
        'devices/eui-taken',
        `EUI ${deviceEui} belongs to bollard ${owner}. Correct it, or replace that bollard.`,
      );
    owners.delete(euis.get(id) ?? null);
    owners.set(deviceEui, id);
    euis.set(id, deviceEui);
  }
}

/** @throws Conflict: what stands for a camera follows the outlines that are drawn on its picture. */
function refuseCamera(id: string, models: readonly (string | undefined)[]): void {
  if (!models.includes(cameraModel)) return;
  throw new Conflict(
    'devices/camera-sensor',
    `${id} is the sensor of a camera. Change the spaces of that camera instead.`,
  );
}

const postedNow = ({ postings }: Device): string[] =>
  postings.filter(({ untilAt }) => untilAt === null).map(({ spaceId }) => spaceId);

function viewAt(device: Device, clock: Clock): Bollard {
  const { id, model, deviceEui, online, lastSeenAt, replacedBy } = device;
  const { batteryPercent, rssiDbm, temperatureC, firmware } = device;
  const spaceIds = postedNow(device);
  const facts = { ...device, isPosted: spaceIds.length > 0 };
  return {
    ...{
      id,
      model,
      deviceEui,
      online,
      batteryPercent,
      rssiDbm,
      temperatureC,
      firmware,
      replacedBy,
    },
    spaceId: spaceIds[0] ?? null,
    spaceIds,
    life: lifeOf(facts, { now: clock.now(), rate: clock.rate }),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    heartbeatMs: heartbeatOf(device),
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
