import type { Board, Incident, RoomState } from '@vigie/contracts/evacuation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoomsSum } from '../rooms/face.ts';
import {
  activeOf,
  confirmationOf,
  frozenFace,
  headlineOf,
  withIncident,
  withLiveRoom,
} from './board.ts';

const sum = (part: Partial<RoomsSum>): RoomsSum => ({
  peopleMin: 0,
  peopleMax: 0,
  withPeople: 0,
  empty: 0,
  unknown: 0,
  ...part,
});

describe('the first line of the board', () => {
  it.each<[string, RoomsSum, ReturnType<typeof headlineOf>]>([
    [
      'counts people when every room is known',
      sum({ peopleMin: 3, peopleMax: 5, withPeople: 2 }),
      { kind: 'seen', min: 3, max: 5 },
    ],
    [
      'says "at least" as soon as one room is unknown',
      sum({ peopleMin: 3, peopleMax: 5, withPeople: 2, unknown: 1 }),
      { kind: 'at-least', people: 3 },
    ],
    [
      'says "at least" where a camera of a room does not see',
      sum({ peopleMin: 2, peopleMax: null, withPeople: 1 }),
      { kind: 'at-least', people: 2 },
    ],
    [
      'says no number when nobody is seen and a room is unknown',
      sum({ empty: 9, unknown: 1 }),
      { kind: 'unknown' },
    ],
    [
      'says that nobody is seen when every room was looked at',
      sum({ empty: 2 }),
      { kind: 'nobody-seen' },
    ],
    ['knows nothing of a building without rooms', sum({}), { kind: 'unknown' }],
  ])('%s', (_name, rooms, headline) => {
    expect(headlineOf(rooms)).toEqual(headline);
  });

  it('never speaks of nobody while a room is unknown or holds somebody', () => {
    const n = fc.nat({ max: 5 });
    fc.assert(
      fc.property(fc.record({ people: n, more: n, empty: n, unknown: n }), (rooms) => {
        const headline = headlineOf(
          sum({ ...rooms, peopleMin: rooms.people, peopleMax: rooms.people + rooms.more }),
        );
        if (headline.kind !== 'nobody-seen') return;
        expect(rooms).toMatchObject({ people: 0, more: 0, unknown: 0 });
      }),
    );
  });
});

const live = (roomId: string, at: string | null): RoomState => ({
  v: 1,
  roomId,
  state: 'people',
  reason: null,
  count: 1,
  min: 1,
  max: 1,
  since: '2026-03-01T10:00:00Z',
  at,
  lastSeenAt: at,
  sources: [],
});

describe('a live room on the board', () => {
  const old = live('a', '2026-03-01T10:00:05Z');
  const board = {
    rooms: [{ room: { id: 'a' }, frozen: old, live: old, confirmedEmptyAt: null, cameraIds: [] }],
  } as unknown as Board;

  it.each([
    ['newer news', live('a', '2026-03-01T10:00:06Z'), true],
    ['news without a time (the camera is gone)', live('a', null), true],
    ['older news', live('a', '2026-03-01T10:00:04Z'), false],
    ['news of another building', live('b', '2026-03-01T10:00:06Z'), false],
  ])('changes with %s: %s', (_name, news, isTaken) => {
    expect(withLiveRoom(board, news).rooms[0]?.live).toBe(isTaken ? news : old);
  });

  it('keeps the count of T0 whatever its age', () => {
    expect(frozenFace({ frozen: old })).toMatchObject({ state: 'people', count: 1 });
  });

  it('knows nothing of T0 without a look', () => {
    expect(frozenFace({ frozen: live('a', null) })).toMatchObject({ state: 'unknown' });
  });
});

describe('the confirmation of a room', () => {
  const empty = { state: 'empty', at: 'x', ageMs: 0 } as const;
  const people = { state: 'people', count: 1, min: 1, max: 1, at: 'x', ageMs: 0 } as const;
  const unknown = { state: 'unknown', reason: 'camera-lost' } as const;
  it.each([
    [
      'an empty room that was looked at since the alarm',
      empty,
      't',
      { kind: 'confirmed', at: 't' },
    ],
    ['an empty room not looked at since', empty, null, { kind: 'not-confirmed' }],
    ['somebody who came back', people, 't', { kind: 'came-back', at: 't' }],
    ['somebody who never left', people, null, { kind: 'none' }],
    ['an unknown room, whatever was seen before', unknown, 't', { kind: 'none' }],
  ])('is told of %s', (_name, face, at, confirmation) => {
    expect(confirmationOf(face, at)).toEqual(confirmation);
  });
});

describe('the incidents', () => {
  const one = (id: string, part: Partial<Incident>): Incident => ({
    id,
    buildingId: 'b',
    buildingName: 'Mairie',
    kind: 'drill',
    origin: 'button',
    startedBy: 'anna',
    startedAt: '2026-03-01T10:00:00Z',
    endedAt: null,
    endedBy: null,
    ...part,
  });

  it('that go on are shown, a fire before a newer drill', () => {
    const list = [
      one('ended', { endedAt: '2026-03-01T11:00:00Z' }),
      one('drill', { startedAt: '2026-03-01T12:00:00Z' }),
      one('fire', { kind: 'fire' }),
    ];
    expect(activeOf(list).map(({ id }) => id)).toEqual(['fire', 'drill']);
  });

  it('are replaced when they change and put first when they are new', () => {
    const list = withIncident([one('a', {})], one('b', {}));
    expect(list.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(withIncident(list, one('a', { kind: 'test' }))[1]?.kind).toBe('test');
  });
});
