import { describe, expect, it } from 'vitest';
import {
  angleDegrees,
  cubeRoot,
  exponential,
  logarithm,
  power,
  smallSine,
} from './portable-math.ts';

/** `count` values from `from` to `to`, both included. */
function spread(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

describe('portable functions', () => {
  it.each([
    { name: 'exponential', ours: exponential, theirs: Math.exp, at: spread(-40, 40, 5001) },
    { name: 'logarithm', ours: logarithm, theirs: Math.log, at: spread(1e-6, 500, 5001) },
    { name: 'cubeRoot', ours: cubeRoot, theirs: Math.cbrt, at: spread(0, 30, 5001) },
    { name: 'smallSine', ours: smallSine, theirs: Math.sin, at: spread(-1.57, 1.57, 5001) },
    {
      name: 'power 0.42',
      ours: (x: number) => power(x, 0.42),
      theirs: (x: number) => x ** 0.42,
      at: spread(0, 500, 5001),
    },
  ])('$name is as near to the true value as the engine’s own', ({ ours, theirs, at }) => {
    for (const x of at) {
      const expected = theirs(x);
      expect(Math.abs(ours(x) - expected)).toBeLessThanOrEqual(
        2e-15 * Math.max(1, Math.abs(expected)),
      );
    }
  });

  it('measures angles all the way round, from 0 to below 360', () => {
    for (const degrees of spread(0, 359.9, 3600)) {
      const radians = (degrees * Math.PI) / 180;
      expect(angleDegrees(Math.sin(radians), Math.cos(radians))).toBeCloseTo(degrees, 10);
    }
    expect(angleDegrees(0, 0)).toBe(0);
  });

  it('refuses what has no value', () => {
    expect(() => logarithm(0)).toThrow(RangeError);
    expect(() => logarithm(-1)).toThrow(RangeError);
    expect(() => exponential(1000)).toThrow(RangeError);
    expect(() => exponential(Number.NaN)).toThrow(RangeError);
  });
});
