import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase } from '../testing/database.ts';
import { createParkingTown, parkEverywhere } from '../testing/parking-town.ts';

const ids = Array.from({ length: 6000 }, (_, n) => `s${String(n).padStart(4, '0')}`);
const noon = new Date('2026-03-28T11:00:00Z');
/** The night in which Paris goes to summer time. */
const midnight = new Date('2026-03-28T23:00:00Z');

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.stop());

it('shows the new day everywhere, though the server is killed in the middle of it', async () => {
  const { db } = database;
  const clock = { at: noon, now: () => clock.at, rate: 1 };
  /** Days that each space was told, in order. */
  const told = new Map(ids.map((id) => [id, [] as (number | null)[]]));
  const town = createParkingTown({
    db,
    clock,
    show: async (showings) => {
      for (const { spaceId, display } of showings) told.get(spaceId)?.push(display.day);
    },
  });
  await parkEverywhere(town, { db, ids, arrival: noon });
  await town.idle();
  for (const days of told.values()) days.length = 0;

  clock.at = midnight;
  const shown = await killedInTheMiddle(database.url);
  for (const [id, day] of shown) told.get(id)?.push(day);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThan(ids.length);

  while ((await town.showDue()) > 0);
  await town.idle();
  const { rows } = await database.pool.query<{ day: string; n: number }>(
    `select display->>'day' as day, count(*)::int as n from space_states group by 1`,
  );
  expect(rows).toEqual([{ day: '2', n: ids.length }]);
  const twice = [...told].filter(([, days]) => days.length > 1);
  expect(twice).toEqual([]);
  // What was kept but not shown when the server died is shown by the start of the next one.
  await town.showAgain();
  const untold = [...told].filter(([, days]) => !days.includes(2));
  expect(untold).toEqual([]);
}, 60_000);

/** What a server showed until it was killed, after its first batch. */
async function killedInTheMiddle(url: string): Promise<[string, number][]> {
  const program = new URL('../testing/midnight-server.ts', import.meta.url);
  const server = fork(program, [JSON.stringify({ url, now: midnight.toISOString() })]);
  const shown: [string, number][] = [];
  server.on('message', (message) => {
    if (Array.isArray(message)) shown.push(...(message as [string, number][]));
    server.kill('SIGKILL');
  });
  await once(server, 'exit');
  return shown;
}
