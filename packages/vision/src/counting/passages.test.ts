import { describe, expect, it } from 'vitest';
import { type Line, NO_PATHS, type Passage, passDoors, type Walker } from './passages.ts';

/** A level line: "in" is below it. */
const door: Line = { id: 'door', from: [200, 200], to: [400, 200] };
const HEIGHT = 100;

type Step = readonly [at: number, x: number, y: number, change?: Partial<Walker>];

/** Plays the steps of one person; a step of `undefined` is a look at which the person is forgotten. */
function play(steps: readonly (Step | undefined)[], lines: readonly Line[] = [door]): Passage[] {
  let paths = NO_PATHS;
  const all: Passage[] = [];
  let now = 0;
  for (const step of steps) {
    now = step?.[0] ?? now + 200;
    const walkers: Walker[] = step
      ? [
          {
            track: 7,
            anchor: [step[1], step[2]],
            height: HEIGHT,
            isSeen: true,
            isPerson: true,
            ...step[3],
          },
        ]
      : [];
    const done = passDoors(paths, { at: now, walkers }, lines);
    paths = done.paths;
    all.push(...done.passages);
  }
  return all;
}

/** One step every 200 ms. */
const down = (...ys: number[]): Step[] => ys.map((y, i) => [i * 200, 300, y] as const);
const directions = (passages: readonly Passage[]) => passages.map(({ direction }) => direction);

describe('a line at a door', () => {
  it.each<{ name: string; steps: (Step | undefined)[]; counts: string[] }>([
    { name: 'a walker who comes in', steps: down(120, 150, 180, 210, 240, 270), counts: ['in'] },
    { name: 'a walker who goes out', steps: down(270, 240, 210, 180, 150, 120), counts: ['out'] },
    { name: 'a runner seen once on each side', steps: down(100, 300), counts: ['in'] },
    { name: 'somebody who comes near', steps: down(100, 150, 190, 150, 100), counts: [] },
    {
      name: 'somebody who looks in and turns back',
      steps: down(120, 160, 190, 215, 190, 160, 120),
      counts: [],
    },
    {
      name: 'somebody who comes in and goes out again',
      steps: down(120, 180, 220, 280, 220, 180, 120),
      counts: ['in', 'out'],
    },
    {
      name: 'somebody who stands on the line and trembles',
      steps: down(150, 180, 195, 203, 198, 204, 197, 203, 196, 205, 199),
      counts: [],
    },
    {
      name: 'somebody who trembles on the line, then goes on',
      steps: down(150, 180, 195, 203, 198, 204, 240),
      counts: ['in'],
    },
    {
      name: 'a slow one who stays just behind the line',
      steps: down(150, 180, 195, 205, 212, 216),
      counts: ['in'],
    },
    {
      name: 'somebody who stands too near to tell from trembling',
      steps: down(150, 180, 195, 205, 208, 210, 209, 210),
      counts: [],
    },
    {
      name: 'the same who is out of sight after that',
      steps: [...down(150, 180, 195, 205, 208, 210, 209, 210), undefined],
      counts: ['in'],
    },
    {
      name: 'somebody who passes beside the line',
      steps: [
        [0, 450, 120],
        [200, 450, 180],
        [400, 450, 220],
        [600, 450, 280],
      ],
      counts: [],
    },
    {
      name: 'somebody who goes round the end of the line and comes back over it',
      steps: [
        [0, 450, 120],
        [200, 450, 280],
        [400, 300, 280],
        [600, 300, 120],
      ],
      counts: ['out'],
    },
    {
      name: 'somebody who comes in over the line and goes out beside it',
      steps: [
        [0, 300, 120],
        [200, 300, 280],
        [400, 450, 280],
        [600, 450, 120],
        [800, 300, 120],
        [1000, 300, 280],
      ],
      counts: ['in', 'in'],
    },
    {
      name: 'somebody who appears in the doorway and steps over the line at once',
      steps: down(195, 240, 280),
      counts: [],
    },
    {
      name: 'somebody who is gone just behind the line',
      steps: [...down(120, 160, 210), undefined],
      counts: ['in'],
    },
    {
      name: 'somebody who is gone just before the line',
      steps: [...down(120, 160, 190), undefined],
      counts: [],
    },
    {
      name: 'somebody out of sight while passing',
      steps: [
        [0, 300, 120],
        [200, 300, 160],
        [400, 300, 160, { isSeen: false }],
        [600, 300, 160, { isSeen: false }],
        [800, 300, 260],
      ],
      counts: ['in'],
    },
    {
      name: 'a shadow that never is a person',
      steps: [
        ...down(120, 160, 240, 280).map(([at, x, y]): Step => [at, x, y, { isPerson: false }]),
        undefined,
      ],
      counts: [],
    },
    {
      name: 'somebody who is known as a person only behind the line',
      steps: [
        [0, 300, 120, { isPerson: false }],
        [200, 300, 280, { isPerson: false }],
        [400, 300, 290],
        [600, 300, 300],
      ],
      counts: ['in'],
    },
  ])('counts $name as $counts', ({ steps, counts }) => {
    expect(directions(play(steps))).toEqual(counts);
  });

  it('says when it was passed, between the two looks', () => {
    expect(play(down(100, 300))).toEqual([{ lineId: 'door', direction: 'in', at: 100, track: 7 }]);
    expect(play(down(175, 140, 220, 290))[0]?.at).toBeCloseTo(350, 6);
  });

  it('has its "in" on the right of the way from one end to the other', () => {
    const turned: Line = { id: 'door', from: door.to, to: door.from };
    expect(directions(play(down(100, 300), [turned]))).toEqual(['out']);
  });

  it('counts by itself, however many others there are', () => {
    const second: Line = { id: 'second', from: [200, 400], to: [400, 400] };
    expect(play(down(100, 300, 500), [door, second]).map(({ lineId }) => lineId)).toEqual([
      'door',
      'second',
    ]);
  });

  it('does not depend on the number of looks', () => {
    const looks = (stepMs: number): Step[] =>
      Array.from({ length: Math.floor(3000 / stepMs) + 1 }, (_, i) => {
        const at = i * stepMs;
        return [at, 300, 60 + at * 0.1] as const;
      });
    for (const stepMs of [50, 100, 200, 500, 1000]) {
      expect(directions(play(looks(stepMs)))).toEqual(['in']);
    }
  });
});
