import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDue, looked, type Sampling } from '../camera/sampling.ts';
import { SIGHTED, warningsOf } from '../counting/health.ts';
import { nextTurn } from '../detector/turns.ts';
import { capacityFps, rateOf, slowdown } from './pace.ts';

/** A camera as it wants to be looked at. `looks`: that one answer takes. */
interface Wish {
  readonly fps: number;
  readonly looks: number;
}

interface Camera extends Wish {
  sampling: Sampling;
  since: number | undefined;
  askedAt: number | undefined;
  looksLeft: number;
  answers: number[];
  /** how often others were begun with while this one waited for a thread */
  overtakenBy: Map<Camera, number>;
}

const LOOK_MS = 50;
const STEP_MS = 10;

/** Plays cameras on so many threads, each look taking `LOOK_MS`. `mostOvertaken`: how often another was begun with while one waited. */
function play(wishes: readonly Wish[], { threads, ms }: { threads: number; ms: number }) {
  const cameras = wishes.map<Camera>((wish) => ({
    ...wish,
    sampling: { dueAt: 0 },
    since: undefined,
    askedAt: undefined,
    looksLeft: 0,
    answers: [],
    overtakenBy: new Map(),
  }));
  const spread = slowdown(
    wishes.map(({ fps, looks }) => fps * looks),
    { threads, msPerLook: LOOK_MS },
  );
  /** in the order in which they asked for a look */
  const queue: Camera[] = [];
  const seats: { camera: Camera; until: number }[] = [];
  let mostOvertaken = 0;

  function answer(camera: Camera, at: number): void {
    camera.answers.push(at);
    camera.since = camera.askedAt;
    camera.askedAt = undefined;
  }

  function begin(camera: Camera): void {
    if (camera.looksLeft < camera.looks) return;
    for (const other of queue) {
      const times = (other.overtakenBy.get(camera) ?? 0) + 1;
      other.overtakenBy.set(camera, times);
      mostOvertaken = Math.max(mostOvertaken, times);
    }
  }

  for (let now = 0; now < ms; now += STEP_MS) {
    const done = seats.filter(({ until }) => until <= now);
    for (const seat of done) seats.splice(seats.indexOf(seat), 1);
    for (const { camera } of done) {
      if (--camera.looksLeft === 0) answer(camera, now);
      else queue.push(camera);
    }
    for (const camera of cameras) {
      const intervalMs = (1000 / camera.fps) * spread;
      if (camera.askedAt !== undefined || !isDue(camera.sampling, now, intervalMs)) continue;
      camera.sampling = looked(camera.sampling, now, intervalMs);
      Object.assign(camera, { askedAt: now, looksLeft: camera.looks, overtakenBy: new Map() });
      queue.push(camera);
    }
    while (seats.length < threads && queue.length > 0) {
      const [camera] = queue.splice(nextTurn(queue), 1) as [Camera];
      begin(camera);
      seats.push({ camera, until: now + LOOK_MS });
    }
  }
  return { cameras, spread, mostOvertaken };
}

/** A camera of which nothing is wrong. */
const WELL = {
  now: 60_000,
  measuredSince: 0,
  staleMs: 3000,
  hasModel: true,
  isLost: false,
  waitingSince: 0,
  newestFrameAt: 60_000,
  newestLookAt: 60_000,
  unchangedMs: 0,
  sightedness: SIGHTED,
  hasCount: true,
};

const wish = fc.record({
  fps: fc.constantFrom(1, 2, 5, 10, 25),
  looks: fc.constantFrom(1, 1, 1, 4),
});

describe('more cameras than the machine can follow', () => {
  it('wait for a thread while each other one is begun with twice at most', () => {
    fc.assert(
      fc.property(
        fc.array(wish, { minLength: 2, maxLength: 16 }),
        fc.integer({ min: 1, max: 3 }),
        (wishes, threads) => {
          // Twice, since whose frame is older than the newest answer of the one that waits may go before it once more.
          expect(play(wishes, { threads, ms: 20_000 }).mostOvertaken).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are all looked at less often by the same factor, and say so', () => {
    const wishes = [5, 5, 5, 5, 10, 10, 25, 25].map((fps) => ({ fps, looks: 1 }));
    const ms = 60_000;
    const { cameras, spread } = play(wishes, { threads: 1, ms });
    expect(spread).toBeGreaterThan(4);
    for (const { fps, answers } of cameras) {
      const rate = rateOf(answers, ms);
      expect(rate / (fps / spread)).toBeGreaterThan(0.85);
      expect(rate / (fps / spread)).toBeLessThan(1.15);
      expect(warningsOf({ ...WELL, fps: rate, wantedFps: fps })).toEqual(['slow']);
    }
    const total = cameras.reduce((sum, { answers }) => sum + rateOf(answers, ms), 0);
    expect(total).toBeLessThan(capacityFps({ threads: 1, msPerLook: LOOK_MS }));
  });
});
