import type { NormPoint } from '@vigie/contracts/vision';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { middleOf, middlesOf, movedTo, nudged, onPicture } from './points.ts';

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

describe('a shape on the picture', () => {
  const square: NormPoint[] = [
    [0.1, 0.1],
    [0.3, 0.1],
    [0.3, 0.3],
    [0.1, 0.3],
  ];

  it('is moved by its middle', () => {
    expect(middleOf(square).map((value) => value.toFixed(6))).toEqual(['0.200000', '0.200000']);
    expect(movedTo(square, [0.5, 0.25])[0]).toEqual([0.4, 0.15]);
  });

  it('keeps its form at the edge of the picture, and never leaves it', () => {
    const place = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(place, place, (x, y) => {
        const moved = movedTo(square, [x, y]);
        const [left, top] = moved[0] ?? [];
        expect(left).toBeCloseTo(Math.min(Math.max(x - 0.1, 0), 0.8), 2);
        expect(top).toBeCloseTo(Math.min(Math.max(y - 0.1, 0), 0.8), 2);
        expect(moved.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
        expect((moved[2]?.[0] ?? 0) - (left ?? 0)).toBeCloseTo(0.2, 2);
        expect((moved[2]?.[1] ?? 0) - (top ?? 0)).toBeCloseTo(0.2, 2);
      }),
    );
  });
});
