import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinSpreads, rangeOf, spreadOf, stepsOf } from './ranges.ts';

describe('the spread of values', () => {
  it('parts the bulk from the rarest values', () => {
    const values = Float32Array.from({ length: 10_000 }, (_, i) => i / 10_000);
    values[0] = -100;
    values[9_999] = 300;
    const { ends, bulk } = spreadOf(values);
    expect(ends).toEqual({ low: -100, high: 300 });
    const binWidth = 400 / 4096;
    expect(Math.abs(bulk.low)).toBeLessThanOrEqual(binWidth);
    expect(Math.abs(bulk.high - 1)).toBeLessThanOrEqual(binWidth);
  });

  it('of a constant is a point', () => {
    const point = { low: 2, high: 2 };
    expect(spreadOf(new Float32Array(9).fill(2))).toEqual({ ends: point, bulk: point });
  });

  it('lies within the ends, and holds nearly all values', () => {
    const numbers = fc.float32Array({
      minLength: 1,
      maxLength: 300,
      noNaN: true,
      min: -1e6,
      max: 1e6,
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const { ends, bulk } = spreadOf(values);
        expect(bulk.low).toBeGreaterThanOrEqual(ends.low);
        expect(bulk.high).toBeLessThanOrEqual(ends.high);
        const beyond = values.filter((value) => value < bulk.low || value > bulk.high);
        expect(beyond.length).toBeLessThanOrEqual(values.length * 0.001);
      }),
    );
  });

  it('of several pictures is the widest', () => {
    const a = spreadOf(Float32Array.of(-1, 2));
    const b = spreadOf(Float32Array.of(0, 5));
    expect(joinSpreads(a, b).ends).toEqual({ low: -1, high: 5 });
  });
});

describe('256 steps', () => {
  it('cover a range halfway between bulk and ends', () => {
    const spread = { ends: { low: -4, high: 10 }, bulk: { low: -2, high: 6 } };
    expect(rangeOf(spread)).toEqual({ low: -3, high: 8 });
  });

  it.each([
    { name: 'a range on both sides', range: { low: -1, high: 1.55 }, scale: 0.01, zeroPoint: 100 },
    { name: 'positive values', range: { low: 0.5, high: 2.55 }, scale: 0.01, zeroPoint: 0 },
    { name: 'negative values', range: { low: -2.55, high: -1 }, scale: 0.01, zeroPoint: 255 },
    { name: 'zeros only', range: { low: 0, high: 0 }, scale: 1, zeroPoint: 0 },
  ])('have one for 0: $name', ({ range, scale, zeroPoint }) => {
    const steps = stepsOf(range);
    expect(steps.scale).toBeCloseTo(scale, 6);
    expect(steps.zeroPoint).toBe(zeroPoint);
  });
});
