import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isSimplePolygon,
  type Point,
  polygonArea,
  polygonHolds,
  segmentsMeet,
  turnsOf,
} from './polygon.ts';

const square: Point[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];

describe('two segments', () => {
  it.each<{ name: string; one: [Point, Point]; other: [Point, Point]; meet: boolean }>([
    {
      name: 'that cross',
      one: [
        [0, 0],
        [2, 2],
      ],
      other: [
        [0, 2],
        [2, 0],
      ],
      meet: true,
    },
    {
      name: 'that are parallel',
      one: [
        [0, 0],
        [2, 0],
      ],
      other: [
        [0, 1],
        [2, 1],
      ],
      meet: false,
    },
    {
      name: 'of which one ends on the other',
      one: [
        [0, 0],
        [2, 0],
      ],
      other: [
        [1, 0],
        [1, 3],
      ],
      meet: true,
    },
    {
      name: 'that only would cross if they were longer',
      one: [
        [0, 0],
        [1, 1],
      ],
      other: [
        [3, 0],
        [0, 3],
      ],
      meet: false,
    },
    {
      name: 'on one straight line, apart',
      one: [
        [0, 0],
        [1, 0],
      ],
      other: [
        [2, 0],
        [3, 0],
      ],
      meet: false,
    },
    {
      name: 'on one straight line, overlapping',
      one: [
        [0, 0],
        [2, 0],
      ],
      other: [
        [1, 0],
        [3, 0],
      ],
      meet: true,
    },
  ])('$name meet: $meet', ({ one, other, meet }) => {
    expect(segmentsMeet(one, other)).toBe(meet);
    expect(segmentsMeet(other, one)).toBe(meet);
  });
});

describe('a polygon', () => {
  it.each<{ name: string; points: Point[]; simple: boolean }>([
    { name: 'square', points: square, simple: true },
    {
      name: 'bow tie',
      points: [
        [0, 0],
        [4, 4],
        [4, 0],
        [0, 4],
      ],
      simple: false,
    },
    {
      name: 'spike that runs back over itself',
      points: [
        [0, 0],
        [4, 0],
        [2, 0],
        [2, 3],
      ],
      simple: false,
    },
    {
      name: 'corner given twice',
      points: [
        [0, 0],
        [0, 0],
        [4, 0],
        [4, 4],
      ],
      simple: false,
    },
    {
      name: 'corner in the middle of an edge',
      points: [
        [0, 0],
        [2, 0],
        [4, 0],
        [4, 4],
      ],
      simple: true,
    },
    {
      name: 'hook',
      points: [
        [0, 0],
        [4, 0],
        [4, 4],
        [3, 4],
        [3, 1],
        [0, 1],
      ],
      simple: true,
    },
  ])('that is a $name is simple: $simple', ({ points, simple }) => {
    expect(isSimplePolygon(points)).toBe(simple);
    expect(isSimplePolygon(points.toReversed())).toBe(simple);
  });

  it('has an area whichever way round it is listed', () => {
    expect(polygonArea(square)).toBe(16);
    expect(polygonArea(square.toReversed())).toBe(16);
  });

  it('holds what lies within its limits, if it is a rectangle', () => {
    const coordinate = fc.double({ min: -2, max: 6, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        fc.pre([x, y].every((value) => value !== 0 && value !== 4));
        expect(polygonHolds(square, [x, y])).toBe(x > 0 && x < 4 && y > 0 && y < 4);
      }),
    );
  });

  it('does not hold the hollow of a hook', () => {
    const hook: Point[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [3, 4],
      [3, 1],
      [0, 1],
    ];
    expect(polygonHolds(hook, [1, 2])).toBe(false);
    expect(polygonHolds(hook, [3.5, 3])).toBe(true);
  });
});

it('four corners in a row turn one way where three of them are listed in order', () => {
  expect(turnsOf(square)).toEqual([16, 16, 16, 16]);
  expect(turnsOf(square.toReversed())).toEqual([-16, -16, -16, -16]);
});
