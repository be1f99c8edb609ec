import { CAM16, LAB } from './appearance.ts';
import { deltaE00Squared } from './ciede2000.ts';

/** How a distance to a normal eye counts beside one to an eye without a cone type (which counts 1). */
export type Weights = { normal: number; oklab: number };

/** CAM16-UCS distances run a little above ΔE00: this makes them alike. */
const CAM16_WEIGHT = 0.95;

/**
 * By number of colours with black, from the first row on; between two rows on straight lines. Few
 * colours can be far apart for all eyes, so that the deficiencies count more there; the steps were
 * chosen so that no one figure is bought dearly with another.
 */
const WEIGHTS: readonly (Weights & { colours: number })[] = [
  { colours: 7, normal: 0.6, oklab: 0.9 },
  { colours: 8, normal: 0.4, oklab: 0.6 },
  { colours: 15, normal: 0.4, oklab: 0.76 },
  { colours: 32, normal: 0.4, oklab: 0.74 },
  { colours: 61, normal: 0.4, oklab: 0.78 },
];

/** Weights for a palette of so many colours, black included. */
export function weightsFor(colours: number): Weights {
  const above = WEIGHTS.find((row) => colours <= row.colours) ?? WEIGHTS.at(-1);
  const below = WEIGHTS.findLast((row) => row.colours <= colours) ?? WEIGHTS[0];
  if (!above || !below) throw new RangeError('The table of weights is empty.');
  const share = (colours - below.colours) / (above.colours - below.colours || 1);
  const between = (from: number, to: number): number =>
    from === to ? to : from + share * (to - from);
  return {
    normal: between(below.normal, above.normal),
    oklab: between(below.oklab, above.oklab),
  };
}

/** Scales the coordinates at table[offset …] in place, so that their distances come out weighted. */
export function weigh(table: Float64Array, offset: number, weights: Weights): void {
  for (let c = 0; c < CAM16; c++) table[offset + c] = (table[offset + c] as number) * weights.oklab;
  for (let c = CAM16; c < LAB; c++) {
    const weight = c < CAM16 + 3 ? CAM16_WEIGHT * weights.normal : CAM16_WEIGHT;
    table[offset + c] = (table[offset + c] as number) * weight;
  }
}

/**
 * Square of the separation of two weighed appearances, p at i and q at j: the least, over all visions,
 * of ΔE00 and 0.95 × CAM16-UCS, and of OKLab × 100 for the normal eye, each weighted. Never more than
 * `cap`; below `stop` it may be any value between the true one and `stop`. The cheap distances come
 * first, so that most ΔE00 need not be computed.
 */
export function separationSquared(
  p: Float64Array,
  i: number,
  q: Float64Array,
  j: number,
  normal: number,
  cap: number,
  stop: number,
): number {
  const oklab = squaredDistance(p, i, q, j);
  if (oklab < stop) return oklab;
  const normalCam = squaredDistance(p, i + CAM16, q, j + CAM16);
  const protanCam = squaredDistance(p, i + CAM16 + 3, q, j + CAM16 + 3);
  const deutanCam = squaredDistance(p, i + CAM16 + 6, q, j + CAM16 + 6);
  const tritanCam = squaredDistance(p, i + CAM16 + 9, q, j + CAM16 + 9);
  let least = cap;
  if (oklab < least) least = oklab;
  if (normalCam < least) least = normalCam;
  if (protanCam < least) least = protanCam;
  if (deutanCam < least) least = deutanCam;
  if (tritanCam < least) least = tritanCam;
  if (least >= stop && PRUNE * protanCam < least) {
    least = Math.min(least, deltaE00SquaredAt(p, i + LAB + 4, q, j + LAB + 4));
  }
  if (least >= stop && PRUNE * deutanCam < least) {
    least = Math.min(least, deltaE00SquaredAt(p, i + LAB + 8, q, j + LAB + 8));
  }
  if (least >= stop && PRUNE * tritanCam < least) {
    least = Math.min(least, deltaE00SquaredAt(p, i + LAB + 12, q, j + LAB + 12));
  }
  if (least >= stop && PRUNE * normalCam < least) {
    least = Math.min(least, normal * normal * deltaE00SquaredAt(p, i + LAB, q, j + LAB));
  }
  return least;
}

/**
 * ΔE00 is taken to be at least this share of the squared, weighed CAM16-UCS distance. Among colours a
 * day may have, and black, the smallest share that hill-climbing finds is 0.2935 of the plain distance
 * (#ff06a4 beside #7e8888).
 */
const PRUNE = (0.29 / CAM16_WEIGHT) * (0.29 / CAM16_WEIGHT);

/** Square of ΔE00 between L* a* b* C*ab at p[i] and at q[j]. */
export function deltaE00SquaredAt(p: Float64Array, i: number, q: Float64Array, j: number): number {
  return deltaE00Squared(
    p[i] as number,
    p[i + 1] as number,
    p[i + 2] as number,
    p[i + 3] as number,
    q[j] as number,
    q[j + 1] as number,
    q[j + 2] as number,
    q[j + 3] as number,
  );
}

/** Square of the Euclidean distance between the three doubles at p[i] and those at q[j]. */
export function squaredDistance(p: Float64Array, i: number, q: Float64Array, j: number): number {
  const x = (p[i] as number) - (q[j] as number);
  const y = (p[i + 1] as number) - (q[j + 1] as number);
  const z = (p[i + 2] as number) - (q[j + 2] as number);
  return x * x + y * y + z * z;
}
