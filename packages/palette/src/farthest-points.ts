import { STRIDE } from './appearance.ts';
import type { ColourTable } from './colour-table.ts';
import { separationSquared, type Weights } from './separation.ts';

/**
 * Picks `count` candidates one by one, each the farthest from black and from all picked before; the
 * first is `candidates[first]`. Gives 0xRRGGBB in the order of picking.
 * @throws RangeError if there are fewer candidates, or one is too dark for a day.
 */
export function farthestPoints(
  candidates: readonly number[],
  count: number,
  weights: Weights,
  table: ColourTable,
): number[] {
  if (count > candidates.length) {
    throw new RangeError(`${count} colours were asked of ${candidates.length} candidates.`);
  }
  const nearest = new Float64Array(candidates.length).fill(Infinity);
  const picked: number[] = [];
  let from: Float64Array = table.black;
  while (picked.length < count) {
    let best = 0;
    for (let i = 0; i < candidates.length; i++) {
      const row = table.rowOf(candidates[i] as number);
      if (row < 0) throw new RangeError(`Colour ${candidates[i]} is too dark for a day.`);
      const before = nearest[i] as number;
      nearest[i] = separationSquared(table.rows, row, from, 0, weights.normal, before, 0);
      if ((nearest[i] as number) > (nearest[best] as number)) best = i;
    }
    const code = candidates[best] as number;
    picked.push(code);
    const row = table.rowOf(code);
    from = table.rows.slice(row, row + STRIDE);
  }
  return picked;
}

/** The colours of a grid of `levels` codes per channel, 0 and 255 included, that a day may have. */
export function litGrid(levels: number, table: ColourTable): number[] {
  const steps = Array.from({ length: levels }, (_, i) => Math.round((i * 255) / (levels - 1)));
  return steps
    .flatMap((r) => steps.flatMap((g) => steps.map((b) => (r << 16) | (g << 8) | b)))
    .filter((code) => table.rowOf(code) >= 0);
}
