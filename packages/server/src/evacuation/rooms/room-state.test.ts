import { type DoorCount, RoomState } from '@vigie/contracts/evacuation';
import { CameraHealth, type Headcount, type Markings, NO_MARKINGS } from '@vigie/contracts/vision';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CameraSight,
  cleanLooksNeeded,
  settlingMs,
  unseenCamera,
  withHeadcount,
  withoutWorker,
} from './camera-sight.ts';
import { fuseRoom, isNews, type WatchedRoom } from './room-state.ts';

const start = Date.parse('2026-11-24T10:00:00.000Z');
const staleMs = 3000;

/** A message as a worker sends it; `atMs` and `now` count from the start. */
const headcount = (atMs: number, change: Partial<Headcount> = {}): Headcount => {
  const count = change.count === undefined ? 0 : change.count;
  return {
    v: 1,
    at: new Date(start + atMs).toISOString(),
    count,
    min: count,
    max: count,
    health: 'ok',
    warnings: [],
    fps: 5,
    ageMs: 0,
    worker: 'w1',
    ...change,
  };
};

interface Step {
  now: number;
  camera?: string;
  message?: Headcount;
  gone?: string;
}

/** Plays the steps and gives the room's state after each. */
function play(cameraIds: readonly string[], steps: readonly Step[]): RoomState[] {
  let sights: CameraSight[] = cameraIds.map((id) => unseenCamera(id, staleMs));
  const states: RoomState[] = [];
  for (const { now, camera, message, gone } of steps) {
    sights = sights.map((sight) => {
      const seen =
        message && sight.cameraId === camera ? withHeadcount(sight, message, start + now) : sight;
      return gone ? withoutWorker(seen, gone) : seen;
    });
    states.push(fuseRoom({ roomId: 'r', sights }, states.at(-1), start + now));
  }
  return states;
}

const look = (camera: string, now: number, change: Partial<Headcount> = {}): Step => ({
  now,
  camera,
  message: headcount(now, change),
});

/** Looks of one camera without anybody, every 200 ms, both ends included. */
const cleanLooks = (camera: string, from: number, to: number): Step[] =>
  Array.from({ length: Math.floor((to - from) / 200) + 1 }, (_, i) => look(camera, from + i * 200));

const last = (states: readonly RoomState[]): RoomState => {
  const state = states.at(-1);
  if (!state) throw new Error('no state');
  return state;
};

const interleave = (...lists: Step[][]): Step[] => lists.flat().toSorted((a, b) => a.now - b.now);

