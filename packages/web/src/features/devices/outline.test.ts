import { NormPolygon } from '@vigie/contracts/vision';
import { describe, expect, it } from 'vitest';
import { nextOutline } from './outline.ts';

const squareAt = (left: number): NormPolygon => [
  [left, 0.1],
  [left + 0.2, 0.1],
  [left + 0.2, 0.3],
  [left, 0.3],
];

describe('a new outline', () => {
  it('begins in the middle, the next beside the last, and where there is no room on the other side', () => {
    expect(NormPolygon.safeParse(nextOutline(undefined)).success).toBe(true);
    expect(nextOutline(squareAt(0.1))).toEqual(squareAt(0.3).map(([x, y]) => [+x.toFixed(3), y]));
    expect(nextOutline(squareAt(0.7))[0]).toEqual([0.5, 0.1]);
  });
});
