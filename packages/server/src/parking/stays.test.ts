import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyFold,
  folded,
  isAfter,
  type OccupancyEvent,
  settledAt,
  silentAt,
  staysFrom,
} from './stays.ts';

const minute = 60_000;
const start = Date.parse('2026-03-02T08:00:00Z');
const at = (minutes: number): Date => new Date(start + minutes * minute);
const holdAt = () => 5 * minute;
const later = at(1000);

const base = {
  deviceId: 'd1',
  seq: null,
  kind: 'change',
  occupied: true,
  previousStateMs: null,
  isNewVehicle: false,
  silentAfterMs: null,
} as const;

const event = (minutes: number, rest: Partial<OccupancyEvent> = {}): OccupancyEvent => ({
  ...base,
  at: at(minutes),
  receivedAt: at(minutes),
  ...rest,
});

/**
 * `o12` occupied at minute 12, `f30` free at minute 30; after it `-9` the state before lasted 9 minutes, `!` another car,
 * `h` a heartbeat, `s` a startup.
 */
const events = (words: string): OccupancyEvent[] =>
  words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [, state, minutes, previous, mark] =
        /^([of])(\d+)(?:-(\d+))?([!hs])?$/.exec(word) ?? [];
      return event(Number(minutes), {
        occupied: state === 'o',
        previousStateMs: previous === undefined ? null : Number(previous) * minute,
        isNewVehicle: mark === '!',
        kind: mark === 'h' ? 'heartbeat' : mark === 's' ? 'startup' : 'change',
      });
    });

const minutesOf = (date: Date | null) => date && (date.getTime() - start) / minute;

const shape = (words: string, now = later) =>
  staysFrom(events(words), { holdAt, now }).map(({ since, until }) => [
    minutesOf(since),
    minutesOf(until),
  ]);

describe('stays', () => {
  it.each([
    ['nothing happened', '', []],
    ['a car came and is there', 'o1', [[1, null]]],
    ['a car came and left', 'o1 f20', [[1, 20]]],
    ['the space looked free for less than the hold time', 'o1 f20 o24', [[1, null]]],
    [
      'another car came after the hold time',
      'o1 f20 o25',
      [
        [1, 20],
        [25, null],
      ],
    ],
    ['a free without a car is nothing', 'f3 f9', []],
    ['a missed free: two arrivals are one stay', 'o1 o40', [[1, null]]],
    [
      'repeated free keeps the first moment',
      'o1 f20 f22 f24 o26',
      [
        [1, 20],
        [26, null],
      ],
    ],
    ['several short gaps in a row', 'o1 f10 o12 f14 o16', [[1, null]]],
    ['a heartbeat tells of a car whose arrival was lost', 'f1 o30h', [[30, null]]],
    ['a heartbeat tells of a departure that was lost', 'o1 f30h', [[1, 30]]],
    ['a reboot in mid-stay asks for confirmation, and ends nothing', 'o1 f20s o30h', [[1, null]]],
    ['a reboot beside a free space begins nothing', 'f1 o20s', []],
    [
      'the sensor sees another car at once',
      'o1 o20!',
      [
        [1, 20],
        [20, null],
      ],
    ],
    [
      'another car after a short gap',
      'o1 f18 o20!',
      [
        [1, 18],
        [20, null],
      ],
    ],
    [
      'a lost free, known from how long it lasted',
      'o1 o40-10',
      [
        [1, 30],
        [40, null],
      ],
    ],
    ['a lost free that was shorter than the hold time', 'o1 o40-4', [[1, null]]],
    [
      'a lost free that cannot have begun before the arrival',
      'o10 o40-90',
      [
        [10, 10],
        [40, null],
      ],
    ],
    ['a lost arrival, known from how long it lasted', 'f1 f40-20', [[20, 40]]],
    [
      'a lost arrival after an earlier stay',
      'o1 f10 f40-20',
      [
        [1, 10],
        [20, 40],
      ],
    ],
    [
      'a lost arrival cannot overlap the stay before',
      'o1 f30 f40-20',
      [
        [1, 30],
        [30, 40],
      ],
    ],
    [
      'both lost: the car that leaves came later',
      'o1 o5h f60-30',
      [
        [1, 5],
        [30, 60],
      ],
    ],
    ['a duration that fits what is known changes nothing', 'o10 f60-50', [[10, 60]]],
  ])('%s', (_name, words, expected) => {
    expect(shape(words)).toEqual(expected);
  });

  it('says where an arrival was inferred', () => {
    expect(staysFrom(events('f1 f40-20 o50'), { holdAt, now: later })).toMatchObject([
      { isArrivalInferred: true },
      { isArrivalInferred: false },
    ]);
  });

  it('keeps a stay open until the hold time has passed', () => {
    expect(shape('o1 f20', at(24))).toEqual([[1, null]]);
    expect(shape('o1 f20', at(25))).toEqual([[1, 20]]);
  });

  it('takes the hold time that was in force when the space looked free', () => {
    const longer = (moment: Date) => (moment >= at(30) ? 60 : 5) * minute;
    const spans = staysFrom(events('o1 f20 o26 f40 o60'), { holdAt: longer, now: later });
    expect(spans.map(({ since, until }) => [minutesOf(since), minutesOf(until)])).toEqual([
      [1, 20],
      [26, null],
    ]);
  });
});

