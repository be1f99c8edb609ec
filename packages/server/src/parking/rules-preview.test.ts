import { Zone } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { effectsOf, type Standing } from './rules-preview.ts';

const now = new Date('2026-06-10T08:00:00.000Z');
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);
const zoneOf = (rules: Partial<Zone>) =>
  Zone.parse({ id: 'z', name: 'Rue', allowedDays: 7, ...rules });

/** A car that came some hours ago. */
const car = (hoursAgo: number, rest: Partial<Standing> = {}): Standing => ({
  spaceId: 's1',
  label: 'S1',
  stay: {
    since: hours(-hoursAgo),
    until: null,
    freeSince: null,
    gaps: [],
    isArrivalInferred: false,
  },
  heardAt: now,
  silentAt: null,
  exemptUntil: null,
  ...rest,
});

const none = {
  parked: 1,
  turnsBlack: [],
  blackNoMore: [],
  blackEarlier: 0,
  blackLater: 0,
  silent: 0,
};
const s1 = (day: number) => [{ spaceId: 's1', label: 'S1', day }];

describe('what other rules do to the cars of a zone', () => {
  it.each([
    ['the same rules', car(30), {}, 0, {}],
    ['fewer days than it stands', car(100), { allowedDays: 4 }, 0, { turnsBlack: s1(5) }],
    ['exactly as many days as it stands', car(96), { allowedDays: 4 }, 0, { turnsBlack: s1(5) }],
    ['fewer days, not reached yet', car(30), { allowedDays: 4 }, 0, { blackEarlier: 1 }],
    ['fewer days, reached by the moment', car(30), { allowedDays: 4 }, 70, { turnsBlack: s1(5) }],
    ['more days', car(30), { allowedDays: 9 }, 0, { blackLater: 1 }],
    ['more days, and it is black', car(200), { allowedDays: 9 }, 0, { blackNoMore: s1(9) }],
    ['other days, and it stays black', car(300), { allowedDays: 9 }, 0, {}],
    [
      'days that end at midnight',
      car(30),
      { dayRule: 'midnight' as const },
      0,
      { blackEarlier: 1 },
    ],
    ['another hold time', car(30), { holdMs: 0 }, 0, {}],
    [
      'fewer days, but it is authorised',
      car(100, { exemptUntil: hours(500) }),
      { allowedDays: 4 },
      0,
      {},
    ],
    [
      'fewer days, and its authorisation has ended by then',
      car(100, { exemptUntil: hours(10) }),
      { allowedDays: 4 },
      20,
      { turnsBlack: s1(6) },
    ],
    [
      'fewer days, and its sensor is silent',
      car(100, { silentAt: hours(-1) }),
      { allowedDays: 4 },
      0,
      { silent: 1 },
    ],
    [
      'fewer days later, and its sensor answers today',
      car(100, { silentAt: hours(1) }),
      { allowedDays: 4 },
      20,
      { turnsBlack: s1(6) },
    ],
  ])('%s', (_name, standing, rules, inHours, expected) => {
    const succession = { before: zoneOf({}), after: zoneOf(rules), at: hours(inHours), now };
    expect(effectsOf([standing], succession)).toEqual({ ...none, ...expected });
  });

  it('counts every car once', () => {
    const cars = [car(10), car(100), car(150), car(200), car(100, { silentAt: hours(-1) })];
    const succession = { before: zoneOf({}), after: zoneOf({ allowedDays: 4 }), at: now, now };
    const { turnsBlack, ...counts } = effectsOf(cars, succession);
    expect(turnsBlack.map(({ day }) => day)).toEqual([5, 7]);
    expect(counts).toEqual({
      parked: 5,
      blackNoMore: [],
      blackEarlier: 1,
      blackLater: 0,
      silent: 1,
    });
  });
});
