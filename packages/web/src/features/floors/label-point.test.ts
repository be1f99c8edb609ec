import { type Point, polygonHolds } from '@vigie/contracts/polygon';
import { expect, it } from 'vitest';
import { labelPoint } from './label-point.ts';

it('stands in the middle of a square', () => {
  const square: Point[] = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
  ];
  expect(labelPoint(square)).toEqual([2, 2]);
});

it('stands inside a room round a corner, whose middle is outside', () => {
  const bent: Point[] = [
    [0, 0],
    [10, 0],
    [10, 1],
    [2, 1],
    [2, 10],
    [0, 10],
  ];
  expect(polygonHolds(bent, [5, 5])).toBe(false);
  expect(polygonHolds(bent, labelPoint(bent))).toBe(true);
});

it('stands in the middle of a long room', () => {
  const corridor: Point[] = [
    [0, 0],
    [20, 0],
    [20, 2],
    [0, 2],
  ];
  const [x, y] = labelPoint(corridor);
  expect(x).toBeCloseTo(10);
  expect(y).toBeCloseTo(1);
});
