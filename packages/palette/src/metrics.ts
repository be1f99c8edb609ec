import { appearancesOf, CAM16, LAB, STRIDE } from './appearance.ts';
import { VISIONS, type Vision } from './colour-vision.ts';
import {
  deltaE00SquaredAt,
  separationSquared,
  squaredDistance,
  weigh,
  weightsFor,
} from './separation.ts';
import { codeOf } from './srgb.ts';

/** One figure for each kind of eyes. */
export type PerVision = Readonly<Record<Vision, number>>;

/** How far apart the colours of a palette are. Distances: larger is better; Infinity without a pair. */
export type Metrics = {
  /** What the search maximises: the least weighted distance of any pair. */
  objective: number;
  /** Least distance of any pair. */
  deltaE00: PerVision;
  cam16Ucs: PerVision;
  /** Least OKLab distance × 100 of any pair, normal vision. */
  oklab: number;
  /** Least ΔE00 of the three deficiencies. */
  worstDeficiencyDeltaE00: number;
  /** Least ΔE00 between a colour and the next one, the last step to black included. */
  consecutiveDeltaE00: PerVision;
  /** Least L* of all colours but black. */
  leastLightness: number;
};

/** Figures of a palette, colours in the order of the days. @throws RangeError unless all `#rrggbb`. */
export function metricsOf(colours: readonly string[]): Metrics {
  const codes = colours.map(codeOf);
  const table = appearancesOf(codes);
  const figures = {
    deltaE00: perVision(),
    cam16Ucs: perVision(),
    oklab: Infinity,
    consecutiveDeltaE00: perVision(),
  };
  eachPair(codes.length, (i, j, p, q) => {
    const oklab = Math.sqrt(squaredDistance(table, p, table, q));
    figures.oklab = Math.min(figures.oklab, oklab);
    VISIONS.forEach((vision, v) => {
      const cam16 = CAM16 + 3 * v;
      const lab = LAB + 4 * v;
      const deltaE = Math.sqrt(deltaE00SquaredAt(table, p + lab, table, q + lab));
      lower(figures.deltaE00, vision, deltaE);
      if (j === i + 1) lower(figures.consecutiveDeltaE00, vision, deltaE);
      lower(
        figures.cam16Ucs,
        vision,
        Math.sqrt(squaredDistance(table, p + cam16, table, q + cam16)),
      );
    });
  });
  const { protan, deutan, tritan } = figures.deltaE00;
  return {
    objective: objectiveOf(codes),
    ...figures,
    worstDeficiencyDeltaE00: Math.min(protan, deutan, tritan),
    leastLightness: leastLightness(codes, table),
  };
}

/** The least weighted distance of any pair of the colours 0xRRGGBB, black among them. */
export function objectiveOf(codes: readonly number[]): number {
  const weights = weightsFor(codes.length);
  const table = appearancesOf(codes);
  codes.forEach((_, i) => {
    weigh(table, i * STRIDE, weights);
  });
  let least = Infinity;
  eachPair(codes.length, (_i, _j, p, q) => {
    least = separationSquared(table, p, table, q, weights.normal, least, 0);
  });
  return Math.sqrt(least);
}

/** All i < j with their offsets in a table of appearances. */
function eachPair(count: number, see: (i: number, j: number, p: number, q: number) => void): void {
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) see(i, j, i * STRIDE, j * STRIDE);
  }
}

function perVision(): Record<Vision, number> {
  return { normal: Infinity, protan: Infinity, deutan: Infinity, tritan: Infinity };
}

function lower(figures: Record<Vision, number>, vision: Vision, distance: number): void {
  figures[vision] = Math.min(figures[vision], distance);
}

function leastLightness(codes: readonly number[], table: Float64Array): number {
  let least = Infinity;
  codes.forEach((code, i) => {
    if (code !== 0) least = Math.min(least, table[i * STRIDE + LAB] as number);
  });
  return least;
}
