import { topics } from '@vigie/contracts/topics';
import { Town } from '@vigie/contracts/town';
import { createParking, type Report } from '../packages/server/src/parking/index.ts';
import { type Bus, publishJson } from '../packages/server/src/platform/bus.ts';
import { systemClock } from '../packages/server/src/platform/clock.ts';
import { createEmbeddedBroker } from '../packages/server/src/platform/embedded-broker.driver.ts';
import { createEventBus } from '../packages/server/src/platform/events.ts';
import { openTestDatabase } from '../packages/server/src/testing/database.ts';
import { silentLog } from '../packages/server/src/testing/log.ts';

const spaces = 100_000;
const timeZone = 'Europe/Paris';
const noon = Date.parse('2026-06-01T10:00:00Z');
const midnight = Date.parse('2026-06-01T22:00:00Z');

/** A town of 100,000 parked cars at midnight, on a real database and broker; the baseline only sends the displays. */
export async function run(): Promise<void> {
  const database = await openTestDatabase();
  const broker = createEmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    identify: async () => undefined,
    log: silentLog,
  });
  await broker.start();
  const clock = { ms: noon, now: () => new Date(clock.ms), rate: 1 };
  const shown = new Map<string, number>();
  const parking = createTown(database.db, { broker, clock, shown });
  await register(database.db, parking);
  await parkEverywhere(parking);
  await parking.start();
  const idle = await idleQueries(database.pool);
  shown.clear();

  const began = performance.now();
  clock.ms = midnight + 1000;
  while (shown.size < spaces) await new Promise((resolve) => setTimeout(resolve, 50));
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const twice = [...shown.values()].filter((times) => times > 1).length;
  await parking.stop();
  const baseline = await sendAll(broker);
  await broker.stop();
  await database.stop();
  console.log(`${spaces} spaces due at midnight`);
  console.log(`displays sent, nothing decided  ${baseline.toFixed(1).padStart(6)} s   1.00`);
  console.log(
    `all decided, kept and displayed ${seconds.toFixed(1).padStart(6)} s   ${(seconds / baseline).toFixed(2)}`,
  );
  console.log(`displayed twice: ${twice}`);
  console.log(
    `an idle second, everybody parked: ${idle.toFixed(0)} transactions, whatever the town`,
  );
}

type Db = Awaited<ReturnType<typeof openTestDatabase>>;
type Parking = ReturnType<typeof createParking>;

function createTown(
  db: Db['db'],
  given: { broker: Bus; clock: { now(): Date; rate: number }; shown: Map<string, number> },
): Parking {
  const { broker, clock, shown } = given;
  return createParking({
    db,
    events: createEventBus(),
    clock,
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
      show: async (showings) => {
        await Promise.all(
          showings.map(({ spaceId, display }) => {
            shown.set(spaceId, (shown.get(spaceId) ?? 0) + 1);
            return publishJson(broker, topics.bollardDisplay(spaceId), display, { retain: true });
          }),
        );
      },
    },
    outbox: {
      queue: async () => undefined,
      ofCases: async () => new Map(),
      withdraw: async () => undefined,
    },
    publicUrl: 'http://localhost',
    timeZone,
  });
}

const ids = Array.from({ length: spaces }, (_, n) => `s${n}`);

async function register(db: Db['db'], parking: Parking): Promise<void> {
  const town = Town.parse({
    zones: [{ id: 'z', name: 'Zone', allowedDays: 60, dayRule: 'midnight', timeZone }],
    spaces: ids.map((id) => ({ id, zoneId: 'z', label: id })),
  });
  await db.transaction((tx) => parking.importTown(town, tx));
}

async function parkEverywhere(parking: Parking): Promise<void> {
  const at = new Date(noon - 3_600_000);
  const report = (deviceId: string): Report => ({
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
  await Promise.all(ids.map((id) => parking.take(report(id))));
}

/** Transactions that the database sees in a second in which nothing is due. */
async function idleQueries(pool: Db['pool']): Promise<number> {
  const count = async () => {
    const { rows } = await pool.query<{ n: string }>(
      'select xact_commit as n from pg_stat_database where datname = current_database()',
    );
    return Number(rows[0]?.n);
  };
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const before = await count();
  await new Promise((resolve) => setTimeout(resolve, 5000));
  return ((await count()) - before) / 5;
}

async function sendAll(broker: Bus): Promise<number> {
  const display = JSON.stringify({ v: 1, state: 'parked', day: 2, colour: '#00ff7f' });
  const began = performance.now();
  await Promise.all(
    ids.map((id) => broker.publish(topics.bollardDisplay(id), display, { retain: true })),
  );
  return (performance.now() - began) / 1000;
}
