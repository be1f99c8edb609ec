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

const t0 = '2026-11-24T10:00:00.000Z';
const incident: Incident = {
  id: 'i',
  buildingId: 'hall',
  buildingName: 'Town hall',
  kind: 'fire',
  origin: 'button',
  startedBy: 'ada',
  startedAt: t0,
  endedAt: null,
  endedBy: null,
  sources: [],
};

const state = (roomId: string, change: Partial<RoomState>): RoomState => ({
  v: 1,
  roomId,
  state: 'unknown',
  reason: 'camera-lost',
  count: null,
  min: null,
  max: null,
  since: t0,
  at: t0,
  lastSeenAt: null,
  sources: [],
  ...change,
});
const people = (count: number, max: number | null = count): Partial<RoomState> => ({
  state: 'people',
  reason: null,
  count,
  min: count,
  max,
});
const empty: Partial<RoomState> = { state: 'empty', reason: null, count: 0, min: 0, max: 0 };

/** As if nobody went there. */
const byCameras = ({ state: kind, min, max, at }: RoomState): RoomStanding =>
  kind === 'people'
    ? { kind, by: null, min: min ?? 1, max, at }
    : kind === 'empty'
      ? { kind, at }
      : { kind, reason: 'camera-lost' };

const row = (name: string, live: Partial<RoomState>, frozen = live): BoardRoom => ({
  room: { id: name.replaceAll(' ', '-'), buildingId: 'hall', name, floor: '', capacity: null },
  frozen: state(name, frozen),
  live: state(name, live),
  standing: byCameras(state(name, live)),
  sweep: null,
  confirmedEmptyAt: null,
  cameraIds: [],
});

const nothing = { assembled: [], blind: [] };

describe('the board', () => {
  it('puts people first, most first, then unknown, then empty, then by name', () => {
    const rows = [
      row('room 10', empty),
      row('room 9', empty),
      row('office', {}),
      row('archive', {}),
      row('lobby', people(1)),
      row('hall', people(7)),
      row('cellar', people(1)),
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
      rows: [row('a', people(2, 3)), row('b', people(1)), row('c', empty)],
      totals: { peopleMin: 3, peopleMax: 4, roomsWithPeople: 2, roomsEmpty: 1, roomsUnknown: 0 },
    },
    {
      name: 'an unknown room takes the upper limit away',
      rows: [row('a', people(2)), row('b', {})],
      totals: { peopleMin: 2, peopleMax: null, roomsUnknown: 1 },
    },
    {
      name: 'a blind camera beside people takes the upper limit away',
      rows: [row('a', people(2, null))],
      totals: { peopleMin: 2, peopleMax: null },
    },
    {
      name: 'the frozen people stay',
      rows: [row('a', empty, people(5)), row('b', empty, {})],
      totals: { peopleMin: 0, peopleMax: 0, frozenPeople: 5 },
    },
    { name: 'no rooms', rows: [], totals: { peopleMin: 0, peopleMax: 0, roomsUnknown: 0 } },
  ])('adds up with an honest range: $name', ({ rows, totals }) => {
    const board = boardFrom(incident, rows, nothing);
    expect(Board.parse(board).totals).toMatchObject(totals);
  });

  it('does not depend on the order in which the rooms come', () => {
    const rows = [row('a', people(2)), row('b', {}), row('c', empty), row('d', people(2))];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(boardFrom(incident, shuffled, nothing)).toEqual(boardFrom(incident, rows, nothing));
      }),
    );
  });
});
