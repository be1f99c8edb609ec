import { openDatabase } from '../platform/database.ts';
import { silentLog } from './log.ts';
import { createParkingTown } from './parking-town.ts';

/** A server that shows the new day and is killed while it does: tells its parent what it has shown. */
const { url, now } = JSON.parse(process.argv[2] ?? '{}');
const { db } = await openDatabase(url, silentLog);
const parking = createParkingTown({
  db,
  clock: { now: () => new Date(now), rate: 1 },
  show: async (showings) => {
    process.send?.(showings.map(({ spaceId, display }) => [spaceId, display.day]));
    // As slow as a street of real bollards, so that it can be killed in the middle.
    await new Promise((resolve) => setTimeout(resolve, 50));
  },
});
while ((await parking.showDue()) > 0);
process.send?.('done');