describe('the state of a room with one camera', () => {
  it.each<{ name: string; steps: Step[]; state: string; reason: string | null }>([
    {
      name: 'nothing heard yet',
      steps: [{ now: 0 }],
      state: 'unknown',
      reason: 'no-headcount-yet',
    },
    {
      name: 'one look without anybody',
      steps: [look('a', 0)],
      state: 'unknown',
      reason: 'settling',
    },
    {
      name: 'looks without anybody for just less than the settling time',
      steps: cleanLooks('a', 0, 1800),
      state: 'unknown',
      reason: 'settling',
    },
    {
      name: 'looks without anybody for the settling time',
      steps: cleanLooks('a', 0, 2000),
      state: 'empty',
      reason: null,
    },
    {
      name: 'the settling time with too few looks',
      steps: [look('a', 0), look('a', 2400)],
      state: 'unknown',
      reason: 'settling',
    },
    {
      name: 'the same picture sent again and again',
      steps: [0, 500, 1000, 1500, 2000, 2500].map((now) => ({
        now,
        camera: 'a',
        message: headcount(0),
      })),
      state: 'unknown',
      reason: 'settling',
    },
    {
      name: 'the first look shows somebody',
      steps: [look('a', 0, { count: 1 })],
      state: 'people',
      reason: null,
    },
    {
      name: 'somebody comes into an empty room',
      steps: [...cleanLooks('a', 0, 4000), look('a', 4200, { count: 1 })],
      state: 'people',
      reason: null,
    },
    {
      name: 'the last one has just left',
      steps: [look('a', 0, { count: 1 }), look('a', 200)],
      state: 'unknown',
      reason: 'settling',
    },
    {
      name: 'the last one left before the settling time',
      steps: [look('a', 0, { count: 1 }), ...cleanLooks('a', 200, 2200)],
      state: 'empty',
      reason: null,
    },
    {
      name: 'nobody counted, but somebody possible',
      steps: [...cleanLooks('a', 0, 4000), look('a', 4200, { max: 1 })],
      state: 'unknown',
      reason: 'settling',
    },
    {
      name: 'the camera falls silent after an empty room',
      steps: [...cleanLooks('a', 0, 2000), { now: 5001 }],
      state: 'unknown',
      reason: 'camera-late',
    },
    {
      name: 'the camera falls silent after somebody was seen',
      steps: [look('a', 0, { count: 2 }), { now: 3001 }],
      state: 'unknown',
      reason: 'camera-late',
    },
    {
      name: 'the pictures arrive late',
      steps: [{ now: 3500, camera: 'a', message: headcount(0, { count: 1 }) }],
      state: 'unknown',
      reason: 'camera-late',
    },
    {
      name: 'the worker says itself that the picture is old',
      steps: [look('a', 0, { count: 1, ageMs: 3100 })],
      state: 'unknown',
      reason: 'camera-late',
    },
    {
      name: 'the time stamps lie in the future',
      steps: [{ now: 0, camera: 'a', message: headcount(10_000, { count: 1 }) }],
      state: 'unknown',
      reason: 'camera-late',
    },
    {
      name: 'our clock was set back by an hour after an empty room',
      steps: [...cleanLooks('a', 0, 2000), { now: -3_600_000 }],
      state: 'unknown',
      reason: 'camera-late',
    },
    {
      name: 'a hole in the looks starts the settling anew',
      steps: [...cleanLooks('a', 0, 1800), ...cleanLooks('a', 5000, 5400)],
      state: 'unknown',
      reason: 'settling',
    },
    {
      name: 'the worker is gone',
      steps: [...cleanLooks('a', 0, 2000), { now: 2100, gone: 'w1' }],
      state: 'unknown',
      reason: 'camera-lost',
    },
    {
      name: 'another worker is gone',
      steps: [...cleanLooks('a', 0, 2000), { now: 2100, gone: 'w2' }],
      state: 'empty',
      reason: null,
    },
    {
      name: 'healthy but without a count',
      steps: [look('a', 0, { count: null })],
      state: 'unknown',
      reason: 'no-headcount-yet',
    },
    {
      name: 'a second worker with a slower clock counts the same camera',
      steps: interleave(
        cleanLooks('a', 0, 2400),
        [100, 700, 1300, 1900].map((now) => ({
          now,
          camera: 'a',
          message: headcount(now - 500, { worker: 'w2' }),
        })),
      ),
      state: 'empty',
      reason: null,
    },
    {
      name: 'a second worker sees somebody, on an older picture',
      steps: [
        ...cleanLooks('a', 0, 2400),
        { now: 2500, camera: 'a', message: headcount(2100, { worker: 'w2', count: 1 }) },
      ],
      state: 'people',
      reason: null,
    },
    {
      name: 'the newest of too few pictures sent again and again',
      steps: [look('a', 0), look('a', 2100), look('a', 2100), look('a', 2100)],
      state: 'unknown',
      reason: 'settling',
    },
    {
      name: 'the clock of the worker was set back by a second, so the settling starts anew',
      steps: [
        ...cleanLooks('a', 60_000, 62_000),
        ...Array.from({ length: 8 }, (_, i) => ({
          now: 62_200 + i * 200,
          camera: 'a',
          message: headcount(61_000 + i * 200),
        })),
      ],
      state: 'unknown',
      reason: 'settling',
    },
  ])('$name: $state $reason', ({ steps, state, reason }) => {
    expect(last(play(['a'], steps))).toMatchObject({ state, reason });
  });

  it.each<[CameraHealth, string]>([
    ['starting', 'no-headcount-yet'],
    ['lost', 'camera-lost'],
    ['late', 'camera-late'],
    ['frozen', 'camera-blind'],
    ['covered', 'camera-blind'],
    ['dark', 'camera-blind'],
    ['blurred', 'camera-blind'],
    ['smoke', 'camera-smoke'],
    ['moved', 'camera-moved'],
    ['no-model', 'no-model'],
  ])('a camera that is %s makes an empty room unknown: %s', (health, reason) => {
    const steps = [...cleanLooks('a', 0, 4000), look('a', 4200, { health, count: null })];
    expect(last(play(['a'], steps))).toMatchObject({ state: 'unknown', reason, count: null });
  });

  it('without any camera it is unknown', () => {
    expect(last(play([], [{ now: 0 }]))).toMatchObject({ state: 'unknown', reason: 'no-camera' });
  });

  it('keeps since when the state began, and when somebody was last seen', () => {
    const states = play(
      ['a'],
      [
        look('a', 0, { count: 1 }),
        look('a', 200, { count: 3 }),
        ...cleanLooks('a', 400, 2600),
        { now: 9000 },
      ],
    );
    const at = (ms: number) => new Date(start + ms).toISOString();
    expect(states[1]).toMatchObject({ since: at(0), at: at(200), lastSeenAt: at(200), count: 3 });
    expect(states.at(-2)).toMatchObject({ state: 'empty', since: at(2400), lastSeenAt: at(200) });
    expect(last(states)).toMatchObject({ state: 'unknown', at: at(2600), lastSeenAt: at(200) });
  });
});

