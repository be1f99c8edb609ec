import { Space, Zone } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { shownAt } from './display.ts';
import { legendOf } from './legend.ts';
import { publicSpaceOf } from './public-space.ts';

const zone = Zone.parse({ id: 'z', name: 'Centre', allowedDays: 7, recipients: ['p@example.org'] });
const space = Space.parse({ id: 's1', zoneId: 'z', label: '12', latitude: 48.9, longitude: 2.4 });
const since = new Date('2026-03-01T23:30:00Z');
const legend = legendOf(7);

function seenOn(day: number) {
  const now = new Date(since.getTime() + (day - 1) * 86_400_000 + 1);
  const stay = { since, until: null, freeSince: null, gaps: [], isArrivalInferred: false };
  const { display } = shownAt({
    zone,
    stay,
    now,
    leavesAt: null,
    heardAt: since,
    silentAt: null,
    exemptUntil: null,
    nextRulesAt: null,
  });
  return publicSpaceOf({ space, zone, display }, legend);
}

describe('what anybody may see of a space', () => {
  it.each([
    ['the first day', 1, { state: 'parked', day: 1, daysLeft: 6, colour: legend[0]?.colour }],
    ['the last coloured day', 7, { state: 'parked', day: 7, daysLeft: 0 }],
    ['black', 8, { state: 'overstay', day: 8, daysLeft: null, colourNameFr: 'noir' }],
    ['black for long', 40, { state: 'overstay', day: 40, daysLeft: null, colourNameEn: 'black' }],
  ])('on %s', (_name, day, seen) => {
    expect(seenOn(day)).toMatchObject(seen);
  });

  it('is the civil date on which black begins, of the zone', () => {
    expect(seenOn(3).blackOn).toBe('2026-03-09');
  });

  it('is unknown when the sensor never spoke', () => {
    expect(publicSpaceOf({ space, zone, display: null }, legend)).toMatchObject({
      state: 'unknown',
      day: null,
      colour: null,
      colourNameFr: null,
      daysLeft: null,
      blackOn: null,
    });
  });

  it('never says the hour of arrival, nor who is written to', () => {
    const text = JSON.stringify(seenOn(3));
    expect(text).not.toMatch(/T\d\d:|23:30|@|2026-03-0[12]/);
  });
});
