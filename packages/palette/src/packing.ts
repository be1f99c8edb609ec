import { STRIDE } from './appearance.ts';
import type { ColourTable } from './colour-table.ts';
import { separationSquared, type Weights } from './separation.ts';

/** A set of colours with black, and how near each is to its nearest neighbour. */
export type Packing = {
  /** 0xRRGGBB of the days' colours; black is not among them. */
  codes: Int32Array;
  /** Squared distance of each colour, black last, to the nearest other. */
  nearest: Float64Array;
  /** The smallest of `nearest`: the square of the objective. */
  least: () => number;
  /** Moves colour i to a new code unless that brings it nearer than √stop to another colour. */
  tryMove: (i: number, code: number, stop: number) => boolean;
};

/**
 * Squared distances above this × a reference are all taken for this × the reference, which saves most
 * ΔE00. The reference follows the least distance before that comes near.
 */
const CAP = 1.7;
const RAISE = 1.2;

/** A packing of these colours, which are copied. @throws RangeError if one is too dark for a day. */
export function createPacking(
  start: ArrayLike<number>,
  weights: Weights,
  table: ColourTable,
): Packing {
  const days = start.length;
  const size = days + 1;
  const codes = Int32Array.from(start);
  const rows = new Float64Array(size * STRIDE);
  /** Squared distance by i × size + j. */
  const distances = new Float64Array(size * size).fill(Infinity);
  const nearest = new Float64Array(size).fill(Infinity);
  /** by colour: the one that last stood in its way */
  const blocker = Int32Array.from({ length: size }, (_, i) => (i === 0 ? days : 0));
  const proposed = new Float64Array(size);
  let leastOfAll = Infinity;
  let reference = Infinity;

  const copyRow = (i: number, code: number): void => {
    const row = table.rowOf(code);
    if (row < 0) throw new RangeError(`Colour ${code.toString(16)} is too dark for a day.`);
    rows.set(table.rows.subarray(row, row + STRIDE), i * STRIDE);
  };

  const nearestOf = (i: number): number => {
    let least = Infinity;
    const end = (i + 1) * size;
    for (let at = i * size; at < end; at++) {
      const distance = distances[at] as number;
      if (distance < least) least = distance;
    }
    return least;
  };

  /** Takes over the proposed distances of colour i. */
  const settle = (i: number): void => {
    for (let j = 0; j < size; j++) {
      if (j === i) continue;
      const before = distances[j * size + i] as number;
      const after = proposed[j] as number;
      distances[i * size + j] = after;
      distances[j * size + i] = after;
      if (after <= (nearest[j] as number)) nearest[j] = after;
      else if (before === nearest[j]) nearest[j] = nearestOf(j);
    }
    nearest[i] = nearestOf(i);
    leastOfAll = smallest(nearest);
  };

  /** Measures all pairs in full, and takes the least for the new reference. */
  const measureAll = (): void => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const [p, q] = [i * STRIDE, j * STRIDE];
        const distance = separationSquared(rows, p, rows, q, weights.normal, Infinity, 0);
        distances[i * size + j] = distance;
        distances[j * size + i] = distance;
      }
    }
    for (let i = 0; i < size; i++) nearest[i] = nearestOf(i);
    leastOfAll = smallest(nearest);
    reference = leastOfAll;
  };

  const tryMove = (i: number, code: number, stop: number): boolean => {
    const row = table.rowOf(code);
    if (row < 0) return false;
    const from = table.rows;
    const cap = Math.max(stop, reference) * CAP;
    const first = blocker[i] as number;
    const { normal } = weights;
    if (separationSquared(from, row, rows, first * STRIDE, normal, cap, stop) < stop) return false;
    for (let j = 0; j < size; j++) {
      if (j === i) continue;
      const distance = separationSquared(from, row, rows, j * STRIDE, normal, cap, stop);
      if (distance < stop) {
        blocker[i] = j;
        return false;
      }
      proposed[j] = distance;
    }
    codes[i] = code;
    rows.set(from.subarray(row, row + STRIDE), i * STRIDE);
    settle(i);
    if (leastOfAll > RAISE * reference) measureAll();
    return true;
  };

  for (let i = 0; i < days; i++) copyRow(i, codes[i] as number);
  rows.set(table.black, days * STRIDE);
  measureAll();
  return { codes, nearest, least: () => leastOfAll, tryMove };
}

function smallest(values: Float64Array): number {
  let least = Infinity;
  for (let i = 0; i < values.length; i++) {
    if ((values[i] as number) < least) least = values[i] as number;
  }
  return least;
}
