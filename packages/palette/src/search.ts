import { anneal, type Schedule } from './anneal.ts';
import { createColourTable } from './colour-table.ts';
import { farthestPoints, litGrid } from './farthest-points.ts';
import { ordered } from './order.ts';
import { createPacking } from './packing.ts';
import { prngFrom } from './prng.ts';
import { weightsFor } from './separation.ts';

/** How hard to search: the same effort gives the same colours on every machine. */
export type Effort = Schedule & { seed: number };

const GRID_LEVELS = 9;
const LIVE_SEED = 1;
/** Up to so many days a live search takes the short time; beyond, the long one. */
const SHORT_DAYS = 31;
const SHORT_STEPS = 80_000;
const LONG_STEPS = 250_000;

/** Heat and span by number of days: many colours lie close and bear less shaking. */
export function shakingFor(days: number): Pick<Schedule, 'heat' | 'span'> {
  return days > SHORT_DAYS ? { heat: 0.03, span: 60 } : { heat: 0.05, span: 85 };
}

/** The effort of a search while somebody waits: below a second up to 31 days, a few seconds beyond. */
export function liveEffort(days: number): Effort {
  const steps = days > SHORT_DAYS ? LONG_STEPS : SHORT_STEPS;
  return { seed: LIVE_SEED, steps, ...shakingFor(days) };
}

/**
 * Searches colours for so many days, 0xRRGGBB in the order of the days, black left out. Starts from
 * farthest points of a coarse grid, shakes them into place among all 8-bit colours, then orders them.
 *
 * The same on every machine: coordinates and distances are made of sums, products, quotients and
 * square roots alone (see portable-math), chance of 32-bit integers, and the work is counted in steps,
 * never in time.
 */
export const searchedColours = (days: number, effort: Effort): number[] =>
  ordered(packedColours(days, effort));

/** The colours of `searchedColours` in no order: what is lawful of these is lawful of those. */
export function packedColours(days: number, effort: Effort): number[] {
  const weights = weightsFor(days + 1);
  const table = createColourTable(weights);
  const start = farthestPoints(litGrid(GRID_LEVELS, table), days, weights, table);
  const packing = createPacking(start, weights, table);
  return Array.from(anneal(packing, effort, prngFrom(effort.seed)));
}
