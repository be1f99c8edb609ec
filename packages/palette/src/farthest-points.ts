import { STRIDE, writeAppearance } from './appearance.ts';
import type { Candidates } from './candidates.ts';
import { separation, type Weights } from './separation.ts';

/**
 * Picks `count` candidates one by one, each the farthest from black and from all picked before.
 * Gives 0xRRGGBB in the order of picking. @throws RangeError if there are fewer candidates.
 */
export function farthestPoints(candidates: Candidates, count: number, weights: Weights): number[] {
  const { codes, table } = candidates;
  if (count > codes.length) {
    throw new RangeError(`${count} colours were asked of ${codes.length} candidates.`);
  }
  const black = new Float64Array(STRIDE);
  writeAppearance(0, black, 0);
  const nearest = new Float64Array(codes.length).fill(Infinity);
  const picked: number[] = [];
  let from: Float64Array = black;
  while (picked.length < count) {
    let best = 0;
    for (let i = 0; i < codes.length; i++) {
      nearest[i] = separation(table, i * STRIDE, from, 0, weights, nearest[i] as number);
      if ((nearest[i] as number) > (nearest[best] as number)) best = i;
    }
    picked.push(codes[best] as number);
    from = table.subarray(best * STRIDE, (best + 1) * STRIDE);
  }
  return picked;
}
