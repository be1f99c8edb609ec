import { appearancesOf, LAB, STRIDE } from './appearance.ts';
import { VISIONS, type Vision } from './colour-vision.ts';
import { deltaE00SquaredAt } from './separation.ts';
import { codeOf } from './srgb.ts';

/** Two days and how far apart their colours are. Days count from 1; the last is black. */
export type Pair = { days: readonly [number, number]; deltaE00: number };

/** The pairs that these eyes confuse most easily, nearest first. @throws RangeError unless all `#rrggbb`. */
export function closestPairs(colours: readonly string[], vision: Vision, most: number): Pair[] {
  const table = appearancesOf(colours.map(codeOf));
  const lab = LAB + 4 * VISIONS.indexOf(vision);
  const nearest: Pair[] = [];
  for (let i = 0; i < colours.length; i++) {
    for (let j = i + 1; j < colours.length; j++) {
      const [p, q] = [i * STRIDE + lab, j * STRIDE + lab];
      const deltaE00 = Math.sqrt(deltaE00SquaredAt(table, p, table, q));
      if (nearest.length === most && deltaE00 >= (nearest.at(-1)?.deltaE00 ?? 0)) continue;
      nearest.push({ days: [i + 1, j + 1], deltaE00 });
      nearest.sort((a, b) => a.deltaE00 - b.deltaE00);
      nearest.length = Math.min(nearest.length, most);
    }
  }
  return nearest;
}
