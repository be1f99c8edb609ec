import { type CountingZone, type DoorLine, NO_MARKINGS, type Watch } from '@vigie/contracts/vision';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../camera/view.ts';
import { TRACK_RULES } from '../counting/tracker.ts';
import type { Picture } from '../detector/detector.ts';
import { darkened, roomPicture } from '../testing/room-picture.ts';
import {
  type CameraState,
  cameraLost,
  frameCame,
  frameCounted,
  headcountOf,
  type Moment,
  newCamera,
  peopleIn,
  placesToHide,
  rateChanged,
} from './camera-state.ts';
import { newRateOf } from './new-rate.ts';
import { averaged, capacityFps, rateOf, slowdown } from './pace.ts';
import { UNWATCHED, type Watching, wantedModes, watched } from './watching.ts';

describe('the pace', () => {
  it.each([
    { name: 'a machine that is fast enough', wanted: [5, 5, 5, 5], threads: 2, ms: 60, is: 1 },
    { name: 'one that manages half', wanted: [5, 5, 5, 5], threads: 1, ms: 90, is: 2 },
    { name: 'one that was not measured yet', wanted: [5, 5], threads: 1, ms: undefined, is: 1 },
    { name: 'a worker without cameras', wanted: [], threads: 1, ms: 60, is: 1 },
  ])('of $name is spread by $is', ({ wanted, threads, ms, is }) => {
    expect(slowdown(wanted, { threads, msPerLook: ms })).toBeCloseTo(is, 1);
  });

  it('brings what all cameras want together under the capacity', () => {
    const wanted = [5, 10, 1, 25];
    const power = { threads: 2, msPerLook: 95 };
    const factor = slowdown(wanted, power);
    const sum = wanted.reduce((total, fps) => total + fps / factor, 0);
    expect(sum).toBeLessThan(capacityFps(power));
  });

  it('follows a machine that grows slower', () => {
    let ms = averaged(undefined, 50);
    for (let i = 0; i < 100; i++) ms = averaged(ms, 100);
    expect(ms).toBeGreaterThan(99);
    expect(ms).toBeLessThanOrEqual(100);
  });

  it('measures the rate of looks, which falls when none come', () => {
    const looks = [1000, 1200, 1400, 1600, 1800, 2000];
    expect(rateOf(looks, 2000)).toBe(5);
    expect(rateOf(looks, 6000)).toBe(1);
    expect(rateOf([], 1000)).toBe(0);
  });
});

describe('a configuration that came anew', () => {
  const config = (change: object = {}): string =>
    JSON.stringify({ v: 1, source: 'sealed', fps: 2, ...change });

  it.each([
    { name: 'an incident began', after: config({ alarmFps: 10 }), is: 10 },
    { name: 'an incident that would be slower', after: config({ alarmFps: 1 }), is: 2 },
    { name: 'another calm rate', after: config({ fps: 4 }), is: 4 },
    { name: 'another address', after: config({ source: 'other', alarmFps: 10 }), is: undefined },
    { name: 'another profile', after: config({ profile: 'crowded' }), is: undefined },
    { name: 'a rate that nobody can keep', after: config({ fps: 0 }), is: undefined },
    { name: 'no JSON', after: 'no JSON', is: undefined },
  ])('with $name changes the rate alone to $is', ({ after, is }) => {
    expect(newRateOf(config(), after)).toBe(is);
  });

  it('ends an incident by leaving its rate out', () => {
    expect(newRateOf(config({ alarmFps: 10 }), config())).toBe(2);
  });
});

/** The clock for people is an hour ahead of the one that nobody sets. */
const moment = (at: number): Moment => ({ at, wallAt: 3_600_000 + at });

describe('watching', () => {
  const at = (ms: number): string => new Date(moment(ms).wallAt).toISOString();
  const watchedAt = (before: Watching, watch: Watch) => watched(before, watch, moment(1000));

  it('ends by itself', () => {
    const watching = watchedAt(UNWATCHED, { mode: 'private', until: at(5000) });
    expect(wantedModes(watching, 4999)).toEqual(['private']);
    expect(wantedModes(watching, 5000)).toEqual([]);
  });

  it('never makes the private picture clear for a second viewer, nor ends it', () => {
    const both = watchedAt(watchedAt(UNWATCHED, { mode: 'private', until: at(9000) }), {
      mode: 'clear',
      until: at(5000),
    });
    expect(wantedModes(both, 4000)).toEqual(['clear', 'private']);
    expect(wantedModes(both, 6000)).toEqual(['private']);
  });
});

