import { type Markings, NO_MARKINGS } from '@vigie/contracts/vision';
import { describe, expect, it } from 'vitest';
import {
  firstCalibration,
  shapesOf,
  withLineTurned,
  withNewLine,
  withNewZone,
  without,
  withPoints,
  wrongIn,
} from './draft.ts';

const full: Markings = {
  ...withNewLine(withNewZone(withNewZone(NO_MARKINGS, 'include'), 'exclude')),
  calibration: firstCalibration,
};

describe('what is drawn', () => {
  it('can be saved as it begins', () => {
    expect(wrongIn(full)).toEqual([]);
  });

  it('has shapes with names of their own, also after one was taken away', () => {
    const again = withNewZone(without(full, 'zone-1'), 'include');
    const ids = shapesOf(again).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it.each(shapesOf(full))('keeps everything else when the points of $id move', ({ id, points }) => {
    const moved = points.map(([x, y]): [number, number] => [x, y + 0.1]);
    const after = shapesOf(withPoints(full, id, moved));
    expect(after).toEqual(
      shapesOf(full).map((shape) => (shape.id === id ? { ...shape, points: moved } : shape)),
    );
  });

  it('has its inside on the other side of a line that is turned round', () => {
    const [line] = full.lines;
    expect(withLineTurned(full, 'line-1').lines).toEqual([
      { id: 'line-1', from: line?.to, to: line?.from },
    ]);
  });

  it.each<[string, Markings, string[]]>([
    [
      'a zone whose sides cross',
      withPoints(full, 'zone-1', [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
      ]),
      ['zones'],
    ],
    [
      'a line of no length',
      withPoints(full, 'line-1', [
        [0.5, 0.5],
        [0.5, 0.5],
      ]),
      ['lines'],
    ],
    [
      'points of a plan in another order than on the picture',
      withPoints(full, 'plan', [
        [0.65, 0.45],
        [0.35, 0.45],
        [0.85, 0.85],
        [0.15, 0.85],
      ]),
      ['calibration'],
    ],
  ])('says what is wrong: %s', (_, draft, wrong) => {
    expect(wrongIn(draft)).toEqual(wrong);
  });
});
