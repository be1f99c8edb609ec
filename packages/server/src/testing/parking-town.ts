import { Town } from '@vigie/contracts/town';
import type { Signal } from '../devices/index.ts';
import { createParking, type Parking } from '../parking/index.ts';
import type { Showing } from '../parking/parking.service.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { createEventBus } from '../platform/events.ts';
import { createSealedAddresses } from '../platform/sealed-addresses.ts';
import { silentLog } from './log.ts';

/**
 * Parking on a real database, with devices that write down what they are shown. A device is named like its space, and
 * further ones `space/device`; `silentAfterMs` as they promise it, none by default.
 */
export function createParkingTown(given: {
  db: Database;
  clock: Clock;
  show: (showings: readonly Showing[]) => Promise<void>;
  silentAfterMs?: number;
}): Parking {
  const { silentAfterMs = null, show, ...rest } = given;
  return createParking({
    ...rest,
    events: createEventBus(),
    peopleClock: systemClock,
    log: silentLog,
    devices: {
      listBollards: async () => [],
      meet: async (reports) =>
        new Map(
          reports.map(({ deviceId }) => [
            deviceId,
            { spacesAt: () => [deviceId.split('/')[0] ?? ''], silentAfterMs },
          ]),
        ),
      devicesAt: async () => [],
      batteryAt: async () => null,
      show,
    },
    outbox: {
      queue: async () => undefined,
      ofCases: async () => new Map(),
      withdraw: async () => undefined,
    },
    addresses: createSealedAddresses(new Uint8Array(32)),
    mustBeAllowed: () => undefined,
    publicUrl: 'http://localhost',
    timeZone: 'Europe/Paris',
  });
}

/** Registers spaces of one zone that counts civil days, and parks a car at each at `arrival`. */
export async function parkEverywhere(
  parking: Parking,
  { db, ids, arrival }: { db: Database; ids: readonly string[]; arrival: Date },
): Promise<void> {
  const town = Town.parse({
    zones: [{ id: 'z', name: 'Zone', allowedDays: 60, dayRule: 'midnight' }],
    spaces: ids.map((id) => ({ id, zoneId: 'z', label: id })),
  });
  await db.transaction((tx) => parking.importTown(town, tx));
  await Promise.all(ids.map((id) => parking.take(arrivalOf(id, arrival))));
}

const arrivalOf = (deviceId: string, at: Date): Signal => ({
  deviceId,
  key: 'arrival',
  kind: 'change',
  occupied: true,
  at,
  receivedAt: at,
  seq: null,
  previousStateMs: null,
  isNewVehicle: false,
  health: {},
});
