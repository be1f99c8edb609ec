import { topics } from '@vigie/contracts/topics';
import { type Bus, publishJson } from '../packages/server/src/platform/bus.ts';
import { createEmbeddedBroker } from '../packages/server/src/platform/embedded-broker.driver.ts';
import { openTestDatabase } from '../packages/server/src/testing/database.ts';
import { silentLog } from '../packages/server/src/testing/log.ts';
import { createParkingTown, parkEverywhere } from '../packages/server/src/testing/parking-town.ts';

const spaces = 100_000;
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
  const { db } = database;
  const parking = createParkingTown({
    db,
    clock,
    show: async (showings) => {
      await Promise.all(
        showings.map(({ spaceId, display }) => {
          shown.set(spaceId, (shown.get(spaceId) ?? 0) + 1);
          return publishJson(broker, topics.bollardDisplay(spaceId), display, { retain: true });
        }),
      );
    },
  });
  await parkEverywhere(parking, { db, ids, arrival: new Date(noon - 3_600_000) });
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

const ids = Array.from({ length: spaces }, (_, n) => `s${n}`);

type Database = Awaited<ReturnType<typeof openTestDatabase>>;

/** Transactions that the database sees in a second in which nothing is due. */
async function idleQueries(pool: Database['pool']): Promise<number> {
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
