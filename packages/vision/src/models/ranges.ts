/** Where the values of a tensor lie. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Values of one tensor at one picture, or at several together. */
export interface Spread {
  /** smallest and largest value */
  readonly ends: Range;
  /** all but the rarest values; of several pictures the widest */
  readonly bulk: Range;
}

/** Share of the values that may lie beyond each end of the bulk. */
const RARE = 0.0005;
const BINS = 4096;

function endsOf(values: Float32Array): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** Where the values of one tensor lie at one picture; the bulk to 1/4096 of its width. */
export function spreadOf(values: Float32Array): Spread {
  const ends = endsOf(values);
  const step = (ends.high - ends.low) / BINS;
  if (!(step > 0)) return { ends, bulk: ends };
  const counts = new Uint32Array(BINS + 1);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i] as number) - ends.low) / step);
    counts[bin] = (counts[bin] as number) + 1;
  }
  const rare = values.length * RARE;
  const binsBeyond = (ordered: Uint32Array): number => {
    let seen = 0;
    return ordered.findIndex((count) => {
      seen += count;
      return seen > rare;
    });
  };
  const low = ends.low + binsBeyond(counts) * step;
  const high = ends.high - Math.max(0, binsBeyond(counts.toReversed()) - 1) * step;
  return { ends, bulk: { low, high } };
}

const hull = (a: Range, b: Range): Range => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
});

/** Both spreads together. */
export const joinSpreads = (a: Spread, b: Spread): Spread => ({
  ends: hull(a.ends, b.ends),
  bulk: hull(a.bulk, b.bulk),
});

/**
 * The range that 256 steps should cover: halfway between the bulk and the ends. The ends alone make the steps too
 * coarse for crowded rooms, the bulk alone cuts the strongest finds; measured, see docs/models.md.
 */
export const rangeOf = ({ ends, bulk }: Spread): Range => ({
  low: (ends.low + bulk.low) / 2,
  high: (ends.high + bulk.high) / 2,
});

/** Size of one of 256 steps, and the step that stands for 0, which always is one of them. */
export function stepsOf({ low, high }: Range): { scale: number; zeroPoint: number } {
  const from = Math.min(low, 0);
  const width = Math.max(high, 0) - from;
  const scale = width > 0 ? width / 255 : 1;
  return { scale, zeroPoint: Math.round((0 - from) / scale) };
}
