import { emptyFold, folded, type OccupancyEvent } from '../packages/server/src/parking/stays.ts';

const spaces = 10_000;
const hourMs = 3_600_000;
const start = Date.parse('2026-01-01T00:00:00Z');
/** A heartbeat every 2 h 15 and a change now and then: about 4,000 events a space and year. */
const heartbeatMs = 2.25 * hourMs;
const yearMs = 365 * 24 * hourMs;
const holdAt = () => 300_000;

/** One year of a town, folded from its events space by space; the baseline makes the same events and folds nothing. */
export async function run(): Promise<void> {
  const baseline = measure(() => undefined);
  const fold = measure((events) => void folded(emptyFold, events, holdAt));
  const line = (name: string, { events, seconds }: Measured) =>
    `${name.padEnd(28)}${(events / seconds / 1e6).toFixed(2).padStart(8)} million events/s${seconds.toFixed(1).padStart(8)} s`;
  console.log(`${spaces} spaces, one year, ${(fold.events / 1e6).toFixed(1)} million events`);
  console.log(line('events made, nothing folded', baseline));
  console.log(line('events made and folded', fold));
  console.log(
    `folding alone ${(fold.events / (fold.seconds - baseline.seconds) / 1e6).toFixed(2)} million events/s, heap at most ${fold.heapMiB.toFixed(0)} MiB, ratio ${(fold.seconds / baseline.seconds).toFixed(2)}`,
  );
}

interface Measured {
  events: number;
  seconds: number;
  heapMiB: number;
}

function measure(take: (events: readonly OccupancyEvent[]) => void): Measured {
  let events = 0;
  let heap = 0;
  const began = performance.now();
  for (let space = 0; space < spaces; space++) {
    const year = yearOf(space);
    events += year.length;
    take(year);
    if (space % 500 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed);
  }
  return { events, seconds: (performance.now() - began) / 1000, heapMiB: heap / 1_048_576 };
}

/** Events of a space as its log keeps them: in order, cars of some hours to some weeks. */
function yearOf(space: number): OccupancyEvent[] {
  const events: OccupancyEvent[] = [];
  let random = space + 1;
  let occupied = false;
  let nextChange = 0;
  for (let ms = 0; ms < yearMs; ms += heartbeatMs) {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    const isChange = ms >= nextChange;
    if (isChange) {
      occupied = !occupied;
      nextChange = ms + (random % 200) * hourMs;
    }
    const at = new Date(start + ms);
    events.push({
      at,
      receivedAt: at,
      deviceId: 'd',
      seq: events.length,
      kind: isChange ? 'change' : 'heartbeat',
      occupied,
      previousStateMs: null,
      isNewVehicle: false,
      silentAfterMs: 3 * heartbeatMs,
    });
  }
  return events;
}
