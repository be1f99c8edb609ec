import { describe, expect, it } from 'vitest';
import { filterOf, readRegisterSearch } from './search.ts';

describe('the filter of the register', () => {
  it.each([
    ['nothing', {}, {}],
    ['a kind', { kind: 'drill' }, { kind: 'drill' }],
    ['a kind that is none', { kind: 'flood' }, {}],
    ['a day that does not exist', { from: '2026-02-30' }, {}],
    [
      'days, the last one included',
      { from: '2026-03-28', until: '2026-03-29' },
      { from: '2026-03-27T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' },
    ],
  ])('is read from %s', (_, search, expected) => {
    expect(filterOf(readRegisterSearch(search), 'Europe/Paris')).toEqual(expected);
  });
});
