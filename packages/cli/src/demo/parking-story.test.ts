import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStorySpace, type Visit, visitsTo } from './parking-story.ts';

const take = (count: number, visits: Iterator<Visit, never>): Visit[] =>
  Array.from({ length: count }, () => visits.next().value);

describe('visitsTo', () => {
  it('brings the forgotten car at once and leaves it beyond the allowed days, again and again', () => {
    const visits = take(5, visitsTo({ role: 'forgotten', allowedDays: 7, seed: 1 }));
    expect(visits[0]?.afterDays).toBeLessThan(0.5);
    for (const { stayDays } of visits) expect(stayDays).toBeGreaterThan(8);
  });

  it('never lets a regular car reach black, and leaves a gap between two cars', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 366 }), (seed, allowedDays) => {
        for (const visit of take(20, visitsTo({ role: 'regular', allowedDays, seed }))) {
          expect(visit.stayDays).toBeLessThan(allowedDays);
          expect(visit.stayDays).toBeGreaterThan(0);
          expect(visit.afterDays).toBeGreaterThan(0.04);
        }
      }),
    );
  });

  it('tells the same story for the same seed and another one for another', () => {
    const story = (seed: number) => take(6, visitsTo({ role: 'regular', allowedDays: 7, seed }));
    expect(story(7)).toEqual(story(7));
    expect(story(7)).not.toEqual(story(8));
  });
});

it('spreads the first cars of neighbouring spaces over days, and their stays too', () => {
  const first = Array.from({ length: 8 }, (_, index) =>
    take(1, visitsTo({ role: 'regular', allowedDays: 7, seed: 2026 + index })),
  ).flat();
  for (const days of [first.map(({ afterDays }) => afterDays), first.map((v) => v.stayDays)])
    expect(Math.max(...days) - Math.min(...days)).toBeGreaterThan(1.5);
});

describe('a space in the story', () => {
  const start = new Date('2026-06-01T08:00:00Z');
  const at = (days: number) => new Date(start.getTime() + days * 86_400_000);
  const visits = (): Iterator<Visit, never> =>
    (function* (): Generator<Visit, never> {
      for (;;) yield { afterDays: 1, stayDays: 3 };
    })();

  it('fills and empties as its visits say', () => {
    const space = createStorySpace(visits(), start);
    const changes = [0, 0.9, 1, 2, 3.9, 4, 4.9, 5].map((day) => [day, space.advance(at(day))]);
    expect(changes.filter(([, isChange]) => isChange).map(([day]) => day)).toEqual([1, 4, 5]);
    expect(space.isOccupied()).toBe(true);
  });

  it('is free at the next look after the car was towed away, and the story goes on', () => {
    const space = createStorySpace(visits(), start);
    space.advance(at(1));
    space.towAway();
    expect(space.advance(at(1.1))).toBe(true);
    expect(space.isOccupied()).toBe(false);
    expect(space.advance(at(2))).toBe(false);
    expect(space.advance(at(2.1))).toBe(true);
  });

  it('has nothing to tow while it is free', () => {
    const space = createStorySpace(visits(), start);
    space.towAway();
    expect(space.advance(at(0.5))).toBe(false);
  });
});
