import type { RoomState } from '@vigie/contracts/evacuation';
import { RoomStateName, UnknownReason } from '@vigie/contracts/evacuation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byFloor,
  faceOf,
  headlineOf,
  pictureAgeMs,
  type RoomFace,
  type RoomsSum,
  rangeText,
  staleAfterMs,
  sumOf,
  warningsIn,
} from './face.ts';

const NOW = Date.parse('2026-03-01T10:00:00.000Z');
const ago = (ms: number) => new Date(NOW - ms).toISOString();
const STALE = 3000;
const here = { nowMs: NOW, isLate: false };

const room = (part: Partial<RoomState>): RoomState => ({
  v: 1,
  roomId: 'r',
  state: 'people',
  reason: null,
  count: 2,
  min: 2,
  max: 2,
  since: ago(60_000),
  at: ago(500),
  lastSeenAt: ago(500),
  sources: [],
  ...part,
});
const empty = room({ state: 'empty', count: 0, min: 0, max: 0 });

describe('what hampers a room', () => {
  it('is said once, whichever cameras it is', () => {
    const source = { cameraId: 'a', health: 'ok', count: 1, at: ago(0) };
    const sources = [
      { ...source, warnings: ['slow' as const] },
      { ...source, cameraId: 'b', warnings: ['slow' as const, 'smoke' as const] },
    ];
    expect(warningsIn(room({ sources }))).toEqual(['slow', 'smoke']);
    expect(warningsIn(room({}))).toEqual([]);
  });
});

describe('what a room shows', () => {
  it.each<[string, RoomState, Partial<typeof here>, Partial<RoomFace>]>([
    ['people with their number and age', room({}), {}, { state: 'people', count: 2, ageMs: 500 }],
    ['a range when there is one', room({ min: 1, max: 4 }), {}, { min: 1, max: 4 }],
    ['no upper limit when a camera does not see', room({ min: 1, max: null }), {}, { max: null }],
    ['at least one where somebody is seen', room({ min: 0 }), {}, { min: 1 }],
    ['that it was seen empty, and when', empty, {}, { state: 'empty', at: ago(500) }],
    [
      'the reason it is unknown',
      room({ state: 'unknown', reason: 'camera-blind', count: null }),
      {},
      { state: 'unknown', reason: 'camera-blind' },
    ],
    [
      'unknown when the count is older than its camera allows',
      room({ at: ago(STALE + 3001) }),
      {},
      { state: 'unknown', reason: 'camera-late' },
    ],
    [
      'unknown when "empty" is older than its camera allows',
      { ...empty, at: ago(STALE + 3001) },
      {},
      { state: 'unknown', reason: 'camera-late' },
    ],
    [
      'unknown when the connection is gone, however young the count',
      empty,
      { isLate: true },
      { state: 'unknown', reason: 'no-connection' },
    ],
    [
      'unknown when nothing supports the state',
      { ...empty, at: null },
      {},
      { state: 'unknown', reason: 'no-headcount-yet' },
    ],
    [
      'unknown when it is said to be empty with somebody in it',
      { ...empty, count: 1 },
      {},
      { state: 'unknown', reason: 'contradiction' },
    ],
    [
      'unknown when people are said to be there, but none',
      room({ count: 0 }),
      {},
      { state: 'unknown', reason: 'contradiction' },
    ],
    ['age 0 when two clocks differ a little', room({ at: ago(-300) }), {}, { ageMs: 0 }],
  ])('is %s', (_name, live, view, face) => {
    expect(faceOf(live, STALE, { ...here, ...view })).toMatchObject(face);
  });

  const count = fc.option(fc.nat({ max: 9 }));
  const anyRoom = fc
    .record({
      state: fc.constantFrom(...RoomStateName.options),
      reason: fc.option(fc.constantFrom(...UnknownReason.options)),
      count,
      min: count,
      max: count,
      at: fc.option(fc.integer({ min: -5000, max: 20_000 }).map(ago)),
    })
    .map(room);

  it('is never empty unless the server says so, freshly, and without contradiction', () => {
    fc.assert(
      fc.property(anyRoom, fc.boolean(), (live, isLate) => {
        const face = faceOf(live, STALE, { nowMs: NOW, isLate });
        if (face.state !== 'empty') return;
        expect(isLate).toBe(false);
        expect(live).toMatchObject({ state: 'empty', count: 0 });
        expect(NOW - Date.parse(live.at ?? '')).toBeLessThanOrEqual(STALE + 3000);
      }),
    );
  });

  it('never shows people as fewer than one, nor a range upside down', () => {
    fc.assert(
      fc.property(anyRoom, (live) => {
        const face = faceOf(live, STALE, here);
        if (face.state !== 'people') return;
        expect(face.min).toBeGreaterThanOrEqual(1);
        expect(face.count).toBeGreaterThanOrEqual(face.min);
        expect(face.max ?? face.count).toBeGreaterThanOrEqual(face.count);
      }),
    );
  });
});