describe('the state of a room with several cameras', () => {
  it('gives the range when nobody knows whether the views overlap', () => {
    const steps = [
      look('a', 0, { count: 2, min: 1, max: 3 }),
      look('b', 0, { count: 4, min: 4, max: 5 }),
    ];
    expect(last(play(['a', 'b'], steps))).toMatchObject({
      state: 'people',
      count: 4,
      min: 4,
      max: 8,
    });
  });

  it('knows no upper limit while one camera is blind', () => {
    const steps = [look('a', 0, { count: 2 }), look('b', 0, { health: 'covered', count: null })];
    expect(last(play(['a', 'b'], steps))).toMatchObject({ state: 'people', min: 2, max: null });
  });

  it('is empty only when every camera has settled, as of the oldest of their newest looks', () => {
    const steps = interleave(cleanLooks('a', 0, 3000), cleanLooks('b', 900, 2700));
    expect(last(play(['a', 'b'], steps))).toMatchObject({ state: 'unknown', reason: 'settling' });
    const settled = [...steps, look('b', 3050), look('a', 3100)];
    expect(last(play(['a', 'b'], settled))).toMatchObject({
      state: 'empty',
      at: new Date(start + 3050).toISOString(),
    });
  });

  it('has no upper limit where people are seen in a bad view, and says what hampers it', () => {
    const steps = [look('a', 0, { count: 2, max: null, warnings: ['smoke', 'slow'] })];
    expect(last(play(['a'], steps))).toMatchObject({
      state: 'people',
      min: 2,
      max: null,
      sources: [{ health: 'ok', warnings: ['smoke', 'slow'] }],
    });
  });

  it('names the gravest reason', () => {
    const steps = [look('a', 0), look('b', 0, { health: 'lost', count: null })];
    expect(last(play(['a', 'b', 'c'], steps)).reason).toBe('camera-lost');
  });
});

