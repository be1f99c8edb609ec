import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../detector/boxes.ts';
import { type Counting, countLook, NOT_YET_COUNTED } from './headcount.ts';
import { TRACK_RULES } from './tracker.ts';

const picture = { size: { width: 640, height: 360 }, meanLuma: 120 };
const person = (x: number, score = 0.8): Detection => ({
  x1: x,
  y1: 100,
  x2: x + 40,
  y2: 220,
  score,
});

function countAll(looks: readonly (readonly Detection[])[], stepMs = 200): Counting[] {
  let counting = NOT_YET_COUNTED;
  return looks.map((humans, i) => {
    counting = countLook(counting, { at: i * stepMs, humans, ...picture }, TRACK_RULES);
    return counting;
  });
}

const counts = (states: readonly Counting[]): (number | undefined)[] =>
  states.map(({ count }) => count?.count);
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

describe('the headcount', () => {
  it('says "someone" at the first clear look', () => {
    expect(counts(countAll([[person(100)]]))).toEqual([1]);
  });

  it('needs several looks for somebody who is hard to see, and says so in the range', () => {
    const states = countAll(times(3, [person(100, 0.22)]));
    expect(counts(states)).toEqual([undefined, undefined, 1]);
    const known = countAll([[person(400)], [person(400), person(100, 0.22)]]);
    expect(known.at(-1)?.count).toEqual({ count: 1, min: 1, max: 2 });
  });

  it('of a fresh camera that sees nobody is unknown until the settling time has passed', () => {
    expect(counts(countAll(times(7, [])))).toEqual([...times(5, undefined), 0, 0]);
  });

  it('of a slow camera needs three looks for "nobody", however long they take', () => {
    expect(counts(countAll(times(4, []), 2000))).toEqual([undefined, undefined, 0, 0]);
  });

  it('falls to nobody a second after the last sight, not earlier', () => {
    const states = countAll([...times(5, [person(100)]), ...times(8, [])]);
    // Last sight at look 4; looks are 200 ms apart.
    expect(counts(states).slice(5)).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    expect(states.at(-4)?.count).toEqual({ count: 0, min: 0, max: 1 });
  });

  it('falls from two to one sooner: three looks', () => {
    const states = countAll([...times(5, [person(100), person(400)]), ...times(5, [person(100)])]);
    expect(counts(states).slice(5)).toEqual([2, 2, 1, 1, 1]);
  });

  it('holds somebody who was hard to see for longer', () => {
    const states = countAll([...times(9, [person(100, 0.3)]), ...times(11, [])]);
    expect(states.at(-1)?.count?.count).toBe(1);
  });

  it('does not fall while a person is missed for single looks', () => {
    const states = countAll(
      Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? [person(100)] : [])),
    );
    expect(new Set(counts(states))).toEqual(new Set([1]));
  });

  it('says how many more a crowd may hold, for longer than from one second look to the next', () => {
    const crowd = Array.from({ length: 7 }, (_, i) => person(i * 80));
    const traces = [person(40, 0.08), person(600, 0.08)];
    const states = countAll([[...crowd, ...traces], ...times(8, crowd)]);
    expect(states[0]?.count).toEqual({ count: 7, min: 7, max: 9 });
    expect(states.map(({ count }) => count?.max)).toEqual([...times(7, 9), 7, 7]);
  });

  it('holds nobody for sure whom it hardly sees', () => {
    expect(countAll(times(4, [person(100, 0.2)])).at(-1)?.count).toEqual({
      count: 1,
      min: 0,
      max: 1,
    });
  });

  it('begins afresh after a long hole in the looks', () => {
    const [before] = countAll([[person(100)]]);
    const after = countLook(
      before as Counting,
      { at: 60_000, humans: [], ...picture },
      TRACK_RULES,
    );
    expect(after.count).toBeUndefined();
    expect(after.following.nextId).toBe(before?.following.nextId);
  });

  it.each([
    { name: 'inside', standing: 'inside' as const, count: { count: 1, min: 1, max: 1 } },
    { name: 'astride', standing: 'astride' as const, count: { count: 1, min: 0, max: 1 } },
    { name: 'outside', standing: 'outside' as const, count: { count: 0, min: 0, max: 0 } },
  ])('of somebody $name the zones, after a while', ({ standing, count }) => {
    let counting = NOT_YET_COUNTED;
    for (let at = 0; at <= 1200; at += 200) {
      const sight = { at, humans: [person(100)], ...picture, standingOf: () => standing };
      counting = countLook(counting, sight, TRACK_RULES);
    }
    expect(counting.count).toEqual(count);
  });

  it('keeps the number of somebody who goes out of the zone and comes back', () => {
    let counting = NOT_YET_COUNTED;
    const counted = [100, 130, 160, 190, 160, 130].map((x, i) => {
      const standingOf = ({ x1 }: { x1: number }) =>
        x1 > 150 ? ('outside' as const) : ('inside' as const);
      const sight = { at: i * 200, humans: [person(x)], ...picture, standingOf };
      counting = countLook(counting, sight, TRACK_RULES);
      return counting.following.tracks.map(({ id }) => id);
    });
    expect(counted).toEqual(counted.map(() => [1]));
    expect(counting.count).toEqual({ count: 1, min: 1, max: 1 });
  });

  it('always lies in its range', () => {
    const detection = fc
      .record({
        x: fc.nat(600),
        w: fc.integer({ min: 5, max: 200 }),
        score: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ x, w, score }) => ({ x1: x, y1: 50, x2: x + w, y2: 250, score }));
    fc.assert(
      fc.property(fc.array(fc.array(detection, { maxLength: 6 }), { maxLength: 25 }), (all) => {
        for (const { count } of countAll(all)) {
          if (!count) continue;
          expect(count.min).toBeLessThanOrEqual(count.count);
          expect(count.count).toBeLessThanOrEqual(count.max);
        }
      }),
    );
  });
});
