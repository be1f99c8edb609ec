/**
 * Gives each row a column of its own such that the summed cost is least; the columns by row.
 * Shortest augmenting paths with dual prices.
 * Source: Kuhn 1955, "The Hungarian method for the assignment problem"; Jonker, Volgenant 1987.
 * @throws RangeError when there are fewer columns than rows.
 */
export function leastCostChoice(costs: readonly (readonly number[])[]): number[] {
  const columns = costs[0]?.length ?? 0;
  if (columns < costs.length) throw new RangeError('There are fewer columns than rows.');
  const rowPrice = new Float64Array(costs.length);
  const columnPrice = new Float64Array(columns);
  /** by column; −1 where free */
  const rowOf = new Int32Array(columns).fill(-1);
  costs.forEach((_, row) => {
    augment(row, { costs, rowPrice, columnPrice, rowOf });
  });
  const choice = new Array<number>(costs.length).fill(-1);
  rowOf.forEach((row, column) => {
    if (row >= 0) choice[row] = column;
  });
  return choice;
}

type Matching = {
  costs: readonly (readonly number[])[];
  rowPrice: Float64Array;
  columnPrice: Float64Array;
  rowOf: Int32Array;
};

/** Finds the cheapest way to seat one more row, moving seated ones where that pays. */
function augment(start: number, matching: Matching): void {
  const { costs, rowPrice, columnPrice, rowOf } = matching;
  const columns = rowOf.length;
  const least = new Float64Array(columns).fill(Infinity);
  const cameFrom = new Int32Array(columns).fill(-1);
  const done = new Uint8Array(columns);
  let row = start;
  let column = -1;
  for (;;) {
    let next = -1;
    for (let j = 0; j < columns; j++) {
      if (done[j]) continue;
      const cost = costs[row]?.[j] ?? Infinity;
      const reduced = cost - (rowPrice[row] as number) - (columnPrice[j] as number);
      if (reduced < (least[j] as number)) {
        least[j] = reduced;
        cameFrom[j] = column;
      }
      if (next < 0 || (least[j] as number) < (least[next] as number)) next = j;
    }
    reprice(least[next] as number, start, done, least, matching);
    done[next] = 1;
    column = next;
    if (rowOf[column] === -1) break;
    row = rowOf[column] as number;
  }
  while (column >= 0) {
    const before = cameFrom[column] as number;
    rowOf[column] = before < 0 ? start : (rowOf[before] as number);
    column = before;
  }
}

/** Moves the prices by delta, so that the next column costs its row nothing. */
function reprice(
  delta: number,
  start: number,
  done: Uint8Array,
  least: Float64Array,
  { rowPrice, columnPrice, rowOf }: Matching,
): void {
  rowPrice[start] = (rowPrice[start] as number) + delta;
  for (let j = 0; j < done.length; j++) {
    if (done[j]) {
      const row = rowOf[j] as number;
      rowPrice[row] = (rowPrice[row] as number) + delta;
      columnPrice[j] = (columnPrice[j] as number) - delta;
    } else {
      least[j] = (least[j] as number) - delta;
    }
  }
}
