import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstMotion, foundAt, movedOn } from './motion.ts';

const HEIGHT = 120;

/** Finds of something that walks at `speed` pixels per second, at the given seconds. */
function walk(seconds: readonly number[], speed: number) {
  let motion = firstMotion(speed * (seconds[0] ?? 0), HEIGHT);
  for (const [i, t] of seconds.entries()) {
    if (i === 0) continue;
    motion = foundAt(movedOn(motion, t - (seconds[i - 1] ?? 0), HEIGHT), speed * t, HEIGHT);
  }
  return motion;
}

describe('a motion', () => {
  it.each([
    { name: 'five looks a second', seconds: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    { name: 'two looks a second', seconds: [0, 0.5, 1, 1.5] },
    { name: 'looks in any rhythm', seconds: [0, 0.07, 0.5, 0.61, 0.9, 1.4] },
  ])('learns the speed of a walker from $name', ({ seconds }) => {
    const { speed } = walk(seconds, 100);
    expect(speed).toBeGreaterThan(90);
    expect(speed).toBeLessThan(110);
  });

  it('is the same after two steps as after one of their length', () => {
    const length = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(length, length, (one, two) => {
        const start = walk([0, 0.2, 0.4], 80);
        const twice = movedOn(movedOn(start, one, HEIGHT), two, HEIGHT);
        const once = movedOn(start, one + two, HEIGHT);
        for (const key of Object.keys(once) as (keyof typeof once)[]) {
          expect(twice[key]).toBeCloseTo(once[key], 6);
        }
      }),
    );
  });

  it('is known less well with time and better with each find, and never too well', () => {
    const gap = fc.double({ min: 0.01, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(gap, { minLength: 1, maxLength: 30 }), (gaps) => {
        let motion = firstMotion(0, HEIGHT);
        for (const seconds of gaps) {
          const later = movedOn(motion, seconds, HEIGHT);
          expect(later.placeVariance).toBeGreaterThan(motion.placeVariance);
          motion = foundAt(later, 0, HEIGHT);
          expect(motion.placeVariance).toBeLessThan(later.placeVariance);
          expect(motion.placeVariance * motion.speedVariance).toBeGreaterThan(
            motion.covariance ** 2,
          );
        }
      }),
    );
  });
});
