import type { RoomState } from '@vigie/contracts/evacuation';
import { roomState, seenEmpty, stateAt, withPeople } from '@vigie/contracts/room-state.fake';
import type { Override, Sweep } from '@vigie/contracts/sweeps';
import type { CameraHealth } from '@vigie/contracts/vision';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CameraSight,
  unseenCamera,
  withHeadcount,
  withoutWorker,
} from '../rooms/camera-sight.ts';
import { fuseRoom } from '../rooms/room-state.ts';
import { NO_TRAIL, type RoomTrail, standingOf, trailAfter } from './room-standing.ts';

const t0 = Date.parse(stateAt);
/** Seconds after T0. */
const at = (seconds: number): string => new Date(t0 + seconds * 1000).toISOString();

const live = (seconds: number, change: Partial<RoomState>): RoomState =>
  roomState('r', { at: at(seconds), ...change });
const people = (seconds: number, count = 1, max: number | null = count) =>
  live(seconds, withPeople(count, max));
const empty = (seconds: number) => live(seconds, seenEmpty);
const unknown = (seconds: number) => live(seconds, {});

const finding = (seconds: number, by: string) => ({
  id: `${by}-${seconds}`,
  by,
  at: at(seconds),
  madeAt: at(seconds),
  receivedAt: at(seconds),
  roomId: 'r',
});
const sweep = (seconds: number, result: Sweep['result'], count = 2): Sweep => ({
  what: 'sweep',
  ...finding(seconds, 'wanda'),
  result,
  people: result === 'people' ? count : null,
});
const override = (seconds: number, upTo = 1): Override => ({
  what: 'override',
  ...finding(seconds, 'olga'),
  reason: 'a coat on a chair',
  upTo,
});

type Event = RoomState | Sweep | Override;

/** Plays what happens, in the order in which it is heard, and gives what is held of the room at the end. */
function held(events: readonly Event[]) {
  let trail: RoomTrail = NO_TRAIL;
  let state = unknown(0);
  const sweeps: Sweep[] = [];
  const overrides: Override[] = [];
  for (const event of events) {
    if ('state' in event) {
      state = event;
      trail = trailAfter(trail, state, overrides);
    } else if (event.what === 'sweep') sweeps.push(event);
    else overrides.push(event);
  }
  return standingOf(state, { sweeps, overrides }, trail);
}

