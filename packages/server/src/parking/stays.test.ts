import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OccupancyEvent, staysFrom } from './stays.ts';

const minute = 60_000;
const start = Date.parse('2026-03-02T08:00:00Z');
const holdMs = 5 * minute;
const later = new Date(start + 1000 * minute);

/** `o12` = occupied at minute 12, `f30` = free at minute 30. */
const events = (words: string): OccupancyEvent[] =>
  words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({
      occupied: word.startsWith('o'),
      at: new Date(start + Number(word.slice(1)) * minute),
      seq: null,
    }));

const minutesOf = (date: Date | null) => date && (date.getTime() - start) / minute;

const shape = (words: string, now = later) =>
  staysFrom(events(words), { holdMs, now }).map(({ since, until }) => [
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
  ])('%s', (_name, words, expected) => {
    expect(shape(words)).toEqual(expected);
  });

  it('keeps a stay open until the hold time has passed', () => {
    expect(shape('o1 f20', new Date(start + 24 * minute))).toEqual([[1, null]]);
    expect(shape('o1 f20', new Date(start + 25 * minute))).toEqual([[1, 20]]);
  });

  const log = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 300 }).map((n) => new Date(start + n * minute)),
      occupied: fc.boolean(),
      seq: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
    }),
    { maxLength: 40 },
  );

  it('gives the same stays for any order and repetition of the events', () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat(), { maxLength: 60 }), (given, picks) => {
        const expected = staysFrom(given, { holdMs, now: later });
        const repeated = [
          ...given,
          ...picks.flatMap((n) => given[n % Math.max(given.length, 1)] ?? []),
        ];
        const shuffled = repeated.toSorted(
          (a, b) => ((a.at.getTime() * 7919) % 101) - ((b.at.getTime() * 7919) % 101),
        );
        expect(staysFrom(shuffled, { holdMs, now: later })).toEqual(expected);
        expect(staysFrom(repeated.toReversed(), { holdMs, now: later })).toEqual(expected);
      }),
    );
  });

  it('never lets stays overlap, and separates them by at least the hold time', () => {
    fc.assert(
      fc.property(log, (given) => {
        const spans = staysFrom(given, { holdMs, now: later });
        for (const [index, span] of spans.entries()) {
          const next = spans[index + 1];
          if (!next) continue;
          expect(span.until).not.toBeNull();
          expect(
            next.since.getTime() - (span.until?.getTime() ?? Number.NaN),
          ).toBeGreaterThanOrEqual(holdMs);
        }
      }),
    );
  });
});
