import type { WatchedSpace } from '@vigie/contracts/vision';
import { describe, expect, it } from 'vitest';
import { sightsOf } from './space-sights.ts';

const size = { width: 1000, height: 500 };

/** A space with upright edges, in pixels. */
const space = (spaceId: string, x1: number, y1: number, x2: number, y2: number): WatchedSpace => ({
  spaceId,
  polygon: [
    [x1 / 1000, y1 / 500],
    [x2 / 1000, y1 / 500],
    [x2 / 1000, y2 / 500],
    [x1 / 1000, y2 / 500],
  ],
});
const car = (x1: number, y1: number, x2: number, y2: number, score = 0.5) => ({
  x1,
  y1,
  x2,
  y2,
  score,
});
const left = space('left', 100, 100, 200, 200);
const right = space('right', 200, 100, 300, 200);

describe('a look at parking spaces', () => {
  it.each([
    { name: 'no vehicle: all are free', cars: [], taken: [] },
    { name: 'a car on a space takes it', cars: [car(110, 90, 190, 190)], taken: ['left'] },
    { name: 'a car elsewhere takes none', cars: [car(600, 100, 700, 200)], taken: [] },
    { name: 'a car that barely reaches in takes none', cars: [car(20, 100, 115, 200)], taken: [] },
    {
      name: 'a car that hides part of the next space takes its own alone',
      cars: [car(110, 60, 240, 200)],
      taken: ['left'],
    },
    {
      name: 'two cars take two, though both overlap both',
      cars: [car(110, 60, 240, 200), car(190, 60, 300, 200)],
      taken: ['left', 'right'],
    },
    {
      name: 'two finds of one car do not take the next space by its edge',
      cars: [car(105, 100, 200, 200), car(100, 100, 215, 200)],
      taken: ['left'],
    },
    { name: 'a van as large as the whole row takes none', cars: [car(0, 0, 1000, 500)], taken: [] },
  ])('$name', ({ cars, taken }) => {
    const sights = sightsOf([left, right], cars, size);
    expect(sights.map(({ spaceId }) => spaceId)).toEqual(['left', 'right']);
    expect(sights.filter(({ occupied }) => occupied).map(({ spaceId }) => spaceId)).toEqual(taken);
    for (const { score } of sights) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  it('says nothing of a space that is too small to see its car', () => {
    const far = space('far', 400, 20, 430, 27);
    expect(sightsOf([far, left], [], size).map(({ spaceId }) => spaceId)).toEqual(['left']);
  });

  it('does not care in which order vehicles were found', () => {
    const cars = [car(110, 60, 240, 200), car(190, 60, 300, 200), car(600, 100, 700, 200)];
    const forward = sightsOf([left, right], cars, size);
    expect(sightsOf([left, right], cars.toReversed(), size)).toEqual(forward);
  });
});
