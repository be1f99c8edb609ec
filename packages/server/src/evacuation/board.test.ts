import { Board, type BoardRoom, type Incident, type RoomState } from '@vigie/contracts/evacuation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graverKind } from './alarm.ts';
import { boardFrom, confirmedEmptyAt } from './board.ts';
import { followed, followedFrom, unwatched } from './followed-room.ts';
import { NO_TRAIL, standingOf } from './room-standing.ts';

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

const row = (name: string, live: Partial<RoomState>, frozen = live): BoardRoom => ({
  room: { id: name.replaceAll(' ', '-'), buildingId: 'hall', name, floor: '', capacity: null },
  frozen: state(name, frozen),
  live: state(name, live),
  standing: standingOf(state(name, live), { sweeps: [], overrides: [] }, NO_TRAIL),
  sweep: null,
  confirmedEmptyAt: null,
  cameraIds: [],
});

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
    const { rooms } = boardFrom(incident, rows, []);
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
    const board = boardFrom(incident, rows, []);
    expect(Board.parse(board).totals).toMatchObject(totals);
  });

  it('does not depend on the order in which the rooms come', () => {
    const rows = [row('a', people(2)), row('b', {}), row('c', empty), row('d', people(2))];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(boardFrom(incident, shuffled, [])).toEqual(boardFrom(incident, rows, []));
      }),
    );
  });
});

describe('the first confirmation that a room is empty', () => {
  const later = '2026-11-24T10:00:07.000Z';
  const earlier = '2026-11-24T09:59:59.999Z';
  it.each<{ name: string; live: Partial<RoomState>; before: string | null; after: string | null }>([
    { name: 'seen empty after T0', live: { ...empty, at: later }, before: null, after: later },
    {
      name: 'seen empty before T0 only',
      live: { ...empty, at: earlier },
      before: null,
      after: null,
    },
    { name: 'people', live: { ...people(1), at: later }, before: null, after: null },
    { name: 'unknown', live: { at: later }, before: null, after: null },
    { name: 'confirmed before, people again', live: people(1), before: t0, after: t0 },
  ])('$name', ({ live, before, after }) => {
    expect(confirmedEmptyAt(state('a', live), t0, before)).toBe(after);
  });
});

describe('a room that is followed during an incident', () => {
  const room = followedFrom(row('a', people(2)));
  const times = { startedAt: t0, now: '2026-11-24T10:00:09.000Z' };

  it('gives a line when its state changes and none when it stays', () => {
    const emptied = followed(room, state('a', empty), times);
    expect(emptied).toMatchObject({
      lines: [{ what: 'room', at: times.now, data: { roomId: 'a', state: 'empty' } }],
      isConfirmedNow: true,
      room: { confirmedEmptyAt: t0, last: expect.stringContaining('"state":"empty"') },
    });
    const again = followed(emptied.room, state('a', empty), times);
    expect(again).toMatchObject({ lines: [], isConfirmedNow: false });
  });

  it('gives a line when its count changes, too', () => {
    const { lines } = followed(room, state('a', people(1)), times);
    expect(lines).toMatchObject([{ what: 'room', data: { state: 'people', count: 1 } }]);
  });

  it('is unknown when it left the registry, whatever was frozen', () => {
    expect(unwatched(state('a', empty))).toMatchObject({
      state: 'unknown',
      count: null,
      min: null,
    });
  });
});

describe('an alarm while another one runs', () => {
  it.each([
    ['test', 'drill', 'drill'],
    ['drill', 'fire', 'fire'],
    ['fire', 'drill', 'fire'],
    ['fire', 'test', 'fire'],
    ['drill', 'drill', 'drill'],
  ] as const)('%s, then %s: %s', (running, further, kind) => {
    expect(graverKind(running, further)).toBe(kind);
  });
});
