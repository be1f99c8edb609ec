import type { RoomState } from '@vigie/contracts/evacuation';
import { roomState, seenEmpty, stateAt, withPeople } from '@vigie/contracts/room-state.fake';
import { describe, expect, it } from 'vitest';
import { graverKind } from '../alarm/alarm.ts';
import { confirmedEmptyAt, followed, followedFrom, unwatched } from './followed-room.ts';

describe('the first confirmation that a room is empty', () => {
  const later = '2026-11-24T10:00:07.000Z';
  const earlier = '2026-11-24T09:59:59.999Z';
  it.each<{ name: string; live: Partial<RoomState>; before: string | null; after: string | null }>([
    { name: 'seen empty after T0', live: { ...seenEmpty, at: later }, before: null, after: later },
    {
      name: 'seen empty before T0 only',
      live: { ...seenEmpty, at: earlier },
      before: null,
      after: null,
    },
    { name: 'people', live: { ...withPeople(1), at: later }, before: null, after: null },
    { name: 'unknown', live: { at: later }, before: null, after: null },
    {
      name: 'confirmed before, people again',
      live: withPeople(1),
      before: stateAt,
      after: stateAt,
    },
  ])('$name', ({ live, before, after }) => {
    expect(confirmedEmptyAt(roomState('a', live), stateAt, before)).toBe(after);
  });
});

describe('a room that is followed during an incident', () => {
  const room = followedFrom({
    room: { id: 'a', buildingId: 'hall', name: 'a', floor: '', capacity: null },
    cameraIds: [],
    frozen: roomState('a', withPeople(2)),
    confirmedEmptyAt: null,
  });
  const times = { startedAt: stateAt, now: '2026-11-24T10:00:09.000Z' };

  it('gives a line when its state changes and none when it stays', () => {
    const emptied = followed(room, roomState('a', seenEmpty), times);
    expect(emptied).toMatchObject({
      lines: [{ what: 'room', at: times.now, data: { roomId: 'a', state: 'empty' } }],
      isConfirmedNow: true,
      room: { confirmedEmptyAt: stateAt, last: expect.stringContaining('"state":"empty"') },
    });
    const again = followed(emptied.room, roomState('a', seenEmpty), times);
    expect(again).toMatchObject({ lines: [], isConfirmedNow: false });
  });

  it('gives a line when its count changes, too', () => {
    const { lines } = followed(room, roomState('a', withPeople(1)), times);
    expect(lines).toMatchObject([{ what: 'room', data: { state: 'people', count: 1 } }]);
  });

  it('is unknown when it left the registry, whatever was frozen', () => {
    expect(unwatched(roomState('a', seenEmpty))).toMatchObject({
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
