import { OKLAB, PER_VISION } from './appearance.ts';
import { deltaE00Squared } from './ciede2000.ts';
import { VISIONS } from './colour-vision.ts';

/** How a distance to a normal eye counts beside one to an eye without a cone type (which counts 1). */
export type Weights = { normal: number; oklab: number };

/** CAM16-UCS distances run a little above ΔE00: this makes them alike. */
export const CAM16_WEIGHT = 0.95;
const NORMAL_WEIGHT = 0.4;

/** Weight of OKLab × 100 by number of colours with black; between them on straight lines. */
const OKLAB_WEIGHTS: readonly (readonly [colours: number, weight: number])[] = [
  [8, 0.6],
  [15, 0.76],
  [32, 0.74],
  [61, 0.78],
];

/** No ΔE00 in sRGB was ever found below this share of the CAM16-UCS distance of the same pair. */
const LEAST_DELTA_E_PER_CAM16 = 0.33;

/** Weights for a palette of so many colours, black included. */
export function weightsFor(colours: number): Weights {
  const [first] = OKLAB_WEIGHTS;
  let [fromColours, fromWeight] = first as readonly [number, number];
  for (const [toColours, toWeight] of OKLAB_WEIGHTS) {
    if (colours <= toColours) {
      const share = (colours - fromColours) / (toColours - fromColours || 1);
      const oklab = fromWeight + Math.max(0, share) * (toWeight - fromWeight);
      return { normal: NORMAL_WEIGHT, oklab };
    }
    [fromColours, fromWeight] = [toColours, toWeight];
  }
  return { normal: NORMAL_WEIGHT, oklab: fromWeight };
}

/**
 * The separation of two appearances, p at i and q at j, or `limit` if that is smaller: the least, over
 * all visions, of ΔE00 and 0.95 × CAM16-UCS, and of OKLab × 100 for the normal eye, each weighted. The
 * cheap distances come first so that most ΔE00 need not be computed.
 */
export function separation(
  p: Float64Array,
  i: number,
  q: Float64Array,
  j: number,
  weights: Weights,
  limit: number,
): number {
  let least = limit * limit;
  const oklab = weights.oklab * weights.oklab * squaredDistance(p, i + OKLAB, q, j + OKLAB);
  if (oklab < least) least = oklab;
  let checks = 0;
  for (let v = 0; v < VISIONS.length; v++) {
    const weight = v === 0 ? weights.normal * weights.normal : 1;
    const o = v * PER_VISION + 4;
    const cam16 = weight * squaredDistance(p, i + o, q, j + o);
    if (CAM16_WEIGHT * CAM16_WEIGHT * cam16 < least) least = CAM16_WEIGHT * CAM16_WEIGHT * cam16;
    if (LEAST_DELTA_E_PER_CAM16 * LEAST_DELTA_E_PER_CAM16 * cam16 < least) checks |= 1 << v;
  }
  for (let v = 0; v < VISIONS.length; v++) {
    if ((checks & (1 << v)) === 0) continue;
    const weight = v === 0 ? weights.normal * weights.normal : 1;
    const deltaE = weight * deltaE00SquaredAt(p, i + v * PER_VISION, q, j + v * PER_VISION);
    if (deltaE < least) least = deltaE;
  }
  return Math.sqrt(Math.max(0, least));
}

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
