import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Happening, newestOf, placeIn, takesCurbData, wordOf } from './curb-events.ts';

const happening = fc.record({
  at: fc.integer({ min: 0, max: 5 }).map((ms) => new Date(ms)),
  key: fc.stringMatching(/^[a-z0-9@:/.-]{1,6}$/),
  spaceId: fc.constant('s'),
  receivedAt: fc.constant(null),
  type: fc.constant('park_start' as const),
});
const happenings = fc.uniqueArray(happening, { selector: ({ key }) => key, maxLength: 40 });

/** What a store gives: the newest that are older than the place. */
const older = (all: readonly Happening[], before: Happening | undefined, limit: number) =>
  newestOf([all], all.length)
    .filter(
      ({ at, key }) =>
        !before || at < before.at || (at.getTime() === before.at.getTime() && key < before.key),
    )
    .slice(0, limit);

describe('events of the curb', () => {
  it('come newest first, in pages that join, from however many lists', () => {
    fc.assert(
      fc.property(happenings, fc.nat(40), fc.integer({ min: 1, max: 7 }), (all, cut, limit) => {
        const lists = [all.slice(0, cut), all.slice(cut)];
        const read: Happening[] = [];
        for (;;) {
          const last = read.at(-1);
          const page = newestOf(
            lists.map((list) => older(list, last, limit)),
            limit,
          );
          read.push(...page);
          if (page.length < limit) break;
        }
        expect(read).toEqual(newestOf([all.toReversed()], all.length));
      }),
    );
  });

  it('have places that can be read back', () => {
    fc.assert(
      fc.property(happening, ({ at, key }) => {
        expect(placeIn(wordOf({ at, key }))).toEqual({ at, key });
      }),
    );
  });

  it.each(['', 'x', '12', '12~', '~key', '1e9~key'])('know no place %s', (word) => {
    expect(placeIn(word)).toBeUndefined();
  });

  it.each([
    { accept: undefined, takes: true },
    { accept: '*/*', takes: true },
    { accept: 'application/vnd.cds+json;version=1.0', takes: true },
    { accept: 'application/vnd.cds+json; version=1.0.1', takes: true },
    { accept: 'text/html, application/json;q=0.9', takes: true },
    { accept: 'application/vnd.cds+json;version=2.0', takes: false },
    { accept: 'text/html', takes: false },
  ])('are taken by a reader of $accept: $takes', ({ accept, takes }) => {
    expect(takesCurbData(accept)).toBe(takes);
  });
});
