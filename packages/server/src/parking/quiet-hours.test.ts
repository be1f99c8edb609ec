import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awakeFrom } from './quiet-hours.ts';

const paris = 'Europe/Paris';
const night = { from: '22:00', to: '07:00' };

describe('quiet hours', () => {
  it.each([
    ['by day nobody waits', '2026-03-03T10:00:30Z', night, '2026-03-03T10:00:30Z'],
    ['the evening waits for the morning', '2026-03-03T21:30:00Z', night, '2026-03-04T06:00:00Z'],
    ['the small hours wait for the morning', '2026-03-04T01:12:34Z', night, '2026-03-04T06:00:00Z'],
    ['the end is awake', '2026-03-04T06:00:00Z', night, '2026-03-04T06:00:00Z'],
    ['the beginning is quiet', '2026-03-03T21:00:00Z', night, '2026-03-04T06:00:00Z'],
    ['a night of 23 h ends at 07:00', '2026-03-28T22:00:00Z', night, '2026-03-29T05:00:00Z'],
    ['a night of 25 h ends at 07:00', '2026-10-24T21:00:00Z', night, '2026-10-25T06:00:00Z'],
    [
      'an end that does not exist is the next minute there is',
      '2026-03-28T23:30:00Z',
      { from: '22:00', to: '02:30' },
      '2026-03-29T01:00:00Z',
    ],
    [
      'a siesta is quiet too',
      '2026-07-01T11:15:00Z',
      { from: '12:00', to: '14:00' },
      '2026-07-01T12:00:00Z',
    ],
    [
      'from and to alike: never quiet',
      '2026-07-01T10:00:00Z',
      { from: '12:00', to: '12:00' },
      '2026-07-01T10:00:00Z',
    ],
    ['none: never quiet', '2026-03-03T23:00:00Z', null, '2026-03-03T23:00:00Z'],
  ])('%s', (_name, moment, quietHours, awake) => {
    expect(awakeFrom(new Date(moment), quietHours, paris)).toEqual(new Date(awake));
  });

  it('end within a day and an hour, and are over then', () => {
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map(
        (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`,
      );
    const moment = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, time, time, (at, from, to) => {
        const awake = awakeFrom(at, { from, to }, paris);
        expect(awakeFrom(awake, { from, to }, paris)).toEqual(awake);
        expect(awake.getTime() - at.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(awake >= at).toBe(true);
      }),
    );
  });
});
