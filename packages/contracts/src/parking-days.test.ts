import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DayRule } from './parking.ts';
import { civilDateAt, civilDateStart, dayAt, dayStart } from './parking-days.ts';

const paris = 'Europe/Paris';

describe('dayAt', () => {
  it.each<[string, DayRule, string, string, string, number]>([
    ['the arrival itself is day 1', 'arrival', paris, '2026-01-10T08:00Z', '2026-01-10T08:00Z', 1],
    ['a moment before 24 h', 'arrival', paris, '2026-01-10T08:00Z', '2026-01-11T07:59:59.999Z', 1],
    ['24 h later', 'arrival', paris, '2026-01-10T08:00Z', '2026-01-11T08:00Z', 2],
    ['24 h over the short night', 'arrival', paris, '2026-03-28T20:00Z', '2026-03-29T20:00Z', 2],
    ['seven times 24 h', 'arrival', paris, '2026-01-10T08:00Z', '2026-01-17T08:00Z', 8],
    ['now before the arrival', 'arrival', paris, '2026-01-10T08:00Z', '2026-01-01T08:00Z', 1],
    ['before it, by midnight', 'midnight', paris, '2026-01-10T08:00Z', '2026-01-01T08:00Z', 1],
    ['one minute to midnight', 'midnight', paris, '2026-01-10T22:58Z', '2026-01-10T22:59Z', 1],
    ['midnight in Paris, winter', 'midnight', paris, '2026-01-10T22:58Z', '2026-01-10T23:00Z', 2],
    ['midnight in Paris, summer', 'midnight', paris, '2026-07-10T12:00Z', '2026-07-10T22:00Z', 2],
    ['the end of the 23 h day', 'midnight', paris, '2026-03-28T23:00Z', '2026-03-29T21:59Z', 1],
    ['after the 23 h day', 'midnight', paris, '2026-03-28T23:00Z', '2026-03-29T22:00Z', 2],
    ['24 h into the 25 h day', 'midnight', paris, '2026-10-24T22:00Z', '2026-10-25T22:00Z', 1],
    ['after the 25 h day', 'midnight', paris, '2026-10-24T22:00Z', '2026-10-25T23:00Z', 2],
    ['over the new year', 'midnight', paris, '2026-12-31T22:59Z', '2027-01-01T12:00Z', 2],
    ['over a leap day', 'midnight', paris, '2028-02-28T12:00Z', '2028-03-01T12:00Z', 3],
    ['another zone, same moments', 'midnight', 'UTC', '2026-01-10T22:58Z', '2026-01-10T23:00Z', 1],
    ['half-hour zone', 'midnight', 'Asia/Kolkata', '2026-01-10T18:29Z', '2026-01-10T18:30Z', 2],
  ])('%s', (_name, dayRule, timeZone, since, now, day) => {
    expect(dayAt({ since: new Date(since), now: new Date(now), dayRule, timeZone })).toBe(day);
  });
});

