import { CameraHealth, Occupancy } from '@vigie/contracts/vision';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mustForget, occupancyOf, type SettledSpaces, settledAfter } from './settling.ts';

const start = Date.parse('2026-03-02T10:00:00.000Z');
const everyMs = 2000;

/** Looks at one space, 2 s apart; `x` taken, `.` free. */
function afterLooks(looks: string, before: SettledSpaces = new Map()): SettledSpaces {
  let settled = before;
  for (const [i, look] of [...looks].entries()) {
    const sight = { spaceId: 'a', occupied: look === 'x', score: look === 'x' ? 0.7 : 0.01 };
    settled = settledAfter(settled, [sight], start + i * everyMs);
  }
  return settled;
}

const toldOf = (settled: SettledSpaces) =>
  occupancyOf(['a'], settled, { health: 'ok', toWall: 0 })[0];
const second = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

describe('a space settles', () => {
  it.each([
    { name: 'not at the first look', looks: '.', occupied: null },
    { name: 'not while looks differ', looks: '.x.x.x.x', occupied: null },
    { name: 'when looks agree long enough', looks: '....', occupied: false },
    { name: 'whatever it was before, once looks agree', looks: '....xxxx', occupied: true },
    { name: 'not on a car that drives past', looks: '....xx...', occupied: false },
    { name: 'not on a car that is hidden for a moment', looks: 'xxxx...x', occupied: true },
    { name: 'not on looks that begin to differ', looks: '....xxx.xxx', occupied: false },
  ])('$name', ({ looks, occupied }) => {
    expect(toldOf(afterLooks(looks))?.occupied).toBe(occupied);
  });

  it('from the first look that said so, to the newest', () => {
    expect(toldOf(afterLooks('....xxxxx'))).toMatchObject({
      occupied: true,
      since: second(8),
      seenAt: second(16),
    });
  });

  it('and is vouched for only up to the newest look that agreed', () => {
    expect(toldOf(afterLooks('....x'))).toMatchObject({ occupied: false, seenAt: second(6) });
  });

  it('not by many looks within a moment', () => {
    let settled: SettledSpaces = new Map();
    for (let i = 0; i < 20; i++)
      settled = settledAfter(settled, [{ spaceId: 'a', occupied: true, score: 1 }], start + i);
    expect(toldOf(settled)?.occupied).toBeNull();
  });
});

it('a camera that does not see never calls a space free or taken', () => {
  const health = fc.constantFrom(...CameraHealth.options.filter((word) => word !== 'ok'));
  const looks = fc.string({ unit: fc.constantFrom('x', '.'), maxLength: 30 });
  fc.assert(
    fc.property(health, looks, (word, seen) => {
      const spaces = occupancyOf(['a', 'never-seen'], afterLooks(seen), {
        health: word,
        toWall: 0,
      });
      expect(spaces.map(({ occupied }) => occupied)).toEqual([null, null]);
      const message = { v: 1, at: second(0), health: word, fps: 0.5, ageMs: 0, worker: 'w' };
      expect(Occupancy.safeParse({ ...message, spaces }).success).toBe(true);
    }),
  );
});

it('forgets what it knew after it was blind, and not while it begins', () => {
  expect(CameraHealth.options.filter((health) => !mustForget(health))).toEqual(['ok', 'starting']);
});
