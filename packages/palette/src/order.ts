import { appearancesOf, LAB, STRIDE } from './appearance.ts';
import { VISIONS } from './colour-vision.ts';
import { type Prng, prngFrom } from './prng.ts';
import { deltaE00SquaredAt } from './separation.ts';

const ORDER_SEED = 20260101;
/** Tries per colour and restart; the work grows with its product with the colours. */
const TRIES_PER_COLOUR = 600;
const RESTARTS = 8;

/**
 * Puts the days in an order in which tomorrow looks strikingly different from today: makes the smallest
 * ΔE00 between neighbours, with any of the four kinds of eyes, as large as it can; black is the fixed
 * neighbour of the last day. Colours are 0xRRGGBB.
 */
export function ordered(codes: readonly number[]): number[] {
  const steps = stepsBetween([...codes, 0]);
  const random = prngFrom(ORDER_SEED);
  let best = improved(
    steps,
    codes.map((_, i) => i),
    random,
  );
  for (let restart = 1; restart < RESTARTS; restart++) {
    const next = improved(steps, shuffled(best.path, random), random);
    if (next.cost < best.cost) best = next;
  }
  return best.path.map((i) => codes[i] as number);
}

/** Costs of stepping from one colour to another: (30 / least ΔE00 over all eyes)^16. */
type Steps = { cost: Float64Array; size: number };
type Path = { path: number[]; cost: number };

function stepsBetween(codes: readonly number[]): Steps {
  const size = codes.length;
  const table = appearancesOf(codes);
  const cost = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const ratio = 900 / leastDeltaE00Squared(table, i * STRIDE, j * STRIDE);
      const square = ratio * ratio;
      const fourth = square * square;
      cost[i * size + j] = fourth * fourth;
      cost[j * size + i] = fourth * fourth;
    }
  }
  return { cost, size };
}

function leastDeltaE00Squared(table: Float64Array, p: number, q: number): number {
  let least = Infinity;
  for (let v = 0; v < VISIONS.length; v++) {
    const lab = LAB + 4 * v;
    least = Math.min(least, deltaE00SquaredAt(table, p + lab, table, q + lab));
  }
  return least;
}

/** Turns stretches of the path round, or moves one day elsewhere, while that lowers the summed cost. */
function improved(steps: Steps, start: readonly number[], random: Prng): Path {
  const { cost, size } = steps;
  const days = start.length;
  const path = [...start, days];
  const step = (a: number, b: number): number =>
    a < 0 ? 0 : (cost[(path[a] as number) * size + (path[b] as number)] as number);
  for (let tries = TRIES_PER_COLOUR * days; tries > 0; tries--) {
    const a = random.below(days);
    const b = random.below(days);
    if (a === b) continue;
    const [first, last] = a < b ? [a, b] : [b, a];
    const before = step(first - 1, first) + step(last, last + 1);
    const after = step(first - 1, last) + step(first, last + 1);
    if (after < before) reverse(path, first, last);
  }
  let total = 0;
  for (let i = 0; i < days; i++) total += step(i, i + 1);
  return { path: path.slice(0, days), cost: total };
}

function reverse(path: number[], first: number, last: number): void {
  for (let a = first, b = last; a < b; a++, b--) {
    const kept = path[a] as number;
    path[a] = path[b] as number;
    path[b] = kept;
  }
}

function shuffled(path: readonly number[], random: Prng): number[] {
  const mixed = [...path];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = mixed[i] as number;
    mixed[i] = mixed[j] as number;
    mixed[j] = kept;
  }
  return mixed;
}
