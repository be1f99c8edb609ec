import { appearancesOf, OKLAB, PER_VISION, STRIDE } from './appearance.ts';
import { VISIONS, type Vision } from './colour-vision.ts';
import { deltaE00SquaredAt, separation, squaredDistance, weightsFor } from './separation.ts';
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
  const weights = weightsFor(codes.length);
  const metrics = {
    objective: Infinity,
    deltaE00: perVision(),
    cam16Ucs: perVision(),
    oklab: Infinity,
    consecutiveDeltaE00: perVision(),
  };
  for (let i = 0; i < codes.length; i++) {
    for (let j = i + 1; j < codes.length; j++) {
      const p = i * STRIDE;
      const q = j * STRIDE;
      metrics.objective = separation(table, p, table, q, weights, metrics.objective);
      metrics.oklab = Math.min(
        metrics.oklab,
        Math.sqrt(squaredDistance(table, p + OKLAB, table, q + OKLAB)),
      );
      VISIONS.forEach((vision, v) => {
        const o = v * PER_VISION;
        const deltaE = Math.sqrt(deltaE00SquaredAt(table, p + o, table, q + o));
        const cam16 = Math.sqrt(squaredDistance(table, p + o + 4, table, q + o + 4));
        lower(metrics.deltaE00, vision, deltaE);
        lower(metrics.cam16Ucs, vision, cam16);
        if (j === i + 1) lower(metrics.consecutiveDeltaE00, vision, deltaE);
      });
    }
  }
  const { protan, deutan, tritan } = metrics.deltaE00;
  return {
    ...metrics,
    worstDeficiencyDeltaE00: Math.min(protan, deutan, tritan),
    leastLightness: leastLightness(codes, table),
  };
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
    if (code !== 0) least = Math.min(least, table[i * STRIDE] as number);
  });
  return least;
}