describe('a room whose cameras are calibrated', () => {
  const square: Markings = {
    ...NO_MARKINGS,
    calibration: [
      { image: [0, 0], plan: [0, 0] },
      { image: [1, 0], plan: [10, 0] },
      { image: [1, 1], plan: [10, 10] },
      { image: [0, 1], plan: [0, 10] },
    ],
  };
  /** A look that shows people at these places of the plan, in metres along its middle line. */
  const seeing = (metres: number[], change: Partial<Headcount> = {}): Headcount =>
    headcount(0, {
      count: metres.length,
      boxes: metres.map((x) => ({ box: [x / 10 - 0.01, 0.4, 0.02, 0.1], score: 0.9 })),
      ...change,
    });
  const together = (
    messages: Headcount[],
    isCalibrated = (_camera: number): boolean => true,
  ): RoomState =>
    fuseRoom(
      {
        roomId: 'r',
        sights: messages.map((message, i) => {
          const markings = isCalibrated(i) ? square : NO_MARKINGS;
          return withHeadcount(unseenCamera(`c${i}`, staleMs, markings), message, start);
        }),
      },
      undefined,
      start,
    );

  it.each<{ name: string; messages: Headcount[]; range: object }>([
    {
      name: 'two whom both see',
      messages: [seeing([2, 5]), seeing([2.1, 5.1])],
      range: { count: 2, min: 2, max: 2 },
    },
    {
      name: 'one whom each sees alone',
      messages: [seeing([2]), seeing([8])],
      range: { count: 2, min: 1, max: 2 },
    },
    {
      name: 'two sights that may be one person or two',
      messages: [seeing([2]), seeing([2.6])],
      range: { count: 1, min: 1, max: 2 },
    },
    {
      name: 'one who is held out of sight and cannot be placed',
      messages: [seeing([2], { count: 2, min: 1, max: 3 }), seeing([2])],
      range: { count: 2, min: 1, max: 3 },
    },
    {
      name: 'a camera that sees nobody in its part',
      messages: [seeing([2]), seeing([])],
      range: { count: 1, min: 1, max: 1 },
    },
  ])('counts $name', ({ messages, range }) => {
    expect(together(messages)).toMatchObject({ state: 'people', ...range });
  });

  it('gives the range with a camera that is not calibrated', () => {
    const state = together([seeing([2, 5]), seeing([2, 8]), seeing([1, 2])], (i) => i < 2);
    expect(state).toMatchObject({ count: 3, min: 2, max: 5 });
  });

  it('lies between the camera that sees most and the sum, in whatever order they come', () => {
    const look = fc.record({
      metres: fc.array(
        fc.integer({ min: 0, max: 100 }).map((n) => n / 10),
        { maxLength: 5 },
      ),
      held: fc.nat(2),
      doubt: fc.nat(2),
      isCalibrated: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 4 }), (looks) => {
        const counts = looks.map(({ metres, held }) => metres.length + held);
        fc.pre(Math.max(...counts) > 0);
        const messages = looks.map(({ metres, held, doubt }) => {
          const count = metres.length + held;
          return seeing(metres, { count, min: metres.length, max: count + doubt });
        });
        const state = together(messages, (i) => looks[i]?.isCalibrated === true);
        const total = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0);
        expect(state.count).toBeGreaterThanOrEqual(Math.max(...counts));
        expect(state.count).toBeLessThanOrEqual(total(counts));
        expect(state.max).toBeGreaterThanOrEqual(state.count ?? 0);
        expect(state.max).toBeLessThanOrEqual(total(messages.map(({ max }) => max ?? 0)));
        expect(state.min).toBe(Math.max(...looks.map(({ metres }) => metres.length)));
        const reversed = together(
          messages.toReversed(),
          (i) => looks.at(-1 - i)?.isCalibrated === true,
        );
        const range = ({ count, min, max }: RoomState) => ({ count, min, max });
        expect(range(reversed)).toEqual(range(state));
      }),
    );
  });
});

