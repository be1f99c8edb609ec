import type { LegendDay, Stay } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { barsOf, colourReached, lengthOf, silentMsOf } from './stays.ts';

const legend: LegendDay[] = [
  { day: 1, colour: '#ff0000', nameFr: 'rouge', nameEn: 'red' },
  { day: 2, colour: '#00ff00', nameFr: 'vert', nameEn: 'green' },
  { day: 3, colour: '#000000', nameFr: 'noir', nameEn: 'black' },
];
const stay = (since: string, until: string | null, days: number): Stay => ({
  id: since,
  spaceId: 'a',
  since,
  until,
  days,
  gaps: [],
  isArrivalInferred: false,
});
const nowMs = Date.parse('2026-03-10T00:00:00Z');

describe('the length of a stay', () => {
  it('runs until now while the car is there', () => {
    expect(lengthOf(stay('2026-03-09T00:00:00Z', null, 1), nowMs)).toBe(86_400_000);
  });

  it('is never negative when two clocks disagree', () => {
    expect(lengthOf(stay('2026-03-10T00:00:05Z', null, 1), nowMs)).toBe(0);
  });
});

describe('the silences of a stay', () => {
  const hour = (n: number) => new Date(nowMs + n * 3_600_000).toISOString();
  it.each([
    ['none', [], 0],
    [
      'two',
      [
        { from: hour(-9), until: hour(-7) },
        { from: hour(-5), until: hour(-4) },
      ],
      3,
    ],
    ['one that goes on', [{ from: hour(-2), until: null }], 2],
    ['one that begins later by another clock', [{ from: hour(1), until: null }], 0],
  ])('are added up: %s', (_name, gaps, hours) => {
    expect(silentMsOf({ gaps }, nowMs)).toBe(hours * 3_600_000);
  });
});

describe('the plot of stays', () => {
  it.each([
    ['the first day', 1, '#ff0000'],
    ['the last coloured day', 2, '#00ff00'],
    ['the first black day', 3, '#000000'],
    ['long after', 40, '#000000'],
  ])('gives a bar the colour of %s', (_name, days, colour) => {
    expect(colourReached(days, legend)).toBe(colour);
  });

  it('goes from old to new, keeps the latest, and no bar is higher than the plot', () => {
    const stays = [
      stay('2026-03-05T00:00:00Z', null, 6),
      stay('2026-03-03T00:00:00Z', '2026-03-04T00:00:00Z', 1),
      stay('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', 1),
    ];
    const { bars, limitShare } = barsOf(stays, { allowedDays: 2, legend, most: 2, nowMs });
    expect(bars.map(({ stay: { since } }) => since.slice(8, 10))).toEqual(['03', '05']);
    expect(bars[1]?.share).toBe(1);
    expect(limitShare).toBeCloseTo(2 / 5);
  });

  it('shows the limit also when nobody ever came near it', () => {
    const short = [stay('2026-03-01T00:00:00Z', '2026-03-01T01:00:00Z', 1)];
    expect(barsOf(short, { allowedDays: 7, legend, most: 9, nowMs }).limitShare).toBeLessThan(1);
  });
});
