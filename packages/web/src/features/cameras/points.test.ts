import type { NormPoint } from '@vigie/contracts/vision';
import { describe, expect, it } from 'vitest';
import { middlesOf, nudged, onPicture } from './points.ts';

describe('a point on the picture', () => {
  it('never leaves it', () => {
    expect(onPicture(-0.2, 1.7)).toEqual([0, 1]);
    expect(onPicture(0.33333, 0.5)).toEqual([0.333, 0.5]);
  });

  it.each<[string, string, boolean, NormPoint | undefined]>([
    ['to the left', 'ArrowLeft', false, [0.495, 0.5]],
    ['up, far', 'ArrowUp', true, [0.5, 0.45]],
    ['nowhere by another key', 'Enter', false, undefined],
  ])('is moved by keys: %s', (_, key, isFar, to) => {
    expect(nudged([0.5, 0.5], key, isFar)).toEqual(to);
  });

  it('can be put between any two corners, the last and the first included', () => {
    const triangle: NormPoint[] = [
      [0, 0],
      [1, 0],
      [1, 1],
    ];
    expect(middlesOf(triangle)).toEqual([
      { index: 1, point: [0.5, 0] },
      { index: 2, point: [1, 0.5] },
      { index: 3, point: [0.5, 0.5] },
    ]);
  });
});