describe('what is held of a room', () => {
  it.each<{ name: string; events: Event[]; is: object }>([
    { name: 'nothing heard', events: [], is: { kind: 'unknown', reason: 'camera-lost' } },
    {
      name: 'cameras see somebody',
      events: [people(1, 3, 4)],
      is: { kind: 'people', by: null, min: 3, max: 4, at: at(1) },
    },
    {
      name: 'a camera beside does not see',
      events: [people(1, 3, null)],
      is: { kind: 'people', max: null },
    },
    { name: 'cameras see nobody', events: [empty(1)], is: { kind: 'empty', at: at(1) } },
    { name: 'people, then no camera', events: [people(1), unknown(2)], is: { kind: 'unknown' } },
    { name: 'seen empty, then no camera', events: [empty(1), unknown(2)], is: { kind: 'unknown' } },
    {
      name: 'swept clear, no camera',
      events: [sweep(5, 'clear')],
      is: { kind: 'swept', by: 'wanda', at: at(5), reason: null },
    },
    {
      name: 'swept clear after somebody was seen',
      events: [people(4), sweep(5, 'clear')],
      is: { kind: 'swept' },
    },
    {
      name: 'swept clear, then seen empty',
      events: [sweep(5, 'clear'), empty(9)],
      is: { kind: 'swept' },
    },
    {
      name: 'swept clear, then somebody is seen',
      events: [sweep(5, 'clear'), people(6)],
      is: { kind: 'contradiction', said: 'clear', by: 'wanda', sweptAt: at(5), seenAt: at(6) },
    },
    {
      name: 'a contradiction outlasts the last sight of somebody',
      events: [sweep(5, 'clear'), people(6), unknown(7)],
      is: { kind: 'contradiction', seenAt: at(6) },
    },
    {
      name: 'a sweep that comes late contradicts what cameras saw meanwhile',
      events: [people(6), unknown(7), sweep(5, 'clear')],
      is: { kind: 'contradiction' },
    },
    {
      name: 'a second look after the sighting',
      events: [sweep(5, 'clear'), people(6), unknown(7), sweep(8, 'clear')],
      is: { kind: 'swept', at: at(8) },
    },
    {
      name: 'a second look before the sighting is none',
      events: [sweep(5, 'clear'), people(9), sweep(8, 'clear')],
      is: { kind: 'contradiction' },
    },
    {
      name: 'cameras see nobody for the settling time after all',
      events: [sweep(5, 'clear'), people(6), empty(9)],
      is: { kind: 'empty', at: at(9) },
    },
    {
      name: 'after that the old sweep proves nothing any more',
      events: [sweep(5, 'clear'), people(6), empty(9), unknown(10)],
      is: { kind: 'unknown' },
    },
    {
      name: 'and somebody who comes back is a contradiction again',
      events: [sweep(5, 'clear'), people(6), empty(9), people(10)],
      is: { kind: 'contradiction' },
    },
    {
      name: 'an override answers for the room though cameras go on seeing one',
      events: [sweep(5, 'clear'), people(6), override(7), people(8)],
      is: { kind: 'swept', by: 'olga', reason: 'a coat on a chair' },
    },
    {
      name: 'an override explains nobody away beyond its number',
      events: [people(6), override(7), people(8, 2)],
      is: { kind: 'contradiction', by: 'olga' },
    },
    {
      name: 'an override ends when the room was seen empty',
      events: [people(6), override(7), empty(9), people(10)],
      is: { kind: 'contradiction' },
    },
    {
      name: 'an override ends once somebody more was seen',
      events: [people(6), override(7), people(8, 2), people(9, 1)],
      is: { kind: 'contradiction' },
    },
    {
      name: 'a warden sees people where no camera does',
      events: [sweep(5, 'people', 3)],
      is: { kind: 'people', by: 'wanda', min: 3, max: 3, at: at(5) },
    },
    {
      name: 'a warden sees more than the cameras',
      events: [people(4), sweep(5, 'people', 3), people(6)],
      is: { kind: 'people', by: 'wanda', min: 3, max: 3 },
    },
    {
      name: 'a warden sees fewer than the cameras',
      events: [sweep(5, 'people', 1), people(6, 4)],
      is: { kind: 'people', min: 4, max: 4 },
    },
    {
      name: 'cameras see nobody where a warden saw people',
      events: [sweep(5, 'people'), empty(9)],
      is: { kind: 'contradiction', said: 'people', seenAt: at(9) },
    },
    {
      name: 'people whom a warden saw are swept clear later',
      events: [sweep(5, 'people'), sweep(8, 'clear')],
      is: { kind: 'swept' },
    },
    {
      name: 'could not enter says nothing of a room that is seen empty',
      events: [empty(4), sweep(5, 'not-entered')],
      is: { kind: 'empty' },
    },
    {
      name: 'could not enter takes an earlier clear away',
      events: [sweep(5, 'clear'), sweep(8, 'not-entered')],
      is: { kind: 'unknown' },
    },
    {
      name: 'could not enter does not take people away',
      events: [sweep(5, 'people'), sweep(8, 'not-entered')],
      is: { kind: 'people' },
    },
    {
      name: 'of two wardens at the same moment the one who saw people holds',
      events: [sweep(5, 'people'), { ...sweep(5, 'clear'), id: 'z' }],
      is: { kind: 'people' },
    },
  ])('$name: $is.kind', ({ events, is }) => {
    expect(held(events)).toMatchObject(is);
  });
});

