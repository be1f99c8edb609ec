import { describe, expect, it } from 'vitest';
import { agreedShare, type Comparison, objections } from './verdict.ts';

const unmarked = { name: '', pictures: 4, ap50: { float: undefined, small: undefined } };
const comparison = (
  subsets: Comparison['subsets'],
  agreement = { finds: 100, shared: 100 },
): Comparison => ({ pictures: 8, ms: { float: 90, small: 40 }, agreement, subsets });
const subset = (name: string, float: number, small: number) => ({
  name,
  pictures: 4,
  ap50: { float, small },
});

describe('an 8-bit form', () => {
  it.each([
    { name: 'lost little', subsets: [subset('rooms', 0.7, 0.695)], said: [] },
    { name: 'gained', subsets: [subset('rooms', 0.7, 0.8)], said: [] },
    {
      name: 'lost too much on one subset',
      subsets: [subset('rooms', 0.7, 0.68), subset('streets', 0.7, 0.7)],
      said: ['2.0 points of AP50 lost on rooms'],
    },
    {
      name: 'finds nobody any more',
      subsets: [subset('', 0.7, 0)],
      said: ['70.0 points of AP50 lost on the pictures'],
    },
  ])('that $name is judged by the marked people', ({ subsets, said }) => {
    expect(objections(comparison(subsets, { finds: 10, shared: 1 }), 1)).toEqual(said);
  });

  it('is judged by agreement where nobody is marked', () => {
    expect(objections(comparison([unmarked], { finds: 100, shared: 96 }), 1)).toEqual([]);
    expect(objections(comparison([unmarked], { finds: 100, shared: 90 }), 1)).toEqual([
      'the models agree on 90.0 % of their finds, not on 95.0 %',
    ]);
  });

  it('is not trusted where nobody was found at all', () => {
    const nothing = comparison([unmarked], { finds: 0, shared: 0 });
    expect(agreedShare(nothing.agreement)).toBeUndefined();
    expect(objections(nothing, 1)[0]).toMatch(/pictures that show people/);
  });
});
