import type { Packing } from './packing.ts';
import { logarithm } from './portable-math.ts';
import type { Prng } from './prng.ts';

/** How long and how hot to shake. */
export type Schedule = {
  /** Moves tried; time grows in proportion. */
  steps: number;
  /** Loss that is at first accepted once in e times, as a share of the objective. */
  heat: number;
  /** Largest change of a channel at first, in codes of 0..255. */
  span: number;
  /** Told now and then which share of the steps is done, 0..1. */
  onProgress?: (done: number) => void;
};

const STEPS_BETWEEN_REPORTS = 65536;

/** Codes of a channel are tried in multiples of the first pitch whose span is still as wide. */
const PITCHES: readonly (readonly [span: number, pitch: number])[] = [
  [40, 5],
  [12, 3],
  [0, 1],
];

/**
 * Shakes a packing, ever more gently, and gives the best arrangement it passed through. A colour may
 * move where its nearest neighbour is no nearer than before, or a little nearer while it is hot; one
 * move in four goes to the colour that is worst off. Decides on sums, products, square roots and an
 * integer generator only, so that every machine takes the same way.
 */
export function anneal(packing: Packing, schedule: Schedule, random: Prng): Int32Array {
  const { codes, nearest } = packing;
  const { steps, heat, span } = schedule;
  let best = packing.least();
  let bestCodes = codes.slice();
  let objective = Math.sqrt(best);
  for (let step = 0; step < steps; step++) {
    if (step % STEPS_BETWEEN_REPORTS === 0) schedule.onProgress?.(step / steps);
    const left = 1 - step / steps;
    const reach = Math.max(1, Math.round(span * left * left));
    const i = random.below(4) === 0 ? worstOff(nearest, random) : random.below(codes.length);
    const code = neighbour(codes[i] as number, reach, random);
    if (code === codes[i]) continue;
    const temperature = heat * objective * left * Math.sqrt(left);
    const luck = logarithm((random.next() + 1) / 4294967296);
    const limit = Math.max(objective / 2, Math.sqrt(nearest[i] as number) + temperature * luck);
    if (!packing.tryMove(i, code, limit * limit)) continue;
    objective = Math.sqrt(packing.least());
    if (packing.least() > best) {
      best = packing.least();
      bestCodes = codes.slice();
    }
  }
  return bestCodes;
}

/** The day whose nearest neighbour is nearest; of two that are equal, one or the other. */
function worstOff(nearest: Float64Array, random: Prng): number {
  let worst = 0;
  for (let i = 1; i < nearest.length - 1; i++) {
    const distance = nearest[i] as number;
    const least = nearest[worst] as number;
    if (distance < least || (distance === least && random.below(2) === 0)) worst = i;
  }
  return worst;
}

/** A code at most `reach` away in each channel. */
function neighbour(code: number, reach: number, random: Prng): number {
  const pitch = PITCHES.find(([span]) => reach >= span)?.[1] ?? 1;
  const most = Math.ceil(reach / pitch);
  let moved = 0;
  for (let shift = 16; shift >= 0; shift -= 8) {
    const steps = Math.round(((code >> shift) & 255) / pitch) + random.below(2 * most + 1) - most;
    moved |= Math.min(255, Math.max(0, steps * pitch)) << shift;
  }
  return moved;
}