describe('a silent sensor', () => {
  const beating = (minutes: number, rest: Partial<OccupancyEvent> = {}) =>
    event(minutes, { kind: 'heartbeat', silentAfterMs: 30 * minute, ...rest });

  it('is missed three heartbeats after its last word', () => {
    const { fold } = folded(emptyFold, [beating(0), beating(10)], holdAt);
    expect(silentAt(fold)).toEqual(at(40));
  });

  it('leaves a gap in the stay, and never ends it', () => {
    const [stay] = staysFrom([beating(0), beating(10), beating(50)], { holdAt, now: later });
    expect(stay).toMatchObject({
      since: at(0),
      until: null,
      gaps: [{ from: at(10), until: at(50) }],
    });
  });

  it('leaves no gap when what it said meanwhile arrives later', () => {
    const known = [beating(0), beating(10), beating(50)];
    const late = [beating(20), beating(30), beating(40)].map((one) => ({
      ...one,
      receivedAt: at(50),
    }));
    expect(staysFrom([...known, ...late], { holdAt, now: later })[0]?.gaps).toEqual([]);
  });

  it('is heard by any word, a registration too', () => {
    const words = [beating(0), beating(25, { kind: 'registration', occupied: null }), beating(50)];
    expect(staysFrom(words, { holdAt, now: later })[0]?.gaps).toEqual([]);
  });

  it('is never missed where it promises no heartbeat', () => {
    const { fold } = folded(emptyFold, [event(0)], holdAt);
    expect(silentAt(fold)).toBeNull();
  });
});

/** A log as devices make it: two devices, every kind, late arrivals. */
const log = fc.array(
  fc
    .record({
      minutes: fc.integer({ min: 0, max: 300 }),
      lateMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 })),
      deviceId: fc.constantFrom('d1', 'd2'),
      occupied: fc.boolean(),
      kind: fc.constantFrom('change', 'change', 'heartbeat', 'startup', 'registration', 'debug'),
      seq: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
      previousStateMs: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }),
      isNewVehicle: fc.boolean(),
    })
    .map(({ minutes, lateMinutes, previousStateMs, ...rest }) =>
      event(minutes, {
        ...rest,
        receivedAt: at(minutes + lateMinutes),
        previousStateMs: previousStateMs && previousStateMs * minute,
        silentAfterMs: 40 * minute,
      }),
    ),
  { maxLength: 40 },
);

/** Events at the same place are one event to the fold: the log keeps the first of them. */
const onePerPlace = (given: readonly OccupancyEvent[]): OccupancyEvent[] => {
  const byPlace = new Map<string, OccupancyEvent>();
  for (const one of given) {
    const place = [one.at.getTime(), one.deviceId, one.seq, one.occupied, one.kind].join(' ');
    if (!byPlace.has(place)) byPlace.set(place, one);
  }
  return [...byPlace.values()];
};

describe('the fold', () => {
  it('gives the same stays for any order and repetition of the events', () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat(), { maxLength: 60 }), fc.nat(), (all, picks, salt) => {
        const given = onePerPlace(all);
        const expected = staysFrom(given, { holdAt, now: later });
        const repeated = [
          ...given,
          ...picks.flatMap((n) => given[n % Math.max(given.length, 1)] ?? []),
        ];
        const shuffled = repeated.toSorted(
          (a, b) =>
            (((a.at.getTime() / minute + salt) * 7919) % 101) -
            (((b.at.getTime() / minute + salt) * 7919) % 101),
        );
        expect(staysFrom(shuffled, { holdAt, now: later })).toEqual(expected);
        expect(staysFrom(repeated.toReversed(), { holdAt, now: later })).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('goes on from anywhere in the log as if it had seen it at once', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 0, max: 300 }), (all, cut) => {
        const given = onePerPlace(all);
        const first = folded(
          emptyFold,
          given.filter((one) => one.at <= at(cut)),
          holdAt,
        );
        const settled = settledAt(first.fold, at(cut), holdAt);
        const rest = given.filter((one) => one.at > at(cut));
        const then = folded(settled.fold, rest, holdAt);
        const end = settledAt(then.fold, later, holdAt);
        const stays = [
          ...first.ended,
          ...settled.ended,
          ...then.ended,
          ...end.ended,
          ...(end.fold.current ? [end.fold.current] : []),
        ];
        expect(stays).toEqual(staysFrom(given, { holdAt, now: later }));
        expect(rest.every((one) => isAfter(one, first.fold))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('never lets stays overlap', () => {
    fc.assert(
      fc.property(log, (given) => {
        const spans = staysFrom(given, { holdAt, now: later });
        for (const [index, { since, until }] of spans.entries()) {
          if (until) expect(until.getTime()).toBeGreaterThanOrEqual(since.getTime());
          const next = spans[index + 1];
          if (next) expect(until && until <= next.since).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves what it began from unchanged', () => {
    const { fold } = folded(emptyFold, events('o1'), holdAt);
    const before = structuredClone(fold);
    folded(fold, events('f20 o30!'), holdAt);
    expect(fold).toEqual(before);
  });
});
