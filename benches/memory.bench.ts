import { setTimeout as wait } from 'node:timers/promises';
import { topics } from '@vigie/contracts/topics';
import type { Watch } from '@vigie/contracts/vision';
import { startCountedCameras } from './counted-cameras.ts';

const minutes = Number(process.env.VIGIE_BENCH_MINUTES ?? 30);
const MINUTE = 60_000;
const MB = 1e6;
/** Less growth than this, in MB an hour, is what one collection of garbage more or less makes. */
const NO_GROWTH = 10;

type Sample = Pick<NodeJS.MemoryUsage, 'rss' | 'heapUsed' | 'external'>;

/** Memory of a worker that counts a camera twice a second and shows it, minute by minute, and whether it grows. */
export async function run(): Promise<void> {
  const town = await startCountedCameras({ cameras: 1, fps: 2 });
  console.log(`one camera, 2 looks a second, watched; ${minutes} minutes (VIGIE_BENCH_MINUTES)`);
  console.log('minute      rss     heap   external, MB');
  const samples: Sample[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    const watch: Watch = {
      mode: 'private',
      until: new Date(Date.now() + 2 * MINUTE).toISOString(),
    };
    town.client.publish(topics.cameraWatch('c0'), JSON.stringify(watch));
    samples.push(await town.memory());
    console.log(lineOf(minute, samples.at(-1) as Sample));
    if (minute < minutes) await wait(MINUTE);
  }
  await town.stop();
  // The first third is the warming up: code is compiled, scenes are learnt.
  const steady = samples.slice(Math.floor(samples.length / 3));
  for (const part of ['rss', 'heapUsed'] as const) {
    const perHour = 60 * slopeOf(steady.map((sample) => sample[part] / MB));
    const verdict = perHour < NO_GROWTH ? 'does not grow' : 'GROWS';
    console.log(
      `${part.padEnd(9)} ${perHour.toFixed(1)} MB an hour after minute ${samples.length - steady.length}: ${verdict}`,
    );
  }
}

const lineOf = (minute: number, sample: Sample): string =>
  [
    String(minute).padStart(6),
    ...[sample.rss, sample.heapUsed, sample.external].map((bytes) =>
      (bytes / MB).toFixed(1).padStart(9),
    ),
  ].join('');

/** Rise from one value to the next by least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const over = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0);
  return over / values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
}