describe('the limit of a room', () => {
  it.each([
    ['its camera', [{ staleMs: 2000 }], 2000],
    ['the slowest of its cameras', [{ staleMs: 2000 }, { staleMs: 9000 }], 9000],
    ['the default without a camera', [], 3000],
  ])('is that of %s', (_name, cameras, limit) => {
    expect(staleAfterMs(cameras)).toBe(limit);
  });
});

describe('several rooms together', () => {
  const people = (min: number, max: number | null): RoomFace => ({
    state: 'people',
    count: min,
    min,
    max,
    at: ago(0),
    ageMs: 0,
  });

  it('adds people of known rooms and counts the unknown ones apart', () => {
    const sum = sumOf([
      people(1, 1),
      people(2, 4),
      { state: 'unknown', reason: 'camera-lost' },
      { state: 'empty', at: ago(0), ageMs: 0 },
    ]);
    expect(sum).toEqual({ peopleMin: 3, peopleMax: 5, withPeople: 2, empty: 1, unknown: 1 });
  });

  it('knows no upper limit as soon as one room has none', () => {
    expect(sumOf([people(1, null), people(2, 4)])).toMatchObject({ peopleMin: 3, peopleMax: null });
  });

  it.each([
    ['one number', 4, 4, '4'],
    ['a range', 3, 5, '3–5'],
    ['a lower limit', 3, null, '3+'],
  ])('writes %s', (_name, min, max, text) => {
    expect(rangeText(min, max)).toBe(text);
  });

  it('keeps floors in the order of the building', () => {
    const rooms = [{ floor: '2' }, { floor: 'RDC' }, { floor: '2' }];
    expect(byFloor(rooms).map(([floor, inIt]) => [floor, inIt.length])).toEqual([
      ['2', 2],
      ['RDC', 1],
    ]);
  });
});

const sumWith = (part: Partial<RoomsSum>): RoomsSum => ({
  peopleMin: 0,
  peopleMax: 0,
  withPeople: 0,
  empty: 0,
  unknown: 0,
  ...part,
});

describe('several rooms in one line', () => {
  it.each<[string, RoomsSum, ReturnType<typeof headlineOf>]>([
    [
      'counts people when every room is known',
      sumWith({ peopleMin: 3, peopleMax: 5, withPeople: 2 }),
      { kind: 'seen', min: 3, max: 5 },
    ],
    [
      'says "at least" as soon as one room is unknown',
      sumWith({ peopleMin: 3, peopleMax: 5, withPeople: 2, unknown: 1 }),
      { kind: 'at-least', people: 3 },
    ],
    [
      'says "at least" where a camera of a room does not see',
      sumWith({ peopleMin: 2, peopleMax: null, withPeople: 1 }),
      { kind: 'at-least', people: 2 },
    ],
    [
      'says no number when nobody is seen and a room is unknown',
      sumWith({ empty: 9, unknown: 1 }),
      { kind: 'unknown' },
    ],
    [
      'says that nobody is seen when every room was looked at',
      sumWith({ empty: 2 }),
      { kind: 'nobody-seen' },
    ],
    ['knows nothing of a building without rooms', sumWith({}), { kind: 'unknown' }],
  ])('%s', (_name, rooms, headline) => {
    expect(headlineOf(rooms)).toEqual(headline);
  });

  it('never speaks of nobody while a room is unknown or holds somebody', () => {
    const n = fc.nat({ max: 5 });
    fc.assert(
      fc.property(fc.record({ people: n, more: n, empty: n, unknown: n }), (rooms) => {
        const headline = headlineOf(
          sumWith({ ...rooms, peopleMin: rooms.people, peopleMax: rooms.people + rooms.more }),
        );
        if (headline.kind !== 'nobody-seen') return;
        expect(rooms).toMatchObject({ people: 0, more: 0, unknown: 0 });
      }),
    );
  });
});

describe('the age of a picture', () => {
  it.each([
    ['counts from its capture', NOW - 2500, NOW - 100, 2500],
    ['counts from its arrival when its own time lies ahead', NOW + 5000, NOW - 2500, 2500],
    ['is never negative', NOW + 50, NOW + 50, 0],
  ])('%s', (_name, captured, received, age) => {
    expect(pictureAgeMs(captured, received, NOW)).toBe(age);
  });
});