describe('a room that is counted at its doors', () => {
  const doorCount = (change: Partial<DoorCount> = {}): DoorCount => ({
    in: 5,
    out: 2,
    inside: 3,
    drift: 1,
    unexplained: 0,
    knownEmptyAt: new Date(start - 60_000).toISOString(),
    isWatched: true,
    ...change,
  });
  const seen = (id: string) => withHeadcount(unseenCamera(id, staleMs), headcount(0), start);
  const settled = (id: string) =>
    [-2000, -1000, 0].reduce(
      (sight, at) => withHeadcount(sight, headcount(at), start + at),
      unseenCamera(id, staleMs),
    );
  const state = (change: Partial<DoorCount>, room: Partial<WatchedRoom> = {}): RoomState =>
    fuseRoom(
      {
        roomId: 'r',
        sights: [],
        doors: { count: doorCount(change), passedAt: start - 5000, sights: [seen('door')] },
        ...room,
      },
      undefined,
      start,
    );

  it('has the people who came and did not leave, with the drift as range', () => {
    expect(state({})).toMatchObject({
      state: 'people',
      count: 3,
      min: 2,
      max: 4,
      at: new Date(start).toISOString(),
      lastSeenAt: new Date(start - 5000).toISOString(),
      doors: { in: 5, out: 2 },
    });
  });

  it.each<[string, Partial<DoorCount>, string]>([
    ['nobody is left by the doors', { in: 2, inside: 0 }, 'doors-only'],
    ['nobody ever came', { in: 0, out: 0, inside: 0, drift: 0 }, 'doors-only'],
    ['more left than came', { inside: 0, unexplained: 1, drift: 2 }, 'doors-drift'],
    ['a door was not watched', { isWatched: false }, 'doors-unwatched'],
    ['it never was known to be empty', { knownEmptyAt: null, isWatched: false }, 'doors-unwatched'],
  ])('is unknown, and never empty, when %s', (_, change, reason) => {
    expect(state(change)).toMatchObject({ state: 'unknown', reason, count: null });
  });

  it('is unknown by its camera when a door is out of sight', () => {
    const lost = withHeadcount(
      unseenCamera('back', staleMs),
      headcount(0, { health: 'lost', count: null }),
      start,
    );
    const doors = { count: doorCount(), passedAt: undefined, sights: [seen('door'), lost] };
    expect(state({}, { doors })).toMatchObject({ state: 'unknown', reason: 'camera-lost' });
  });

  it('is seen empty by cameras that look into it, but not against its doors', () => {
    const sights = [settled('inside')];
    expect(state({ inside: 1 }, { sights })).toMatchObject({ state: 'empty' });
    expect(state({ inside: 2 }, { sights })).toMatchObject({
      state: 'unknown',
      reason: 'doors-disagree',
    });
    expect(state({ inside: 2, isWatched: false }, { sights })).toMatchObject({ state: 'empty' });
  });

  it('has the health of its door cameras, but not the people before the door', () => {
    const passing = withHeadcount(unseenCamera('door', staleMs), headcount(0, { count: 4 }), start);
    const doors = { count: doorCount(), passedAt: undefined, sights: [passing] };
    expect(state({}, { doors }).sources).toMatchObject([{ health: 'ok', count: null }]);
  });
});

const anyHeadcount = fc.record({
  count: fc.option(fc.integer({ min: 0, max: 3 })),
  slack: fc.integer({ min: 0, max: 1 }),
  health: fc.constantFrom(...CameraHealth.options),
  delay: fc.integer({ min: -1000, max: 5000 }),
  worker: fc.constantFrom('w1', 'w2'),
});
const clean = fc.constant({ count: 0, slack: 0, health: 'ok', delay: 0, worker: 'w1' } as const);

/** Mostly clean looks, so that "empty" is reached often enough to be put to the test. */
const anyStep = fc.record({
  camera: fc.constantFrom('a', 'b'),
  wait: fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 50, max: 400 }) },
    { weight: 1, arbitrary: fc.integer({ min: 400, max: 6000 }) },
  ),
  message: fc.oneof({ weight: 14, arbitrary: clean }, { weight: 1, arbitrary: anyHeadcount }),
  isTick: fc.nat(9).map((n) => n === 0),
});

type DrawnStep = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

function stepsFrom(drawn: readonly DrawnStep[]): Step[] {
  let now = 0;
  return drawn.map(({ camera, wait, message: m, isTick }) => {
    now += wait;
    if (isTick) return { now };
    const change = { ...m, min: m.count, max: m.count === null ? null : m.count + m.slack };
    return { now, camera, message: headcount(now - m.delay, change) };
  });
}

