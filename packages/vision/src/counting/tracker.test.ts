import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../detector/boxes.ts';
import { type Following, follow, NOBODY, TRACK_RULES } from './tracker.ts';

const size = { width: 640, height: 360 };
const STEP_MS = 200;

const person = (x: number, score = 0.8, y = 100): Detection => ({
  x1: x,
  y1: y,
  x2: x + 40,
  y2: y + 120,
  score,
});

/** Follows looks 200 ms apart; returns what is known after each. */
function followAll(looks: readonly (readonly Detection[])[], stepMs = STEP_MS): Following[] {
  let following = NOBODY;
  return looks.map((humans, i) => {
    following = follow(following, { at: i * stepMs, humans, size }, TRACK_RULES);
    return following;
  });
}

/** Follows looks at the given moments, in milliseconds. */
function followAt(looks: readonly { at: number; humans: readonly Detection[] }[]): Following[] {
  let following = NOBODY;
  return looks.map(({ at, humans }) => {
    following = follow(following, { at, humans, size }, TRACK_RULES);
    return following;
  });
}

/** Number of the track whose box begins at `x`. */
const idAt = (state: Following | undefined, x: number): number | undefined =>
  state?.tracks.find((track) => track.missedLooks === 0 && track.x1 === x)?.id;

const idsAt = (states: readonly Following[], look: number): number[] =>
  (states.at(look)?.tracks ?? []).map(({ id }) => id);

describe('following people', () => {
  it.each([
    { name: 'somebody who stands still', xs: [100, 100, 101, 100, 99, 100] },
    { name: 'somebody who walks', xs: [100, 115, 130, 145, 160, 175] },
    { name: 'a runner whose boxes do not overlap', xs: [100, 160, 220, 280, 340, 400] },
  ])('keeps the number of $name', ({ xs }) => {
    const states = followAll(xs.map((x) => [person(x)]));
    expect(states.map(({ tracks }) => tracks.map(({ id }) => id))).toEqual(xs.map(() => [1]));
  });

  it('keeps two people apart who cross', () => {
    const states = followAll(
      Array.from({ length: 11 }, (_, i) => [
        person(100 + i * 20, 0.8, 80),
        person(300 - i * 20, 0.8, 110),
      ]),
    );
    expect(states.at(-1)?.tracks).toHaveLength(2);
    const [left, right] = states.at(-1)?.tracks ?? [];
    expect(left?.x1).toBe(300);
    expect(right?.x1).toBe(100);
  });

  it('keeps a known person by finds too weak to start anybody', () => {
    const states = followAll([[person(100)], [person(100, 0.12)], [person(100, 0.12)]]);
    expect(states.at(-1)?.tracks[0]).toMatchObject({ id: 1, missedLooks: 0 });
    expect(followAll([[person(100, 0.12)]]).at(-1)?.tracks).toEqual([]);
  });

  it('knows somebody again who was out of sight for a moment', () => {
    const states = followAll([[person(100)], [person(100)], [], [], [person(105)]]);
    expect(idsAt(states, -1)).toEqual([1]);
  });

  it('forgets by time, not by the number of looks', () => {
    const quick = followAll([[person(100)], ...Array.from({ length: 20 }, () => [])], 100);
    expect(quick.at(-1)?.tracks).toHaveLength(1);
    const slow = followAll([[person(100)], [], [], []], 1000);
    expect(slow.at(-1)?.tracks).toHaveLength(0);
  });

  it('does not take a second box on the same body for a second person at once', () => {
    const half: Detection = { x1: 105, y1: 100, x2: 135, y2: 160, score: 0.4 };
    const once = followAll([[person(100)], [person(100), half]]);
    expect(once.at(-1)?.tracks.find(({ id }) => id === 2)?.evidence).toBe(0);
    const longer = followAll([
      [person(100)],
      ...Array.from({ length: 4 }, () => [person(100), half]),
    ]);
    expect(longer.at(-1)?.tracks.find(({ id }) => id === 2)?.evidence).toBeGreaterThan(0.5);
  });

  it('remembers who went out of sight behind somebody', () => {
    const front: Detection = { x1: 100, y1: 60, x2: 220, y2: 300, score: 0.9 };
    const looks = [[front, person(230)], [front, person(200)], [front]];
    expect(
      followAll(looks)
        .at(-1)
        ?.tracks.filter(({ hidden }) => hidden),
    ).toHaveLength(1);
  });
});

