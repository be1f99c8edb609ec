import { lengthLimitsHours } from '@vigie/contracts/parking-statistics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarseMs, countsByLength, fineMs, type LengthClass, lengthsOf } from './stay-lengths.ts';

const hourMs = 3_600_000;

/** What the store does in SQL. */
function classesOf(lengths: readonly number[]): LengthClass[] {
  const widthOf = (ms: number) => (ms < 24 * hourMs ? fineMs : coarseMs);
  const byStart = Map.groupBy(lengths, (ms) => Math.floor(ms / widthOf(ms)) * widthOf(ms));
  return [...byStart]
    .map(([fromMs, of]) => ({
      fromMs,
      count: of.length,
      sumMs: of.reduce((sum, ms) => sum + ms, 0),
      longestMs: Math.max(...of),
    }))
    .sort((a, b) => a.fromMs - b.fromMs);
}

const lengths = fc.array(fc.integer({ min: 1, max: 2000 * hourMs }), {
  minLength: 1,
  maxLength: 60,
});

describe('the lengths of stays', () => {
  it('are none without stays', () => {
    expect(lengthsOf([])).toBeNull();
    expect(countsByLength([])).toEqual(Array(lengthLimitsHours.length + 1).fill(0));
  });

  it.each([
    ['one stay', [2], { mean: 2, median: 2, p90: 2, longest: 2 }],
    [
      'a long one among short ones',
      [1, 1, 1, 1, 96],
      { mean: 20, median: 1, p90: 96, longest: 96 },
    ],
    ['ten', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { mean: 5.5, median: 5, p90: 9, longest: 10 }],
  ])('of %s', (_name, hours, expected) => {
    const figures = lengthsOf(classesOf(hours.map((h) => h * hourMs)));
    const inHours = Object.entries(figures ?? {}).map(([name, ms]) => [name, ms / hourMs]);
    expect(Object.fromEntries(inHours)).toEqual(expected);
  });

  it('lie within a class of what the list of all of them says', () => {
    fc.assert(
      fc.property(lengths, (all) => {
        const sorted = all.toSorted((a, b) => a - b);
        const figures = lengthsOf(classesOf(all));
        const rank = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
        const near = (ms: number, exact: number) => Math.abs(ms - exact) < coarseMs;
        return (
          figures !== null &&
          near(figures.median, rank(0.5)) &&
          near(figures.p90, rank(0.9)) &&
          figures.longest === sorted.at(-1)
        );
      }),
    );
  });

  it('are counted once each, in the class they belong to', () => {
    fc.assert(
      fc.property(lengths, (all) => {
        const limits = [0, ...lengthLimitsHours, Number.POSITIVE_INFINITY].map((h) => h * hourMs);
        const expected = limits
          .slice(1)
          .map((limit, i) => all.filter((ms) => ms >= (limits[i] ?? 0) && ms < limit).length);
        expect(countsByLength(classesOf(all))).toEqual(expected);
      }),
    );
  });
});