/** What must be true of a camera for "empty", said anew from the messages alone. */
function provesNobody(camera: string, steps: readonly Step[], now: number): boolean {
  const mine = steps.flatMap((step) =>
    step.message && step.camera === camera ? [{ ...step.message, receivedAt: step.now }] : [],
  );
  const newest = mine.at(-1);
  const isNobody = (m: Headcount) => m.health === 'ok' && m.count === 0 && m.max === 0;
  const run = mine.slice(mine.findLastIndex((m) => !isNobody(m)) + 1);
  const times = [...new Set(run.map((m) => Date.parse(m.at) - start))];
  return (
    newest !== undefined &&
    times.length >= cleanLooksNeeded &&
    Math.max(...times) - Math.min(...times) >= settlingMs &&
    now - Math.max(...times) <= staleMs &&
    now - newest.receivedAt <= staleMs
  );
}

describe('whatever the cameras send', () => {
  it('a room is empty only when every camera proves that nobody is there', () => {
    let empties = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 20, maxLength: 80 }), (drawn) => {
        const steps = stepsFrom(drawn);
        play(['a', 'b'], steps).forEach((state, i) => {
          if (state.state !== 'empty') return;
          empties++;
          const { now = 0 } = steps[i] ?? {};
          for (const camera of ['a', 'b']) {
            expect(provesNobody(camera, steps.slice(0, i + 1), now)).toBe(true);
          }
        });
      }),
      { numRuns: 500 },
    );
    expect(empties).toBeGreaterThan(100);
  });

  it.each<[string, (message: Headcount) => Headcount | undefined]>([
    ['missing', () => undefined],
    ['unhealthy', (m) => ({ ...m, health: m.health === 'ok' ? 'frozen' : m.health })],
    ['late', (m) => ({ ...m, at: new Date(Date.parse(m.at) - 9000).toISOString() })],
  ])('a room with one camera that is always %s is never empty', (_, spoil) => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 20, maxLength: 80 }), (drawn) => {
        const steps = stepsFrom(drawn).map((step) => {
          if (step.camera !== 'b' || !step.message) return step;
          const message = spoil(step.message);
          return message ? { ...step, message } : { now: step.now };
        });
        for (const { state } of play(['a', 'b'], steps)) expect(state).not.toBe('empty');
      }),
    );
  });

  it('a room whose camera is not healthy is unknown, whatever it counted before', () => {
    const sick = fc.constantFrom(...CameraHealth.options.filter((health) => health !== 'ok'));
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 80 }), sick, (drawn, health) => {
        const steps = stepsFrom(drawn).map((step) => ({ ...step, camera: 'a' }));
        const now = (steps.at(-1)?.now ?? 0) + 200;
        const states = play(['a'], [...steps, look('a', now, { health, count: null })]);
        expect(last(states)).toMatchObject({ state: 'unknown', count: null, min: null, max: null });
      }),
    );
  });

  it('a zero stands in an empty room only, no count in an unknown one, and the range holds the count', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 80 }), (drawn) => {
        for (const state of play(['a', 'b'], stepsFrom(drawn))) {
          expect(RoomState.safeParse(state).success).toBe(true);
          expect(state.count === 0).toBe(state.state === 'empty');
          expect(state.count === null).toBe(state.state === 'unknown');
          expect(state.reason === null).toBe(state.state !== 'unknown');
          expect(state.min ?? 0).toBeLessThanOrEqual(state.count ?? 0);
          expect(state.max ?? state.count ?? 0).toBeGreaterThanOrEqual(state.count ?? 0);
        }
      }),
    );
  });
});

describe('news about a room', () => {
  const [before, later, more] = play(
    ['a'],
    [look('a', 0, { count: 1 }), look('a', 200, { count: 1 }), look('a', 400, { count: 2 })],
  );

  it('is a changed fact, not a newer look', () => {
    if (!before || !later || !more) throw new Error('three states expected');
    expect(isNews(before, later)).toBe(false);
    expect(isNews(later, more)).toBe(true);
  });
});
