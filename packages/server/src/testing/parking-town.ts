import { Town } from '@vigie/contracts/town';
import { createParking, type Parking, type Report } from '../parking/index.ts';
import type { Showing } from '../parking/parking.service.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { createEventBus } from '../platform/events.ts';
import { silentLog } from './log.ts';

/** Parking on a real database, with devices that are named like their spaces and write down what they are shown. */
export function createParkingTown(given: {
  db: Database;
  clock: Clock;
  show: (showings: readonly Showing[]) => Promise<void>;
}): Parking {
  return createParking({
    ...given,
    events: createEventBus(),
    peopleClock: systemClock,
    log: silentLog,
    devices: {
      listBollards: async () => [],
      meet: async (reports) =>
        new Map(
          reports.map(({ deviceId }) => [
            deviceId,
            { spacesAt: () => [deviceId], silentAfterMs: null },
          ]),
        ),
      devicesAt: async () => [],
      show: given.show,
    },
    outbox: {
      queue: async () => undefined,
      ofCases: async () => new Map(),
      withdraw: async () => undefined,
    },
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

const arrivalOf = (deviceId: string, at: Date): Report => ({
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
