import { describe, expect, it } from 'vitest';
import { datesOf, readSearch } from './period.ts';

describe('a period in an address', () => {
  it.each([
    ['nothing', {}, { days: 30 }],
    ['a length that is offered', { days: 90 }, { days: 90 }],
    ['another length', { days: 91 }, { days: 30 }],
    [
      'own dates',
      { from: '2026-01-01', to: '2026-01-03' },
      { from: '2026-01-01', to: '2026-01-03' },
    ],
    ['own dates the wrong way round', { from: '2026-01-03', to: '2026-01-01' }, { days: 30 }],
    ['a date that does not exist', { from: '2026-02-30', to: '2026-03-01' }, { days: 30 }],
    ['a zone', { days: 7, zone: 'a' }, { days: 7, zone: 'a' }],
    ['a zone that is none', { zone: '' }, { days: 30 }],
  ])('is read from %s', (_name, search, expected) => {
    expect(readSearch(search)).toEqual(expected);
  });
});

describe('the dates of a period', () => {
  const paris = 'Europe/Paris';
  it.each([
    [
      'end today, which is included',
      { days: 7 } as const,
      '2026-03-31T10:00Z',
      '2026-03-25',
      '2026-03-31',
    ],
    [
      'are those of the town',
      { days: 7 } as const,
      '2026-03-31T22:30Z',
      '2026-03-26',
      '2026-04-01',
    ],
    [
      'are taken as chosen',
      { from: '2026-01-01', to: '2026-01-02' },
      '2026-03-31T10:00Z',
      '2026-01-01',
      '2026-01-02',
    ],
  ])('%s', (_name, search, now, from, to) => {
    expect(datesOf(search, Date.parse(now), paris)).toEqual({ from, to });
  });
});
