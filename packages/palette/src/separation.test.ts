import { describe, expect, it } from 'vitest';
import { appearancesOf, CAM16, LAB, STRIDE } from './appearance.ts';
import { prngFrom } from './prng.ts';
import {
  deltaE00SquaredAt,
  separationSquared,
  squaredDistance,
  weigh,
  weightsFor,
} from './separation.ts';

const COLOURS = 9;
const weights = weightsFor(COLOURS);

/** The separation of two colours with no short cut: every distance in every vision. */
function written(one: number, other: number): number {
  const table = appearancesOf([one, other]);
  const distances = [weights.oklab * Math.sqrt(squaredDistance(table, 0, table, STRIDE))];
  for (let v = 0; v < 4; v++) {
    const weight = v === 0 ? weights.normal : 1;
    const cam16 = squaredDistance(table, CAM16 + 3 * v, table, STRIDE + CAM16 + 3 * v);
    const deltaE = deltaE00SquaredAt(table, LAB + 4 * v, table, STRIDE + LAB + 4 * v);
    distances.push(weight * 0.95 * Math.sqrt(cam16), weight * Math.sqrt(deltaE));
  }
  return Math.min(...distances);
}

/** Pairs of colours that a day may have, or black. */
function pairs(count: number): [number, number][] {
  const random = prngFrom(3);
  const drawn = (): number => {
    for (;;) {
      const code = random.below(0x1000000);
      if ((appearancesOf([code])[LAB] as number) >= 30) return code;
    }
  };
  return Array.from({ length: count }, (_, i) => [i % 10 === 0 ? 0 : drawn(), drawn()]);
}

describe('separation', () => {
  it('is the least of all distances, whatever it skips', () => {
    for (const [one, other] of pairs(3000)) {
      const table = appearancesOf([one, other]);
      weigh(table, 0, weights);
      weigh(table, STRIDE, weights);
      const far = separationSquared(table, 0, table, STRIDE, weights.normal, Infinity, 0);
      expect(Math.sqrt(far)).toBeCloseTo(written(one, other), 9);
      const back = separationSquared(table, STRIDE, table, 0, weights.normal, Infinity, 0);
      expect(back).toBeCloseTo(far, 9);
    }
  });

  it('stops at the cap, and below the stop says no more than that', () => {
    for (const [one, other] of pairs(500)) {
      const table = appearancesOf([one, other]);
      weigh(table, 0, weights);
      weigh(table, STRIDE, weights);
      const whole = written(one, other) ** 2;
      expect(separationSquared(table, 0, table, STRIDE, weights.normal, 25, 0)).toBeCloseTo(
        Math.min(25, whole),
        6,
      );
      const stopped = separationSquared(table, 0, table, STRIDE, weights.normal, 1e6, 400);
      expect(stopped < 400).toBe(whole < 400);
    }
  });
});

describe('weights', () => {
  it.each([
    { colours: 8, normal: 0.4, oklab: 0.6 },
    { colours: 15, normal: 0.4, oklab: 0.76 },
    { colours: 32, normal: 0.4, oklab: 0.74 },
    { colours: 61, normal: 0.4, oklab: 0.78 },
    { colours: 2, normal: 0.6, oklab: 0.9 },
    { colours: 367, normal: 0.4, oklab: 0.78 },
  ])('are as laid down for $colours colours', ({ colours, normal, oklab }) => {
    expect(weightsFor(colours)).toEqual({ normal, oklab });
  });

  it('lie between their neighbours elsewhere', () => {
    const { oklab } = weightsFor(11);
    expect(oklab).toBeGreaterThan(0.6);
    expect(oklab).toBeLessThan(0.76);
  });
});
