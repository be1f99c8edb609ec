import { NormPolygon } from '@vigie/contracts/vision';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedOutline, nextOutline, shiftOfKey, withCornerMoved } from './outline.ts';

const square: NormPolygon = [
  [0.1, 0.1],
  [0.3, 0.1],
  [0.3, 0.3],
  [0.1, 0.3],
];

describe('an outline on a picture', () => {
  it('begins in the middle, the next beside the last, and where there is no room on the other side', () => {
    const first = nextOutline(undefined);
    expect(NormPolygon.safeParse(first).success).toBe(true);
    expect(nextOutline(square)[0]).toEqual([0.3, 0.1]);
    expect(nextOutline(movedOutline(square, { dx: 0.6, dy: 0 }))[0]).toEqual([0.5, 0.1]);
  });

  it('keeps its shape at the edge of the picture', () => {
    expect(movedOutline(square, { dx: -1, dy: 5 })).toEqual([
      [0, 0.8],
      [0.2, 0.8],
      [0.2, 1],
      [0, 1],
    ]);
  });

  it('never leaves the picture, wherever it is moved', () => {
    const way = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(way, way, fc.nat(3), (dx, dy, corner) => {
        const moved = withCornerMoved(movedOutline(square, { dx, dy }), corner, { dx: dy, dy: dx });
        for (const value of moved.flat()) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('moves by the arrow keys, further with Shift, and by no other key', () => {
    expect(shiftOfKey('ArrowLeft', false)).toEqual({ dx: -0.002, dy: 0 });
    expect(shiftOfKey('ArrowDown', true)).toEqual({ dx: 0, dy: 0.02 });
    expect(shiftOfKey('Tab', false)).toBeUndefined();
  });
});
