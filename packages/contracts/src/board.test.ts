import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardFrom } from './board.ts';
import {
  Board,
  type BoardRoom,
  type Incident,
  type RoomStanding,
  type RoomState,
} from './evacuation.ts';
import { roomState, seenEmpty, stateAt, withPeople } from './room-state.fake.ts';

const incident: Incident = {
  id: 'i',
  buildingId: 'hall',
  buildingName: 'Town hall',
  kind: 'fire',
  origin: 'button',
  startedBy: 'ada',
  startedAt: stateAt,
  endedAt: null,
  endedBy: null,
  sources: [],
};

/** As if nobody went there. */
const byCameras = ({ state: kind, min, max, at }: RoomState): RoomStanding =>
  kind === 'people'
    ? { kind, by: null, min: min ?? 1, max, at }
    : kind === 'empty'
      ? { kind, at }
      : { kind, reason: 'camera-lost' };

const row = (name: string, live: Partial<RoomState>, frozen = live): BoardRoom => ({
  room: { id: name.replaceAll(' ', '-'), buildingId: 'hall', name, floor: '', capacity: null },
  frozen: roomState(name, frozen),
  live: roomState(name, live),
  standing: byCameras(roomState(name, live)),
  sweep: null,
  confirmedEmptyAt: null,
  cameraIds: [],
});

const nothing = { assembled: [], blind: [] };

describe('the board', () => {
  it('puts people first, most first, then unknown, then empty, then by name', () => {
    const rows = [
      row('room 10', seenEmpty),
      row('room 9', seenEmpty),
      row('office', {}),
      row('archive', {}),
      row('lobby', withPeople(1)),
      row('hall', withPeople(7)),
      row('cellar', withPeople(1)),
    ];
    const { rooms } = boardFrom(incident, rows, nothing);
    expect(rooms.map(({ room }) => room.name)).toEqual([
      'hall',
      'cellar',
      'lobby',
      'archive',
      'office',
      'room 9',
      'room 10',
    ]);
  });

  it.each<{ name: string; rows: BoardRoom[]; totals: Partial<Board['totals']> }>([
    {
      name: 'all rooms counted',
      rows: [row('a', withPeople(2, 3)), row('b', withPeople(1)), row('c', seenEmpty)],
      totals: { peopleMin: 3, peopleMax: 4, roomsWithPeople: 2, roomsEmpty: 1, roomsUnknown: 0 },
    },
    {
      name: 'an unknown room takes the upper limit away',
      rows: [row('a', withPeople(2)), row('b', {})],
      totals: { peopleMin: 2, peopleMax: null, roomsUnknown: 1 },
    },
    {
      name: 'a blind camera beside people takes the upper limit away',
      rows: [row('a', withPeople(2, null))],
      totals: { peopleMin: 2, peopleMax: null },
    },
    {
      name: 'the frozen people stay',
      rows: [row('a', seenEmpty, withPeople(5)), row('b', seenEmpty, {})],
      totals: { peopleMin: 0, peopleMax: 0, frozenPeople: 5 },
    },
    { name: 'no rooms', rows: [], totals: { peopleMin: 0, peopleMax: 0, roomsUnknown: 0 } },
  ])('adds up with an honest range: $name', ({ rows, totals }) => {
    const board = boardFrom(incident, rows, nothing);
    expect(Board.parse(board).totals).toMatchObject(totals);
  });

  it('does not depend on the order in which the rooms come', () => {
    const rows = [
      row('a', withPeople(2)),
      row('b', {}),
      row('c', seenEmpty),
      row('d', withPeople(2)),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(boardFrom(incident, shuffled, nothing)).toEqual(boardFrom(incident, rows, nothing));
      }),
    );
  });
});
