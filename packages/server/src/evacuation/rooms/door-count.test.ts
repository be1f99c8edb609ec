import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countAtDoors,
  type DoorLedger,
  emptiedAt,
  isHour,
  isSurelyInside,
  UNKNOWN_DOORS,
  watchedAt,
  withPassage,
} from './door-count.ts';

const emptied: DoorLedger = { ...UNKNOWN_DOORS, knownEmptyAt: 1000, watchedSince: 500 };
/** `+` comes in, `-` goes out, a second apart from 2000 on. */
const after = (signs: string, ledger = emptied): DoorLedger =>
  [...signs].reduce(
    (now, sign, i) =>
      withPassage(now, {
        id: `p${i}`,
        direction: sign === '+' ? 'in' : 'out',
        at: 2000 + i * 1000,
      }),
    ledger,
  );

describe('the count at the doors', () => {
  it.each<{ name: string; signs: string; inside: number; drift: number; unexplained: number }>([
    { name: 'nobody yet', signs: '', inside: 0, drift: 0, unexplained: 0 },
    { name: 'two who came', signs: '++', inside: 2, drift: 1, unexplained: 0 },
    { name: 'two who came and went', signs: '++--', inside: 0, drift: 1, unexplained: 0 },
    { name: 'one who left an empty room', signs: '-', inside: 0, drift: 2, unexplained: 1 },
    { name: 'one who came after that', signs: '-+', inside: 1, drift: 2, unexplained: 1 },
    { name: 'a long day', signs: '+-'.repeat(30), inside: 0, drift: 3, unexplained: 0 },
  ])('knows $name', ({ signs, inside, drift, unexplained }) => {
    expect(countAtDoors(after(signs))).toMatchObject({
      inside,
      drift,
      unexplained,
      isWatched: true,
    });
  });

  it('begins anew when the room is known to be empty', () => {
    const ledger = emptiedAt(after('+++'), 10_000);
    expect(countAtDoors(ledger)).toMatchObject({ in: 0, inside: 0, drift: 0, isWatched: true });
    expect(countAtDoors(emptiedAt(ledger, 5000))).toEqual(countAtDoors(ledger));
  });

  it('leaves out who passed before that, even if it is told later', () => {
    const ledger = withPassage(emptied, { id: 'late', direction: 'in', at: 999 });
    expect(countAtDoors(ledger).inside).toBe(0);
  });

  it('is not believed after a door was out of sight, until the room is known to be empty again', () => {
    const blind = watchedAt(after('+'), false, 4000);
    expect(countAtDoors(blind)).toMatchObject({ inside: 1, isWatched: false });
    const seeing = watchedAt(blind, true, 5000);
    expect(countAtDoors(seeing).isWatched).toBe(false);
    expect(countAtDoors(emptiedAt(seeing, 6000)).isWatched).toBe(true);
  });

  it('is not believed before the room was ever known to be empty', () => {
    const ledger = watchedAt(UNKNOWN_DOORS, true, 0);
    expect(countAtDoors(ledger)).toMatchObject({ knownEmptyAt: null, isWatched: false });
  });

  it('is sure of somebody inside only beyond the drift', () => {
    expect(isSurelyInside(countAtDoors(after('+')))).toBe(false);
    expect(isSurelyInside(countAtDoors(after('++')))).toBe(true);
  });

  const passage = fc.record({
    id: fc.nat(30).map(String),
    direction: fc.constantFrom('in' as const, 'out' as const),
    at: fc.integer({ min: 0, max: 5000 }),
  });
  const unique = fc.uniqueArray(passage, { selector: ({ id }) => id, maxLength: 25 });

  it('is the same in whatever order crossings come, and however often', () => {
    fc.assert(
      fc.property(
        unique.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.array(
              fc.constantFrom(
                ...(all.length > 0 ? all : [{ id: 'x', direction: 'in' as const, at: 0 }]),
              ),
            ),
            fc.shuffledSubarray(all, { minLength: all.length }),
          ),
        ),
        ([all, again, shuffled]) => {
          fc.pre(all.length > 0);
          const once = all.reduce(withPassage, emptied);
          expect(countAtDoors([...shuffled, ...again].reduce(withPassage, emptied))).toEqual(
            countAtDoors(once),
          );
        },
      ),
    );
  });

  it('never loses somebody who came after all others and did not leave', () => {
    fc.assert(
      fc.property(unique, (all) => {
        const before = all.reduce(withPassage, emptied);
        const more = withPassage(before, { id: 'last', direction: 'in', at: 9000 });
        expect(countAtDoors(more).inside).toBe(countAtDoors(before).inside + 1);
      }),
    );
  });
});

describe('the hour of a timetable', () => {
  it.each([
    ['03:00', '2026-07-01T01:00:59Z', true],
    ['03:00', '2026-01-15T02:00:00Z', true],
    ['03:00', '2026-01-15T02:01:00Z', false],
    ['00:00', '2026-01-14T23:00:30Z', true],
  ])('%s in Paris is %s: %s', (hour, at, isIt) => {
    expect(isHour(hour, Date.parse(at), 'Europe/Paris')).toBe(isIt);
  });
});
