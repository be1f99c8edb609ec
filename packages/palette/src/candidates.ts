import { appearancesOf, STRIDE } from './appearance.ts';

/** Least L* of a day's colour: a lamp shows nothing darker beside black. */
export const LEAST_LIGHTNESS = 35;

/** Colours a search may pick, as 0xRRGGBB, with their appearances. */
export type Candidates = { codes: Int32Array; table: Float64Array };

/** The lit colours of a grid of `levels` codes per channel, 0 and 255 included. */
export function gridCandidates(levels: number): Candidates {
  const steps = Array.from({ length: levels }, (_, i) => Math.round((i * 255) / (levels - 1)));
  const all = steps.flatMap((r) =>
    steps.flatMap((g) => steps.map((b) => (r << 16) | (g << 8) | b)),
  );
  const table = appearancesOf(all);
  const lit = all.flatMap((_, i) => ((table[i * STRIDE] as number) >= LEAST_LIGHTNESS ? [i] : []));
  const kept = new Float64Array(lit.length * STRIDE);
  lit.forEach((from, to) => {
    kept.set(table.subarray(from * STRIDE, (from + 1) * STRIDE), to * STRIDE);
  });
  return { codes: Int32Array.from(lit, (i) => all[i] as number), table: kept };
}
