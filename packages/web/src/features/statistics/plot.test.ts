import { describe, expect, it } from 'vitest';
import { indexAt, labelled, movedBy, pathsOf } from './plot.ts';

describe('the line of a plot', () => {
  it('goes through every point, from edge to edge', () => {
    expect(pathsOf([0, 1])).toEqual([
      { line: 'M0 120L150 120L450 0L600 0', area: 'M0 120L150 120L450 0L600 0V120H0Z' },
    ]);
  });

  it('is broken where nothing is known', () => {
    expect(pathsOf([null, 1, null, 0.5]).map(({ line }) => line)).toEqual([
      'M150 0L225 0L300 0',
      'M450 60L525 60L600 60',
    ]);
    expect(pathsOf([null, null])).toEqual([]);
    expect(pathsOf([])).toEqual([]);
  });
});

describe('the reader of a plot', () => {
  it.each([
    ['ArrowRight', 4, 5],
    ['ArrowUp', 9, 9],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 4, 3],
    ['PageUp', 4, 5],
    ['Home', 4, 0],
    ['End', 4, 9],
    ['x', 4, undefined],
  ])('is moved by %s from %d to %s', (key, from, to) => {
    expect(movedBy(key, from, 10)).toBe(to);
  });

  it.each([
    [0, 0],
    [0.5, 5],
    [1, 9],
    [-0.2, 0],
  ])('stands at %d of the width on point %d of ten', (share, index) => {
    expect(indexAt(share, 10)).toBe(index);
  });
});

describe('the time axis', () => {
  it.each([
    [10, 5, [0, 2, 4, 6, 8]],
    [7, 5, [0, 2, 4, 6]],
    [3, 5, [0, 1, 2]],
    [0, 5, []],
  ])('of %d points has at most %d labels', (count, most, indexes) => {
    expect(labelled(count, most)).toEqual(indexes);
  });
});