describe('what is published of a camera', () => {
  const terms = { worker: 'w1', staleMs: 3000, hasModel: true, wantedFps: 5, rules: TRACK_RULES };
  const size = { width: 640, height: 360 };
  const someone = [{ x1: 64, y1: 36, x2: 128, y2: 180, score: 0.9 }];
  const view = viewOf(roomPicture());

  function lookedAt(state: CameraState, at: number, humans = someone): CameraState {
    return frameCounted(
      frameCame(state, at),
      { ...moment(at), view, unchangedMs: 0 },
      { humans, size },
      TRACK_RULES,
    );
  }

  it('is the count with its boxes in shares of the frame while all is well', () => {
    const state = lookedAt(newCamera(moment(0)), 1000);
    expect(headcountOf(state, terms, 1100)).toEqual({
      v: 1,
      at: '1970-01-01T01:00:01.000Z',
      count: 1,
      min: 1,
      max: 1,
      boxes: [{ box: [0.1, 0.1, 0.1, 0.4], score: 0.9, track: 1 }],
      health: 'ok',
      warnings: [],
      fps: 0,
      ageMs: 100,
      worker: 'w1',
    });
  });

  it.each([
    {
      name: 'before the first look',
      state: newCamera(moment(1000)),
      now: 1100,
      health: 'starting',
    },
    {
      name: 'when no look came in time',
      state: lookedAt(newCamera(moment(0)), 1000),
      now: 4001,
      health: 'late',
    },
    {
      name: 'when the stream broke',
      state: cameraLost(lookedAt(newCamera(moment(0)), 1000), 'gone', moment(1200)),
      now: 1201,
      health: 'lost',
    },
  ])('is no number at all $name', ({ state, now, health }) => {
    expect(headcountOf(state, terms, now)).toMatchObject({
      count: null,
      min: null,
      max: null,
      health,
    });
  });

  it('has no upper limit while people are seen in a bad view', () => {
    const night = viewOf(darkened(roomPicture(), 0.05));
    const state = frameCounted(
      frameCame(newCamera(moment(0)), 1000),
      { ...moment(1000), view: night, unchangedMs: 0 },
      { humans: someone, size },
      TRACK_RULES,
    );
    expect(headcountOf(state, terms, 1100)).toMatchObject({
      health: 'ok',
      count: 1,
      max: null,
      warnings: ['dark'],
    });
  });

  it('warns of a camera that is looked at too seldom, and counts on', () => {
    let state = newCamera(moment(0));
    for (let at = 1000; at <= 7000; at += 1000) state = lookedAt(state, at);
    expect(headcountOf(state, terms, 7000)).toMatchObject({ count: 1, warnings: ['slow'] });
    expect(headcountOf(state, { ...terms, wantedFps: 2 }, 7000).warnings).toEqual([]);
    // Looks at the calm rate accuse nobody of being too slow for an alarm.
    state = rateChanged(state);
    expect(headcountOf(state, terms, 7000)).toMatchObject({ count: 1, fps: 1, warnings: [] });
    for (let at = 8000; at <= 10_000; at += 1000) state = lookedAt(state, at);
    expect(headcountOf(state, terms, 10_000).warnings).toEqual(['slow']);
  });

  it('is no number after a loss until the camera shows its old view again', () => {
    let state = newCamera(moment(0));
    let at = 0;
    const look = (picture: Picture) => {
      at += 200;
      const shot = { ...moment(at), view: viewOf(picture), unchangedMs: 0 };
      state = frameCounted(frameCame(state, at), shot, { humans: someone, size }, TRACK_RULES);
    };
    for (let i = 0; i < 20; i++) look(roomPicture());
    state = cameraLost(state, 'no current', moment(at));
    for (let i = 0; i < 20; i++) look(roomPicture(7));
    expect(headcountOf(state, terms, at)).toMatchObject({ health: 'moved', count: null });
    for (let i = 0; i < 20; i++) look(roomPicture());
    expect(headcountOf(state, terms, at)).toMatchObject({ health: 'ok', count: 1 });
  });

  it('is no number without weights', () => {
    const headcount = headcountOf(newCamera(moment(0)), { ...terms, hasModel: false }, 10);
    expect(headcount).toMatchObject({ count: null, health: 'no-model' });
  });

  it('keeps the age of the last count over a loss', () => {
    const lost = cameraLost(lookedAt(newCamera(moment(0)), 1000), 'gone', moment(5000));
    expect(headcountOf(lost, terms, 9000)).toMatchObject({
      at: '1970-01-01T01:00:01.000Z',
      ageMs: 8000,
    });
  });

  it('never gives the number of a person a second time after a loss', () => {
    const back = lookedAt(
      cameraLost(lookedAt(newCamera(moment(0)), 1000), 'gone', moment(1500)),
      2000,
    );
    expect(headcountOf(back, terms, 2000).boxes?.[0]?.track).toBe(2);
  });

  const across = (line: DoorLine, zones: CountingZone[] = []): CameraState =>
    [0, 200, 400, 600].reduce<CameraState>(
      (state, at) =>
        lookedAt(state, at, [{ x1: 200 + at / 2, y1: 60, x2: 260 + at / 2, y2: 240, score: 0.9 }]),
      newCamera(moment(0), { ...NO_MARKINGS, lines: [line], zones }),
    );

  it('knows who went over a line, whether or not they count there', () => {
    const line: DoorLine = { id: 'door', from: [0.6, 0.2], to: [0.6, 0.9] };
    const passed = { lineId: 'door', direction: 'out', track: 1 };
    expect(across(line).passages).toMatchObject([passed]);
    const everything: CountingZone = {
      id: 'all',
      kind: 'exclude',
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    };
    const uncounted = across(line, [everything]);
    expect(uncounted.passages).toMatchObject([passed]);
    expect(peopleIn(uncounted, TRACK_RULES)).toEqual([]);
    expect(placesToHide(uncounted, 600)).toHaveLength(2);
  });

  it('forgets the ways of people, but not what is drawn on the picture, when the stream breaks', () => {
    const line: DoorLine = { id: 'door', from: [0.5, 0.2], to: [0.5, 0.9] };
    const lost = cameraLost(across(line), 'gone', moment(700));
    expect(lost.markings.lines).toEqual([line]);
    expect(lost.passages).toEqual([]);
    expect(lost.paths.size).toBe(0);
  });

  it('hides weak finds and people just out of sight too', () => {
    const seen = lookedAt(newCamera(moment(0)), 1000);
    const faint = [{ x1: 300, y1: 10, x2: 340, y2: 90, score: 0.11 }];
    const next = lookedAt(seen, 1200, faint);
    expect(placesToHide(next, 1200)).toHaveLength(2);
  });
});
