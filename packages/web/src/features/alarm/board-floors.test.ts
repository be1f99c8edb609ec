import { type FloorView, NO_DRAWING } from '@vigie/contracts/floors';
import { describe, expect, it } from 'vitest';
import { boardFloors, isDrawn, statesIn } from './board-floors.ts';
import type { StandingFace } from './standing.ts';

const floor = (name: string, level: number, drawn: string[] = []): FloorView => ({
  id: name,
  buildingId: 'b',
  name,
  level,
  plan: null,
  revision: 0,
  drawing: { ...NO_DRAWING, rooms: drawn.map((roomId) => ({ roomId, outline: [] })) },
});
const held = (id: string, on: string, kind: StandingFace['kind'] = 'empty') => ({
  row: { room: { id, name: id, buildingId: 'b', floor: on, capacity: null } },
  standing: { kind },
});

describe('the floors of the board', () => {
  const floors = [floor('cellar', -1), floor('first', 1)];

  it('go from the highest down, each with its rooms in the order of the board', () => {
    const rooms = [held('b', 'first'), held('c', 'cellar'), held('a', 'first')];
    const shown = boardFloors(floors, rooms).map(({ name, rooms: on }) => [
      name,
      on.map(({ row }) => row.room.id),
    ]);
    expect(shown).toEqual([
      ['first', ['b', 'a']],
      ['cellar', ['c']],
    ]);
  });

  it('leave out no room, be its floor unknown or none', () => {
    const all = boardFloors(floors, [held('a', ''), held('b', 'roof')]);
    expect(all.map(({ name, floor: known }) => [name, known?.id])).toEqual([
      ['first', 'first'],
      ['cellar', 'cellar'],
      ['', undefined],
      ['roof', undefined],
    ]);
  });

  it.each([
    ['a room of the board', ['a'], true],
    ['a room of yesterday', ['z'], false],
    ['nothing', [], false],
  ])('have a plan when it shows %s: %s', (_name, drawn, has) => {
    expect(isDrawn([floor('first', 1, drawn)], [held('a', 'first')])).toBe(has);
  });

  it('say how many rooms are in each state, biggest need first', () => {
    const rooms = (['empty', 'unknown', 'people', 'unknown'] as const).map((kind) =>
      held('a', '', kind),
    );
    expect(statesIn(rooms)).toEqual([
      ['people', 1],
      ['unknown', 2],
      ['empty', 1],
    ]);
  });
});
