import { paletteFor } from '@vigie/palette';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Situation, shownAt } from './display.ts';

const zone = {
  allowedDays: 7,
  dayRule: 'arrival',
  timeZone: 'Europe/Paris',
} as const;
const since = new Date('2026-03-02T08:00:00.000Z');
const hours = (n: number) => new Date(since.getTime() + n * 3_600_000);
const stay = { since, until: null, freeSince: null, gaps: [], isArrivalInferred: false };
const quiet = {
  leavesAt: null,
  heardAt: since,
  silentAt: null,
  exemptUntil: null,
  nextRulesAt: null,
};
const at = (now: Date, given: Situation['zone'] = zone) =>
  shownAt({ ...quiet, zone: given, stay, now });

describe('what a bollard shows', () => {
  it('shows an empty space as free, and one whose sensor never spoke as unknown', () => {
    const none = { ...quiet, zone, stay: null, now: since };
    expect(shownAt(none).display).toMatchObject({
      state: 'free',
      colour: null,
      day: null,
    });
    expect(shownAt({ ...none, heardAt: null }).display).toMatchObject({
      state: 'unknown',
      colour: null,
    });
  });

  it.each([
    ['the moment of arrival', 0, 1, 'parked'],
    ['just before a day is over', 23.999, 1, 'parked'],
    ['after one day', 24, 2, 'parked'],
    ['the last allowed day', 167.999, 7, 'parked'],
    ['the start of day 8', 168, 8, 'overstay'],
    ['a month later', 720, 31, 'overstay'],
  ])('%s', (_name, hour, day, state) => {
    const { display } = at(hours(hour));
    expect(display).toMatchObject({
      day,
      state,
      label: String(day),
      until: hours(168).toISOString(),
    });
    expect(display.colour).toBe(state === 'overstay' ? '#000000' : paletteFor(7).colours[day - 1]);
  });

  it('changes next at the next day, or when the car has been away for the hold time', () => {
    expect(at(hours(5)).nextChangeAt).toEqual(hours(24));
    const leaving = { ...stay, freeSince: hours(6) };
    const shown = shownAt({ ...quiet, zone, stay: leaving, leavesAt: hours(6.1), now: hours(6) });
    expect(shown.nextChangeAt).toEqual(hours(6.1));
  });

  it('counts civil days of the town by the midnight rule', () => {
    const midnight = { ...zone, dayRule: 'midnight' } as const;
    expect(at(new Date('2026-03-02T22:59:59Z'), midnight).display.day).toBe(1);
    expect(at(new Date('2026-03-02T23:00:00Z'), midnight).display.day).toBe(2);
  });

  it('gives every day of a two-month period a colour of its own, and black after it', () => {
    const twoMonths = { ...zone, allowedDays: 60 };
    const colours = Array.from(
      { length: 61 },
      (_, day) => at(hours(24 * day), twoMonths).display.colour,
    );
    expect(new Set(colours).size).toBe(61);
    expect(colours.indexOf('#000000')).toBe(60);
  });

  it('always changes in the future', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 24 * 60 }),
        fc.constantFrom('arrival', 'midnight'),
        (minutes, dayRule) => {
          const now = new Date(since.getTime() + minutes * 60_000);
          const { nextChangeAt } = at(now, { ...zone, dayRule });
          expect(nextChangeAt && nextChangeAt > now).toBe(true);
        },
      ),
    );
  });
});

describe('a silent sensor', () => {
  const silent = { ...quiet, zone, stay, silentAt: hours(30) };

  it('is looked for in time', () => {
    expect(shownAt({ ...silent, now: hours(25) }).nextChangeAt).toEqual(hours(30));
  });

  it('freezes the stage, so that nobody turns black unseen', () => {
    const { display, nextChangeAt } = shownAt({ ...silent, now: hours(1000) });
    expect(display).toMatchObject({
      state: 'unknown',
      day: 2,
      colour: paletteFor(7).colours[1],
      label: '2',
    });
    expect(nextChangeAt).toBeNull();
  });

  it('makes an empty space unknown, too', () => {
    const empty = { ...silent, stay: null };
    expect(shownAt({ ...empty, now: hours(29) }).display.state).toBe('free');
    expect(shownAt({ ...empty, now: hours(30) }).display).toMatchObject({
      state: 'unknown',
      day: null,
    });
  });
});

describe('an authorised stay', () => {
  const exempt = { ...quiet, zone, stay, exemptUntil: hours(24 * 20) };

  it('keeps the last colour beyond the allowed days, and turns black at its end', () => {
    const shown = shownAt({ ...exempt, now: hours(24 * 10) });
    expect(shown.display).toMatchObject({
      state: 'parked',
      day: 11,
      colour: paletteFor(7).colours[6],
      until: hours(24 * 20).toISOString(),
      exemptUntil: hours(24 * 20).toISOString(),
    });
    expect(shownAt({ ...exempt, now: hours(24 * 20) }).display.state).toBe('overstay');
  });

  it('takes no allowed day away', () => {
    const short = { ...exempt, exemptUntil: hours(24) };
    expect(shownAt({ ...short, now: hours(5) }).display.until).toBe(hours(168).toISOString());
  });
});

it('looks again when other rules begin', () => {
  const shown = shownAt({ ...quiet, zone, stay: null, nextRulesAt: hours(9), now: hours(1) });
  expect(shown.nextChangeAt).toEqual(hours(9));
});
