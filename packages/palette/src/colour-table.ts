import { LAB, STRIDE, writeAppearance } from './appearance.ts';
import { type Weights, weigh } from './separation.ts';

/** Least L* of a day's colour: a lamp shows nothing darker beside black. */
export const LEAST_LIGHTNESS = 30;

/** Weighed appearances, computed once each and kept while there is room. */
export type ColourTable = {
  /** Rows of STRIDE doubles. */
  rows: Float64Array;
  /** The row of black, which is no day's colour. */
  black: Float64Array;
  /** Where the row of 0xRRGGBB begins, or −1 when the colour is darker than a day's may be. */
  rowOf: (code: number) => number;
};

const DEFAULT_CAPACITY = 32768;
const TOO_DARK = -1;

/** A table for one set of weights. `rowOf` may move any row: copy what must last. */
export function createColourTable(weights: Weights, capacity = DEFAULT_CAPACITY): ColourTable {
  const rows = new Float64Array(capacity * STRIDE);
  /** by 0xRRGGBB */
  const known = new Map<number, number>();
  let used = 0;
  const black = new Float64Array(STRIDE);
  writeAppearance(0, black, 0);
  weigh(black, 0, weights);

  const rowOf = (code: number): number => {
    const found = known.get(code);
    if (found !== undefined) return found;
    if (used === capacity) {
      known.clear();
      used = 0;
    }
    const row = used * STRIDE;
    writeAppearance(code, rows, row);
    if ((rows[row + LAB] as number) < LEAST_LIGHTNESS) {
      known.set(code, TOO_DARK);
      return TOO_DARK;
    }
    weigh(rows, row, weights);
    known.set(code, row);
    used++;
    return row;
  };
  return { rows, black, rowOf };
}
