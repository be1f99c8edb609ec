import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countPicture, possiblePeople } from './count.ts';

const BRIGHT = 120;
const DIM = 30;
const scored = (...scores: number[]) => scores.map((score) => ({ score }));
const many = (n: number, score: number) => Array.from({ length: n }, () => ({ score }));

describe('the count of one picture', () => {
  it.each([
    { name: 'nobody', finds: [], count: { count: 0, min: 0, max: 0 } },
    { name: 'a clear person', finds: scored(0.8), count: { count: 1, min: 1, max: 1 } },
    { name: 'a vague person', finds: scored(0.2), count: { count: 1, min: 0, max: 1 } },
    { name: 'a trace', finds: scored(0.11), count: { count: 0, min: 0, max: 1 } },
    { name: 'less than a trace', finds: scored(0.08), count: { count: 0, min: 0, max: 0 } },
    {
      name: 'a crowd that hides others',
      finds: [...many(6, 0.5), ...many(4, 0.08)],
      count: { count: 6, min: 6, max: 10 },
    },
  ])('with $name', ({ finds, count }) => {
    expect(countPicture(finds, BRIGHT)).toEqual(count);
  });

  it('takes every trace for somebody in the dark, once a few people are there', () => {
    expect(countPicture([...many(3, 0.5), ...many(5, 0.05)], DIM).max).toBe(8);
    expect(countPicture([...many(2, 0.5), ...many(5, 0.05)], DIM).max).toBe(2);
    expect(possiblePeople([...many(3, 0.5), ...many(5, 0.05)], BRIGHT)).toBe(0);
  });

  it('lies in its range', () => {
    const finds = fc.array(fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }) }));
    fc.assert(
      fc.property(finds, fc.nat(255), (all, luma) => {
        const { count, min, max } = countPicture(all, luma);
        expect(min).toBeLessThanOrEqual(count);
        expect(count).toBeLessThanOrEqual(max);
      }),
    );
  });
});
