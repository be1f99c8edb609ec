import { Town } from '@vigie/contracts/town';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../devices/index.ts';
import type { OpenDatabase } from '../platform/database.ts';
import { createSealedAddresses } from '../platform/sealed-addresses.ts';
import { openTestDatabase } from '../testing/database.ts';
import { createParkingTown } from '../testing/parking-town.ts';
import type { Parking } from './index.ts';
import { createParkingStore } from './parking.store.ts';
import { staysFrom } from './stays.ts';

const minute = 60_000;
const start = Date.parse('2026-10-24T20:00:00Z');
const at = (minutes: number): Date => new Date(start + minutes * minute);
const holdMs = 5 * minute;
const silentAfterMs = 40 * minute;
const later = at(2000);

let database: OpenDatabase;
let parking: Parking;

beforeAll(async () => {
  database = await openTestDatabase();
  parking = createParkingTown({
    db: database.db,
    clock: { now: () => later, rate: 1 },
    show: async () => undefined,
    silentAfterMs,
  });
});

afterAll(() => database?.stop());

/** A night over the end of summer time, as two devices of a space tell it, and the batches in which it arrives. */
const night = fc.record({
  log: fc.uniqueArray(
    fc.record({
      minutes: fc.integer({ min: 0, max: 90 }),
      lateMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })),
      device: fc.constantFrom('a', 'b'),
      occupied: fc.boolean(),
      kind: fc.constantFrom('change', 'change', 'heartbeat', 'startup'),
      previousStateMs: fc.option(fc.integer({ min: 0, max: 40 * minute }), { nil: null }),
      isNewVehicle: fc.boolean(),
      rank: fc.integer(),
      batch: fc.integer({ min: 0, max: 5 }),
      repeated: fc.boolean(),
    }),
    {
      maxLength: 12,
      selector: ({ minutes, device, occupied }) => `${minutes} ${device} ${occupied}`,
    },
  ),
});

const told = (minutes: number, device: 'a' | 'b', occupied: boolean) => ({
  ...{ minutes, device, occupied, lateMinutes: 0, kind: 'change' as const },
  ...{ previousStateMs: null, isNewVehicle: false, rank: 0, batch: 0, repeated: false },
});
const leftAfterFive = { ...told(57, 'a', false), previousStateMs: 5 * minute };

describe('the stored stays', () => {
  it('are those of the whole log, in whatever order, batches and repetition it arrives', async () => {
    const store = createParkingStore(database.db, createSealedAddresses(new Uint8Array(32)));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(night, async ({ log }) => {
        const spaceId = `s${run++}`;
        await register(spaceId);
        const reports = log.map((entry) => reportOf(spaceId, entry));
        for (let batch = 0; batch <= 5; batch++) {
          const chosen = log.flatMap((entry, n) => {
            const isDue = entry.batch === batch || (entry.repeated && entry.batch < batch);
            const report = reports[n];
            return isDue && report ? [{ rank: entry.rank, report }] : [];
          });
          chosen.sort((a, b) => a.rank - b.rank);
          await Promise.all(chosen.map(({ report }) => parking.take(report)));
        }
        const expected = staysFrom(
          reports.map((report) => ({ ...report, at: report.at ?? later, silentAfterMs })),
          { holdAt: () => holdMs, now: later },
        );
        const stored = await store.staysOf(spaceId, 100);
        expect(stored.toReversed()).toEqual(expected);
      }),
      {
        numRuns: 150,
        // A stay that lasted no time, and an arrival at the same minute that was missed.
        examples: [[{ log: [told(52, 'a', true), told(52, 'b', false), leftAfterFive] }]],
      },
    );
  }, 120_000);
});

async function register(spaceId: string): Promise<void> {
  const town = Town.parse({
    zones: [{ id: 'z', name: 'Zone', allowedDays: 7, holdMs }],
    spaces: [{ id: spaceId, zoneId: 'z', label: spaceId }],
  });
  await database.db.transaction((tx) => parking.importTown(town, tx));
}

type Entry = Parameters<Parameters<typeof night.map>[0]>[0]['log'][number];

function reportOf(spaceId: string, entry: Entry): Signal {
  const { minutes, lateMinutes, device, kind, occupied, previousStateMs, isNewVehicle } = entry;
  return {
    deviceId: `${spaceId}/${device}`,
    key: `${minutes} ${occupied}`,
    at: at(minutes),
    receivedAt: at(minutes + lateMinutes),
    seq: null,
    health: {},
    ...{ kind, occupied, previousStateMs, isNewVehicle },
  };
}
