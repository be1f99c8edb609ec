import type { Moment } from '@vigie/contracts/commissioning';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyOf, meanOf, shareOf } from './accuracy.ts';

const at = '2026-11-24T10:00:00.000Z';
const moment = (people: number, count: number | null, change: Partial<Moment> = {}): Moment => ({
  id: `${people}/${count}`,
  at,
  people,
  count,
  min: count,
  max: count,
  health: 'ok',
  ...change,
});

describe('a share with its interval', () => {
  it.each([
    { name: 'nobody ever', hits: 0, trials: 20, is: [0, 0, 0.161] },
    { name: 'half', hits: 10, trials: 20, is: [0.5, 0.299, 0.701] },
    { name: 'every time', hits: 20, trials: 20, is: [1, 0.839, 1] },
    { name: 'once in fifty', hits: 1, trials: 50, is: [0.02, 0.004, 0.105] },
  ])('$name', ({ hits, trials, is }) => {
    const { value, low, high } = shareOf(hits, trials) ?? {};
    for (const [i, figure] of [value, low, high].entries())
      expect(figure).toBeCloseTo(is[i] ?? 9, 3);
  });

  it('is nothing without trials', () => {
    expect(shareOf(0, 0)).toBeNull();
  });

  it('holds its value, within 0 and 1, and narrows with more trials', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const few = shareOf(share * n, n);
          const many = shareOf(share * n * 4, n * 4);
          if (!few || !many) throw new Error('a share was expected');
          expect(few.low).toBeGreaterThanOrEqual(0);
          expect(few.low).toBeLessThanOrEqual(few.value + 1e-9);
          expect(few.high).toBeGreaterThanOrEqual(few.value - 1e-9);
          expect(few.high).toBeLessThanOrEqual(1);
          expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low + 1e-9);
        },
      ),
    );
  });
});

describe('a mean with its interval', () => {
  it('is that of Student for few numbers', () => {
    // Mean 2, standard deviation √2.5, t(4) = 2.776: half the interval is 1.963.
    const { value, low, high } = meanOf([0, 1, 2, 3, 4]);
    expect(value).toBe(2);
    expect(high - value).toBeCloseTo(1.963, 1);
    expect(value - low).toBeCloseTo(high - value, 9);
  });

  it('is sure where every number is the same', () => {
    expect(meanOf([3, 3, 3, 3, 3])).toEqual({ value: 3, low: 3, high: 3 });
  });
});

describe('how well a camera counts', () => {
  it('is not said from fewer than five counted moments', () => {
    const four = [1, 2, 3, 4].map((people) => moment(people, people));
    expect(accuracyOf(four)).toBeUndefined();
    expect(accuracyOf([...four, moment(2, null, { health: 'dark' })])).toBeUndefined();
    expect(accuracyOf([...four, moment(0, 0)])?.moments).toBe(5);
  });

  it.each([
    {
      name: 'right every time',
      moments: [moment(1, 1), moment(4, 4), moment(2, 2), moment(0, 0), moment(3, 3)],
      is: { meanError: 0, bias: 0, missRate: 0, falseEmptyRate: 0, inRange: 1 },
    },
    {
      name: 'one missed in every moment',
      moments: [4, 4, 4, 4, 4].map((people) => moment(people, people - 1)),
      is: { meanError: 1, bias: -1, missRate: 0.25, falseEmptyRate: 0, inRange: 0 },
    },
    {
      name: 'misses and finds even out in the bias only',
      moments: [moment(2, 4), moment(4, 2), moment(2, 2), moment(2, 2)].concat(moment(0, 0)),
      is: { meanError: 0.8, bias: 0, missRate: 0.2, falseEmptyRate: 0, inRange: 0.6 },
    },
    {
      name: 'an empty room with somebody in it',
      moments: [moment(1, 0), moment(1, 1), moment(1, 1), moment(1, 1), moment(0, 0)],
      is: { meanError: 0.2, bias: -0.2, missRate: 0.25, falseEmptyRate: 0.25, inRange: 0.8 },
    },
    {
      name: 'somebody seen where nobody is',
      moments: [moment(0, 1), moment(0, 0), moment(0, 0), moment(0, 0), moment(0, 0)],
      is: { meanError: 0.2, bias: 0.2, missRate: null, falseEmptyRate: null, inRange: 0.8 },
    },
    {
      name: 'a range that holds the truth, open above or not',
      moments: [
        moment(5, 4, { min: 3, max: 5 }),
        moment(9, 4, { min: 3, max: null }),
        moment(2, 4, { min: 3, max: 5 }),
        moment(4, 4),
        moment(4, 4),
      ],
      is: { inRange: 0.8 },
    },
  ])('$name', ({ moments, is }) => {
    const accuracy = accuracyOf(moments);
    for (const [name, figure] of Object.entries(is)) {
      const estimate = accuracy?.[name as keyof typeof is];
      if (figure === null) expect(estimate).toBeNull();
      else expect(estimate?.value).toBeCloseTo(figure, 9);
    }
  });

  it('leaves out moments without a count, and says how many', () => {
    const moments = [1, 1, 1, 1, 1].map((people) => moment(people, people));
    const blind = moment(7, null, { health: 'smoke', min: null, max: null });
    expect(accuracyOf([...moments, blind])).toMatchObject({
      moments: 5,
      unknown: 1,
      meanError: { value: 0 },
      until: at,
    });
  });
});
