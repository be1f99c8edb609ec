import type { RoomStanding, RoomState } from '@vigie/contracts/evacuation';
import { describe, expect, it } from 'vitest';
import type { RoomFace } from '../rooms/index.ts';
import { countedFace, standingFace } from './standing.ts';

const at = '2026-03-01T10:00:05Z';
const live = { at: '2026-03-01T10:00:09Z' } as RoomState;
const people: RoomFace = { state: 'people', count: 2, min: 2, max: 3, at: live.at ?? '', ageMs: 0 };
const empty: RoomFace = { state: 'empty', at, ageMs: 0 };
const late: RoomFace = { state: 'unknown', reason: 'camera-late' };
const swept: RoomStanding = { kind: 'swept', by: 'wanda', at, reason: null };
const overridden: RoomStanding = { ...swept, reason: 'a coat' };
const byWarden: RoomStanding = { kind: 'people', by: 'wanda', min: 3, max: 3, at };
const byCamera: RoomStanding = { ...byWarden, by: null };
const contradiction: RoomStanding = {
  kind: 'contradiction',
  by: 'wanda',
  sweptAt: at,
  said: 'clear',
  seenAt: at,
};

describe('the standing of a room on the screen', () => {
  it.each<[string, RoomStanding, RoomFace, boolean, object]>([
    ['a swept room', swept, late, false, { kind: 'swept' }],
    ['a swept room without a connection', swept, late, true, { kind: 'unknown' }],
    ['somebody seen in a swept room', swept, people, false, { kind: 'contradiction' }],
    ['somebody seen in an overridden room', overridden, people, false, { kind: 'swept' }],
    ['people whom a warden saw', byWarden, late, false, { kind: 'people', by: 'wanda' }],
    ['people whom cameras saw long ago', byCamera, late, false, { kind: 'unknown' }],
    ['a room seen empty long ago', { kind: 'empty', at }, late, false, { kind: 'unknown' }],
    ['a contradiction', contradiction, empty, false, { kind: 'contradiction' }],
  ])('says of %s', (_name, standing, face, isLate, is) => {
    expect(standingFace({ standing, live }, face, isLate)).toMatchObject(is);
  });

  it.each<[string, RoomStanding, RoomFace, object]>([
    ['a contradiction with nobody in sight as unknown', contradiction, late, { state: 'unknown' }],
    ['a contradiction with people as people', contradiction, people, { state: 'people', min: 2 }],
    ['a warden’s people', byWarden, late, { state: 'people', min: 3 }],
    ['a swept room as empty', swept, late, { state: 'empty' }],
  ])('counts %s', (_name, standing, face, is) => {
    expect(countedFace(standing, face)).toMatchObject(is);
  });
});