const anyFinding = fc.oneof(
  fc
    .record({
      seconds: fc.integer({ min: 0, max: 30 }),
      result: fc.constantFrom<Sweep['result']>('clear', 'people', 'not-entered'),
      people: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ seconds, result, people: n }) => sweep(seconds, result, n)),
  fc
    .record({ seconds: fc.integer({ min: 0, max: 30 }), upTo: fc.integer({ min: 0, max: 2 }) })
    .map(({ seconds, upTo }) => override(seconds, upTo)),
);

describe('whatever people and cameras say', () => {
  it('the order and the repetition of sweeps change nothing', () => {
    const sweeps = fc.uniqueArray(
      anyFinding.filter((one): one is Sweep => one.what === 'sweep'),
      { maxLength: 6, selector: ({ id }) => id },
    );
    const shuffled = sweeps.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, fc.constantFrom(people(15), empty(15), unknown(15)), (both, state) => {
        const [once, twice] = both.map((sweeps) => held([state, ...sweeps]));
        expect(twice).toEqual(once);
      }),
    );
  });

  const health = fc.constantFrom<CameraHealth>('ok', 'ok', 'ok', 'frozen', 'lost', 'smoke');
  const anyLook = fc.record({
    camera: fc.constantFrom('a', 'b'),
    count: fc.constantFrom(0, 0, 0, 1),
    health,
    lateMs: fc.constantFrom(0, 0, 0, 9000),
    isGone: fc.boolean(),
  });

  it.each(['unhealthy', 'late', 'gone'] as const)(
    'a room with a camera that is %s is never seen empty',
    (fault) => {
      fc.assert(
        fc.property(
          fc.array(fc.oneof(anyLook, anyFinding), { minLength: 20, maxLength: 60 }),
          (steps) => {
            let sights: CameraSight[] = ['a', 'b'].map((id) => unseenCamera(id, 3000));
            const events: Event[] = [];
            let before: RoomState | undefined;
            steps.forEach((step, i) => {
              const now = t0 + i * 700;
              if ('what' in step) events.push(step);
              else {
                const isFaulty = step.camera === 'b';
                const sick = step.health === 'ok' ? 'dark' : step.health;
                const given = isFaulty && fault === 'unhealthy' ? sick : step.health;
                const lateMs = isFaulty && fault === 'late' ? 9000 : step.lateMs;
                const look = {
                  v: 1 as const,
                  at: new Date(now - lateMs).toISOString(),
                  count: given === 'ok' ? step.count : null,
                  min: given === 'ok' ? step.count : null,
                  max: given === 'ok' ? step.count : null,
                  health: given,
                  warnings: [],
                  fps: 2,
                  ageMs: 0,
                  worker: step.camera,
                };
                sights = sights.map((sight) =>
                  sight.cameraId === step.camera ? withHeadcount(sight, look, now) : sight,
                );
                if (fault === 'gone') sights = sights.map((sight) => withoutWorker(sight, 'b'));
                before = fuseRoom({ roomId: 'r', sights }, before, now);
                events.push(before);
              }
              expect(held(events).kind).not.toBe('empty');
            });
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('a room is swept only by a word that is newer than every sight of somebody it does not explain', () => {
    let swept = 0;
    const state = fc
      .record({
        seconds: fc.integer({ min: 0, max: 30 }),
        state: fc.constantFrom('people', 'empty', 'unknown'),
      })
      .map(({ seconds, state }) =>
        state === 'people'
          ? people(seconds)
          : state === 'empty'
            ? empty(seconds)
            : unknown(seconds),
      );
    const sweepOnly = anyFinding.filter((one) => one.what === 'sweep');
    fc.assert(
      fc.property(fc.array(fc.oneof(state, sweepOnly), { maxLength: 25 }), (events) => {
        const standing = held(events);
        if (standing.kind !== 'swept') return;
        swept++;
        for (const event of events)
          if ('state' in event && event.state === 'people')
            expect(Date.parse(event.at ?? '')).toBeLessThanOrEqual(Date.parse(standing.at));
      }),
    );
    expect(swept).toBeGreaterThan(5);
  });
});