describe('dayStart', () => {
  it.each<[string, DayRule, string, string, number, string]>([
    [
      'day 1 begins with the arrival',
      'midnight',
      paris,
      '2026-01-10T08:00Z',
      1,
      '2026-01-10T08:00Z',
    ],
    ['black after 7 days of 24 h', 'arrival', paris, '2026-01-10T08:00Z', 8, '2026-01-17T08:00Z'],
    ['black after 7 civil days', 'midnight', paris, '2026-01-10T08:00Z', 8, '2026-01-16T23:00Z'],
    ['the short day begins', 'midnight', paris, '2026-03-28T12:00Z', 2, '2026-03-28T23:00Z'],
    [
      'the short day ends after 23 h',
      'midnight',
      paris,
      '2026-03-28T12:00Z',
      3,
      '2026-03-29T22:00Z',
    ],
    ['the long day begins', 'midnight', paris, '2026-10-24T12:00Z', 2, '2026-10-24T22:00Z'],
    [
      'the long day ends after 25 h',
      'midnight',
      paris,
      '2026-10-24T12:00Z',
      3,
      '2026-10-25T23:00Z',
    ],
    // In Cairo the clocks jump from 00:00 to 01:00: that midnight does not exist.
    ['a missing midnight', 'midnight', 'Africa/Cairo', '2026-04-23T12:00Z', 2, '2026-04-23T22:00Z'],
    // In Havana 01:00 becomes 00:00 again: that midnight comes twice, the first one counts.
    [
      'a double midnight',
      'midnight',
      'America/Havana',
      '2026-10-31T12:00Z',
      2,
      '2026-11-01T04:00Z',
    ],
  ])('%s', (_name, dayRule, timeZone, since, day, start) => {
    expect(dayStart({ since: new Date(since), day, dayRule, timeZone })).toEqual(new Date(start));
  });

  it('names an unknown time zone', () => {
    const since = new Date('2026-01-10T08:00Z');
    expect(() =>
      dayStart({ since, day: 2, dayRule: 'midnight', timeZone: 'Europe/Drancy' }),
    ).toThrow(/Europe\/Drancy/);
  });
});

describe('any stay', () => {
  const zones = [paris, 'UTC', 'Africa/Cairo', 'America/Havana', 'Asia/Kathmandu', 'Asia/Beirut'];
  const count = fc.record({
    since: fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2036-01-01'),
      noInvalidDate: true,
    }),
    dayRule: fc.constantFrom<DayRule>('arrival', 'midnight'),
    timeZone: fc.constantFrom(...zones),
  });
  const day = fc.integer({ min: 1, max: 366 });
  const spanMs = fc.integer({ min: 0, max: 400 * 86_400_000 });

  it('is on day n from the start of day n, and on the day before a millisecond earlier', () => {
    fc.assert(
      fc.property(count, day, (stay, n) => {
        const start = dayStart({ ...stay, day: n });
        expect(dayAt({ ...stay, now: start })).toBe(n);
        const before = new Date(start.getTime() - 1);
        expect(dayAt({ ...stay, now: before })).toBe(Math.max(1, n - 1));
      }),
    );
  });

  it('never goes back a day as time goes on', () => {
    fc.assert(
      fc.property(count, spanMs, spanMs, (stay, a, b) => {
        const day = (ms: number) => dayAt({ ...stay, now: new Date(stay.since.getTime() + ms) });
        expect(day(Math.min(a, b))).toBeLessThanOrEqual(day(Math.max(a, b)));
      }),
    );
  });

  it('has begun the day it is on, and not yet the next', () => {
    fc.assert(
      fc.property(count, spanMs, (stay, ms) => {
        const now = new Date(stay.since.getTime() + ms);
        const n = dayAt({ ...stay, now });
        expect(dayStart({ ...stay, day: n }).getTime()).toBeLessThanOrEqual(now.getTime());
        expect(dayStart({ ...stay, day: n + 1 }).getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });
});

describe('a civil date', () => {
  it.each([
    ['in winter', '2026-01-10', 0, '2026-01-09T23:00Z'],
    ['on the short day', '2026-03-29', 0, '2026-03-28T23:00Z'],
    ['after the short day', '2026-03-29', 1, '2026-03-29T22:00Z'],
    ['after the long day', '2026-10-25', 1, '2026-10-25T23:00Z'],
    ['a week before', '2026-01-03', -7, '2025-12-26T23:00Z'],
  ])('begins at midnight of its zone %s', (_name, date, after, moment) => {
    expect(civilDateStart(date, paris, after)).toEqual(new Date(moment));
  });

  it('is read back from its first moment, and not a moment earlier', () => {
    const dates = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, fc.constantFrom(paris, 'UTC', 'America/Santiago'), (moment, timeZone) => {
        const date = civilDateAt(moment, timeZone);
        const start = civilDateStart(date, timeZone);
        expect(civilDateAt(start, timeZone)).toBe(date);
        expect(civilDateAt(new Date(start.getTime() - 1), timeZone) < date).toBe(true);
      }),
    );
  });
});
