import { createRequire } from 'node:module';
import { liveColours, metricsOf, paletteFor, shippedColours } from '@vigie/palette';
import type distinctColorsModule from 'distinct-colors';
import type iwanthueModule from 'iwanthue';

// Both are CommonJS whose type declarations promise a default export that Node does not see.
const require = createRequire(import.meta.url);
const iwanthue: typeof iwanthueModule.default = require('iwanthue');
const { default: distinctColors }: typeof distinctColorsModule = require('distinct-colors');

const DAYS = [7, 14, 31, 60];
/** Other tools get so many tries, each in its best setting for this; the best by our objective counts. */
const TRIES = 5;
const LEAST_LIGHTNESS = 30;
const BLACK = '#000000';

type Tool = { name: string; make: (days: number) => readonly string[] };

const TOOLS: readonly Tool[] = [
  { name: 'vigie, shipped table', make: (days) => paletteFor(days).colours.slice(0, -1) },
  { name: 'vigie, live search', make: liveColours },
  { name: 'iwanthue, as it comes', make: (days) => iwanthue(days, { seed: 1 }) },
  { name: 'iwanthue, at its best', make: (days) => bestOf(days, iwanthueAtItsBest) },
  { name: 'distinct-colors', make: (days) => bestOf(days, distinct) },
  { name: 'HSL wheel', make: wheel },
];

/** How far apart our colours and those of other tools are, and what a live search gives up to a long one. */
export async function run(): Promise<void> {
  console.log(
    `Least distance of any two colours, black included; the others: best of ${TRIES} tries,`,
  );
  console.log(
    'colour space opened as far as they allow above L* 30, their order of days as given.',
  );
  for (const days of DAYS) {
    console.log(
      `\n${days} days${' '.repeat(days < 10 ? 20 : 19)}ΔE00  worst CVD  CAM16-UCS  next day  objective       s`,
    );
    for (const tool of TOOLS) compare(tool, days);
  }
  console.log(`\nLive search beside the shipped table\ndays  objective  of table       s`);
  for (const days of [7, 14, 20, 31, 45, 60, 61, 90, 120, 183, 366]) compareLive(days);
}

function compare({ name, make }: Tool, days: number): void {
  const began = performance.now();
  const colours = make(days);
  const seconds = (performance.now() - began) / 1000;
  const { deltaE00, worstDeficiencyDeltaE00, cam16Ucs, consecutiveDeltaE00, objective } = metricsOf(
    [...colours, BLACK],
  );
  const nextDay = Math.min(...Object.values(consecutiveDeltaE00));
  const figures: [number, number][] = [
    [deltaE00.normal, 6],
    [worstDeficiencyDeltaE00, 11],
    [cam16Ucs.normal, 11],
    [nextDay, 10],
    [objective, 11],
  ];
  const cells = figures.map(([figure, width]) => figure.toFixed(1).padStart(width)).join('');
  console.log(`${name.padEnd(24)}${cells}${seconds.toFixed(2).padStart(8)}`);
}

function compareLive(days: number): void {
  const began = performance.now();
  const live = metricsOf([...liveColours(days), BLACK]).objective;
  const seconds = (performance.now() - began) / 1000;
  const shipped = shippedColours(days);
  const share = shipped && live / metricsOf([...shipped, BLACK]).objective;
  const cells = [
    `${days}`.padStart(4),
    live.toFixed(2).padStart(11),
    (share === undefined ? 'no table' : `${(100 * share).toFixed(0)} %`).padStart(10),
    seconds.toFixed(2).padStart(8),
  ];
  console.log(cells.join(''));
}

function bestOf(days: number, make: (days: number, seed: number) => string[]): string[] {
  let best: string[] = [];
  let most = -1;
  for (let seed = 1; seed <= TRIES; seed++) {
    const colours = make(days, seed);
    const { objective } = metricsOf([...colours, BLACK]);
    if (objective > most) [best, most] = [colours, objective];
  }
  return best;
}

/** Force vectors do better here than its k-means, at a tenth of the time. */
function iwanthueAtItsBest(days: number, seed: number): string[] {
  const colorSpace = { hmin: 0, hmax: 360, cmin: 0, cmax: 100, lmin: LEAST_LIGHTNESS, lmax: 100 };
  return iwanthue(days, {
    clustering: 'force-vector',
    colorSpace,
    seed,
    distance: 'compromise',
    quality: 100,
  });
}

function distinct(days: number): string[] {
  const colours = distinctColors({
    count: days,
    lightMin: LEAST_LIGHTNESS,
    quality: 100,
    samples: 3000,
  });
  return colours.map((colour) => colour.hex());
}

/** Hues at equal steps, full saturation, half lightness. */
function wheel(days: number): string[] {
  return Array.from({ length: days }, (_, i) => {
    const channel = (offset: number): string => {
      const turn = (offset + (i * 12) / days) % 12;
      const level = 0.5 - 0.5 * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
      return Math.round(255 * level)
        .toString(16)
        .padStart(2, '0');
    };
    return `#${channel(0)}${channel(8)}${channel(4)}`;
  });
}
