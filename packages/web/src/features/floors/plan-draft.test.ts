import { NO_DRAWING } from '@vigie/contracts/floors';
import { describe, expect, it } from 'vitest';
import {
  firstPoints,
  freshDoorId,
  type Mark,
  pointsOf,
  pulledPoints,
  withDoorKind,
  withoutMark,
  withPoints,
  wrongMarks,
} from './plan-draft.ts';

const marks: Mark[] = [
  { kind: 'room', id: 'hall' },
  { kind: 'camera', id: 'cam' },
  { kind: 'door', id: 'door-1' },
  { kind: 'assembly', id: 'square' },
];

describe.each(marks)('a $kind', (mark) => {
  const drawn = withPoints(NO_DRAWING, mark, firstPoints(mark, 0));

  it('is drawn, good to be kept as it first appears', () => {
    expect(pointsOf(NO_DRAWING, mark)).toEqual([]);
    expect(pointsOf(drawn, mark)).toEqual(firstPoints(mark, 0));
    expect(wrongMarks(drawn)).toEqual([]);
  });

  it('is drawn by a pull', () => {
    const pulled = withPoints(drawn, mark, pulledPoints(mark, [0.1, 0.2], [0.5, 0.6]));
    expect(wrongMarks(pulled)).toEqual([]);
    expect(pointsOf(pulled, mark).at(mark.kind === 'room' ? 2 : -1)).toEqual([0.5, 0.6]);
  });

  it('is taken away alone', () => {
    const all = marks.reduce((sum, one) => withPoints(sum, one, firstPoints(one, 1)), NO_DRAWING);
    const less = withoutMark(all, mark);
    expect(marks.filter((one) => pointsOf(less, one).length === 0)).toEqual([mark]);
  });
});

it('names what cannot be kept', () => {
  const crossed = withPoints(NO_DRAWING, { kind: 'room', id: 'hall' }, [
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 1],
  ]);
  const both = withPoints(crossed, { kind: 'door', id: 'd' }, [
    [0, 0],
    [0, 0],
  ]);
  expect(wrongMarks(both)).toEqual([
    { kind: 'room', id: 'hall' },
    { kind: 'door', id: 'd' },
  ]);
});

it('keeps a door an exit while it is moved', () => {
  const door: Mark = { kind: 'door', id: freshDoorId(NO_DRAWING) };
  const drawn = withDoorKind(withPoints(NO_DRAWING, door, firstPoints(door, 0)), door.id, 'exit');
  expect(withPoints(drawn, door, firstPoints(door, 2)).doors[0]?.kind).toBe('exit');
  expect(freshDoorId(drawn)).not.toBe(door.id);
});
