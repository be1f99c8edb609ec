import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptPosting, movesFor, type Placing } from './postings.ts';

const moment = new Date('2026-06-01T08:00:00Z');
const later = new Date('2026-06-02T08:00:00Z');

const kept = (id: number, bollardId: string, spaceId: string, untilAt: Date | null = null) => ({
  ...{ id, bollardId, spaceId, untilAt },
  fromAt: null,
});

/** The postings after the moves, by which further devices can be placed. */
function after(postings: readonly KeptPosting[], placings: Placing[], at: Date): KeptPosting[] {
  const { ended, begun } = movesFor(placings, postings, at);
  const over = postings.map((one) => (ended.includes(one.id) ? { ...one, untilAt: at } : one));
  const first = postings.length + 1;
  return [...over, ...begun.map((one, n) => ({ ...one, id: first + n, untilAt: null }))];
}

describe('placing devices', () => {
  it.each<[string, KeptPosting[], Placing[], object]>([
    [
      'a new device at a new space counts from the beginning, at each of its spaces',
      [],
      [{ id: 'a', spaceIds: ['s1', 's2'] }],
      {
        ended: [],
        begun: [
          { bollardId: 'a', spaceId: 's1', fromAt: null },
          { bollardId: 'a', spaceId: 's2', fromAt: null },
        ],
      },
    ],
    [
      'a second device at a space counts from now on, also when both come at once',
      [],
      [
        { id: 'a', spaceIds: ['s1'] },
        { id: 'b', spaceIds: ['s1'] },
      ],
      {
        ended: [],
        begun: [
          { bollardId: 'a', spaceId: 's1', fromAt: null },
          { bollardId: 'b', spaceId: 's1', fromAt: moment },
        ],
      },
    ],
    [
      'a device that moves leaves its place, and its history stays there',
      [kept(1, 'a', 's1')],
      [{ id: 'a', spaceIds: ['s2'] }],
      { ended: [1], begun: [{ bollardId: 'a', spaceId: 's2', fromAt: moment }] },
    ],
    [
      'a place that is kept goes on',
      [kept(1, 'a', 's1')],
      [{ id: 'a', spaceIds: ['s1'] }],
      { ended: [], begun: [] },
    ],
    [
      'a space that once had a device counts from now on',
      [kept(1, 'a', 's1', moment)],
      [{ id: 'b', spaceIds: ['s1'] }],
      { ended: [], begun: [{ bollardId: 'b', spaceId: 's1', fromAt: moment }] },
    ],
    [
      'a device with the name of a space is not taken for it',
      [kept(1, 's1', 'x')],
      [{ id: 'b', spaceIds: ['s1'] }],
      { ended: [], begun: [{ bollardId: 'b', spaceId: 's1', fromAt: null }] },
    ],
    [
      'a device that is to stand nowhere leaves all places',
      [kept(1, 'a', 's1'), kept(2, 'a', 's2'), kept(3, 'b', 's1')],
      [{ id: 'a', spaceIds: [] }],
      { ended: [1, 2], begun: [] },
    ],
  ])('%s', (_name, postings, placings, moves) => {
    expect(movesFor(placings, postings, moment)).toEqual(moves);
  });

  const spaceIds = fc.uniqueArray(fc.constantFrom('s1', 's2', 's3', 's4'), { maxLength: 3 });
  const placings = fc.uniqueArray(
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), spaceIds }),
    { selector: ({ id }) => id },
  );

  it('places many as one after the other', () => {
    fc.assert(
      fc.property(placings, placings, (before, given) => {
        const start = after([], before, moment);
        const oneByOne = given.reduce((all, one) => after(all, [one], later), start);
        expect(after(start, given, later)).toEqual(oneByOne);
      }),
    );
  });
});
