import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAnothersTurn, nextBatch } from './delivery-order.ts';

/** Changes of a few spaces, in order. */
const waitingList = fc
  .array(fc.integer({ min: 0, max: 150 }), { maxLength: 400 })
  .map((spaces) => spaces.map((space, index) => ({ id: index + 1, spot: { id: String(space) } })));

describe('what goes out to a subscriber', () => {
  it('is everything, in order, each entity once in a notification', () => {
    fc.assert(
      fc.property(waitingList, (waiting) => {
        const sent: typeof waiting = [];
        while (sent.length < waiting.length) {
          const batch = nextBatch(waiting.slice(sent.length));
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(100);
          expect(new Set(batch.map(({ spot }) => spot.id)).size).toBe(batch.length);
          sent.push(...batch);
        }
        expect(sent).toEqual(waiting);
      }),
    );
  });
});

const now = new Date('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

describe('a job', () => {
  it.each([
    { name: 'goes first when nothing failed', failed: 0, at: null, mine: 9, leaves: false },
    {
      name: 'waits behind what failed lately',
      failed: 1,
      at: minutesAgo(5),
      mine: 9,
      leaves: true,
    },
    { name: 'tries its own again', failed: 3, at: minutesAgo(5), mine: 4, leaves: false },
    { name: 'goes on when its own went out', failed: 1, at: minutesAgo(5), mine: 2, leaves: false },
    { name: 'takes over what is forsaken', failed: 9, at: minutesAgo(121), mine: 9, leaves: false },
  ])('$name', ({ failed, at, mine, leaves }) => {
    const receiver = { timesFailed: failed, lastFailure: at };
    expect(isAnothersTurn(receiver, { head: 4, mine, now })).toBe(leaves);
  });

  /**
   * A receiver refuses for a while; jobs come in any order, those that failed come again. Whatever the order, all that
   * waits goes out, in its order, and the end leaves nothing behind.
   */
  it('or another brings everything in the end, whoever comes when', () => {
    const order = fc.array(fc.nat(), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(6), order, (count, refusals, picks) => {
        const waiting = Array.from({ length: count }, (_, index) => index + 1);
        const jobs = [...waiting];
        const sent: number[] = [];
        const receiver = { timesFailed: 0, lastFailure: null as Date | null };
        let left = refusals;
        for (const pick of picks) {
          if (jobs.length === 0) break;
          const [mine = 0] = jobs.splice(pick % jobs.length, 1);
          while (waiting[0] !== undefined) {
            if (isAnothersTurn(receiver, { head: waiting[0], mine, now })) break;
            if (left-- > 0) {
              Object.assign(receiver, { timesFailed: receiver.timesFailed + 1, lastFailure: now });
              jobs.push(mine);
              break;
            }
            receiver.timesFailed = 0;
            sent.push(waiting.shift() ?? 0);
          }
        }
        expect(sent).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      }),
    );
  });
});
