import { describe, expect, it } from 'vitest';
import { momentOnWall, monthsAfter, wallText } from './wall-clock.ts';

const paris = 'Europe/Paris';

describe('the moment a wall clock shows', () => {
  it.each([
    ['in winter', '2026-01-10T08:30', paris, '2026-01-10T07:30:00.000Z'],
    ['in summer', '2026-07-10T08:30', paris, '2026-07-10T06:30:00.000Z'],
    ['just before clocks go forward', '2026-03-29T01:59', paris, '2026-03-29T00:59:00.000Z'],
    ['just after clocks went forward', '2026-03-29T03:00', paris, '2026-03-29T01:00:00.000Z'],
    ['that clocks leave out', '2026-03-29T02:30', paris, '2026-03-29T01:30:00.000Z'],
    ['that comes twice', '2026-10-25T02:30', paris, '2026-10-25T00:30:00.000Z'],
    ['far from Europe', '2026-07-10T00:00', 'Pacific/Noumea', '2026-07-09T13:00:00.000Z'],
  ])('is found %s', (_name, text, timeZone, moment) => {
    expect(momentOnWall(text, timeZone)?.toISOString()).toBe(moment);
  });

  it('is written as it is read', () => {
    const at = new Date('2026-07-09T22:15:42.000Z');
    expect(wallText(at, paris)).toBe('2026-07-10T00:15');
    expect(momentOnWall(wallText(at, paris), paris)).toEqual(new Date('2026-07-09T22:15:00.000Z'));
  });

  it.each(['', 'soon', '2026-13-01T00:00'])('is none for "%s"', (text) => {
    expect(momentOnWall(text, paris)).toBeUndefined();
  });
});

describe('so many months later', () => {
  it.each([
    ['shows the same hour in summer as in winter', '2026-01-15T09:00Z', 6, '2026-07-15T08:00Z'],
    ['is the last day of a shorter month', '2026-08-31T10:00Z', 6, '2027-02-28T11:00Z'],
    ['is the 29th in a leap year', '2027-08-30T08:00Z', 6, '2028-02-29T09:00Z'],
    ['is next year', '2026-11-05T08:00Z', 2, '2027-01-05T08:00Z'],
    ['keeps the day of the town, not of UTC', '2026-01-31T23:30Z', 1, '2026-02-28T23:30Z'],
    ['is just after an hour that clocks leave out', '2026-02-28T01:30Z', 1, '2026-03-28T01:30Z'],
    ['meets the hour that clocks leave out', '2026-01-29T01:30Z', 2, '2026-03-29T01:30Z'],
    ['is the first of an hour that comes twice', '2026-08-25T00:30Z', 2, '2026-10-25T00:30Z'],
    ['is cut to the minute', '2026-01-15T09:00:59.999Z', 1, '2026-02-15T09:00Z'],
  ])('%s', (_name, at, months, later) => {
    expect(monthsAfter(new Date(at), months, paris)).toEqual(new Date(later));
  });
});
