import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlacedPerson, peopleOnFloor } from './people-on-floor.ts';

const sight = (cameraId: string, x: number, y = 0, at = 0): PlacedPerson => ({
  cameraId,
  at,
  place: [x, y],
});

describe('people on the floor', () => {
  it.each<{ name: string; sights: PlacedPerson[]; people: number }>([
    { name: 'nobody', sights: [], people: 0 },
    { name: 'one whom two cameras see', sights: [sight('a', 0), sight('b', 0.4)], people: 1 },
    { name: 'two whom one camera each sees', sights: [sight('a', 0), sight('b', 3)], people: 2 },
    {
      name: 'two close ones of the same camera',
      sights: [sight('a', 0), sight('a', 0.2)],
      people: 2,
    },
    {
      name: 'two close ones whom both cameras see',
      sights: [sight('a', 0), sight('a', 0.8), sight('b', 0.1), sight('b', 0.7)],
      people: 2,
    },
    {
      name: 'one whom three cameras see',
      sights: [sight('a', 0), sight('b', 0.4), sight('c', -0.3)],
      people: 1,
    },
    {
      name: 'a chain that is too long for one person',
      sights: [sight('a', 0), sight('b', 0.8), sight('c', 1.6)],
      people: 2,
    },
    {
      name: 'one at a place where somebody else was two seconds ago',
      sights: [sight('a', 0), sight('b', 0, 0, 2000)],
      people: 2,
    },
  ])('are $people: $name', ({ sights, people }) => {
    expect(peopleOnFloor(sights, 1)).toBe(people);
  });

  const coordinate = fc.integer({ min: 0, max: 40 }).map((n) => n / 10);
  const anySight = fc
    .record({
      camera: fc.constantFrom('a', 'b', 'c'),
      x: coordinate,
      y: coordinate,
      at: fc.constantFrom(0, 600, 1200),
    })
    .map(({ camera, x, y, at }) => sight(camera, x, y, at));
  const anySights = fc.array(anySight, { maxLength: 14 });

  it('are never fewer than one camera sees, nor more than all of them together', () => {
    fc.assert(
      fc.property(anySights, fc.double({ min: 0, max: 3, noNaN: true }), (sights, metres) => {
        const people = peopleOnFloor(sights, metres);
        const byCamera = Map.groupBy(sights, ({ cameraId }) => cameraId);
        const most = Math.max(0, ...[...byCamera.values()].map(({ length }) => length));
        expect(people).toBeGreaterThanOrEqual(most);
        expect(people).toBeLessThanOrEqual(sights.length);
      }),
    );
  });

  it('are the same in whatever order they are told', () => {
    const shuffled = anySights.chain((sights) =>
      fc.tuple(
        fc.constant(sights),
        fc.shuffledSubarray(sights, { minLength: sights.length, maxLength: sights.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([sights, others]) => {
        expect(peopleOnFloor(others, 1)).toBe(peopleOnFloor(sights, 1));
      }),
    );
  });

  it('are told apart wholly where nobody is near anybody', () => {
    fc.assert(
      fc.property(anySights, (sights) => {
        expect(
          peopleOnFloor(
            sights.map((one, i) => ({ ...one, place: [i * 5, 0] as const })) as PlacedPerson[],
            1,
          ),
        ).toBe(sights.length);
      }),
    );
  });
});
