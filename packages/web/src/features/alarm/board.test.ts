import type { Board, Incident, RoomState } from '@vigie/contracts/evacuation';
import { describe, expect, it } from 'vitest';
import { activeOf, confirmationOf, frozenFace, withIncident, withLiveRoom } from './board.ts';

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
    sources: [],
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