describe('who is who', () => {
  it('stays the same in any rhythm of looks', () => {
    const moments = [0, 190, 430, 500, 860, 1000, 1600];
    const states = followAt(moments.map((at) => ({ at, humans: [person(100 + at * 0.15)] })));
    expect(new Set(states.flatMap(({ tracks }) => tracks.map(({ id }) => id)))).toEqual(
      new Set([1]),
    );
  });

  it.each([
    { name: 'two looks a second', stepMs: 500 },
    { name: 'five looks a second', stepMs: 200 },
    { name: 'ten looks a second', stepMs: 100 },
  ])('is known of a runner from the first step on, at $name', ({ stepMs }) => {
    // 3.5 heights a second: six metres.
    const xs = Array.from({ length: 4 }, (_, i) => 20 + i * 3.5 * 120 * (stepMs / 1000));
    expect(
      idsAt(
        followAll(
          xs.map((x) => [person(x)]),
          stepMs,
        ),
        -1,
      ),
    ).toEqual([1]);
  });

  it('is not mixed up by two who walk side by side', () => {
    const states = followAll(
      Array.from({ length: 12 }, (_, i) => [person(100 + i * 25), person(150 + i * 25)]),
    );
    expect(idAt(states.at(-1), 100 + 11 * 25)).toBe(1);
    expect(idAt(states.at(-1), 150 + 11 * 25)).toBe(2);
  });

  it('is known again behind somebody who stands in front', () => {
    const front: Detection = { x1: 250, y1: 60, x2: 330, y2: 300, score: 0.9 };
    const walker = (i: number) => person(130 + i * 30);
    const states = followAll(
      Array.from({ length: 11 }, (_, i) => (i >= 4 && i <= 6 ? [front] : [front, walker(i)])),
    );
    const before = idAt(states[3], 130 + 3 * 30);
    expect(before).toBeDefined();
    expect(idAt(states.at(-1), 130 + 10 * 30)).toBe(before);
    expect(states.at(-1)?.tracks).toHaveLength(2);
  });

  it('goes on after a cross in the middle of which one of the two was hidden', () => {
    const left = (i: number) => person(100 + i * 20, 0.8, 80);
    const right = (i: number) => person(300 - i * 20, 0.8, 110);
    const states = followAll(
      Array.from({ length: 11 }, (_, i) => (i === 5 ? [right(i)] : [left(i), right(i)])),
    );
    expect(idAt(states.at(-1), 300)).toBe(1);
    expect(idAt(states.at(-1), 100)).toBe(2);
  });

  it('keeps the number of somebody who leaves over the edge of the picture, a foot last', () => {
    const leaving = [
      { x1: 440, y1: 10, x2: 600, y2: 355, score: 0.9 },
      { x1: 530, y1: 80, x2: 639, y2: 355, score: 0.8 },
      { x1: 590, y1: 270, x2: 639, y2: 355, score: 0.6 },
    ];
    const states = followAll(leaving.map((human) => [human]));
    expect(states.flatMap(({ tracks }) => tracks.map(({ id }) => id))).toEqual([1, 1, 1]);
    const inside = leaving.map(({ x1, x2, ...box }) => [{ ...box, x1: x1 - 20, x2: x2 - 20 }]);
    expect(idsAt(followAll(inside), -1)).toEqual([1, 2]);
  });

  it('is somebody else who comes after a while, even at the same place', () => {
    const states = followAll([
      ...Array.from({ length: 5 }, () => [person(100)]),
      ...Array.from({ length: 20 }, () => []),
      [person(100)],
    ]);
    expect(idsAt(states, -1)).toEqual([2]);
  });
});

const detection = fc
  .record({
    x: fc.nat(600),
    y: fc.nat(300),
    w: fc.integer({ min: 5, max: 200 }),
    h: fc.integer({ min: 5, max: 300 }),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ x, y, w, h, score }) => ({ x1: x, y1: y, x2: x + w, y2: y + h, score }));
const looks = fc.array(fc.array(detection, { maxLength: 8 }), { maxLength: 25 });

describe('whatever is found', () => {
  it('a number belongs to one person only and is never given again', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const gone = new Set<number>();
        let before: number[] = [];
        for (const { tracks } of followAll(all)) {
          const ids = tracks.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const id of before) if (!ids.includes(id)) gone.add(id);
          expect(ids.some((id) => gone.has(id))).toBe(false);
          before = ids;
        }
      }),
    );
  });

  it('every strong find is somebody who is seen now, and nobody else is seen', () => {
    fc.assert(
      fc.property(looks, (all) => {
        for (const [i, { tracks }] of followAll(all).entries()) {
          const finds = all[i] ?? [];
          const strong = finds.filter(({ score }) => score >= TRACK_RULES.strongScore);
          const seen = tracks.filter(({ missedLooks }) => missedLooks === 0);
          for (const find of strong) {
            expect(
              seen.some(
                ({ x1, y1, x2, y2 }) =>
                  x1 === find.x1 && y1 === find.y1 && x2 === find.x2 && y2 === find.y2,
              ),
            ).toBe(true);
          }
          expect(seen.length).toBeLessThanOrEqual(finds.length);
        }
      }),
    );
  });
});
