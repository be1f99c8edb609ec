import type { RoomState } from '@vigie/contracts/evacuation';
import { describe, expect, it } from 'vitest';
import { graverKind } from '../alarm/alarm.ts';
import { confirmedEmptyAt, followed, followedFrom, unwatched } from './followed-room.ts';

const t0 = '2026-11-24T10:00:00.000Z';

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
  const room = followedFrom({
    room: { id: 'a', buildingId: 'hall', name: 'a', floor: '', capacity: null },
    cameraIds: [],
    frozen: state('a', people(2)),
    confirmedEmptyAt: null,
  });
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
