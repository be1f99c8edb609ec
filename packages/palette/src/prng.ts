/** A source of numbers that look random and are the same everywhere for the same seed. */
export type Prng = {
  /** Integer 0 … 2³² − 1. */
  next: () => number;
  /** Integer 0 … bound − 1, for 1 ≤ bound ≤ 2³². */
  below: (bound: number) => number;
};

/** Integer arithmetic only. Source: S. Vigna 2014, splitmix, in its 32-bit form with murmur3's mixer. */
export function prngFrom(seed: number): Prng {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  // The product of two integers below 2³² may pass 2⁵³, but is rounded alike everywhere.
  const below = (bound: number): number => Math.floor((next() * bound) / 4294967296);
  return { next, below };
}
