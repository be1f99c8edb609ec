import { Space } from '@vigie/contracts/parking';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapHeight, mapOf, mapWidth, neighboursOf, offsetOf } from './map.ts';

const drancy = { latitude: 48.92361, longitude: 2.44541 };
const space = (id: string, latitude: number | null, longitude: number | null) =>
  Space.parse({ id, zoneId: 'z', label: id, latitude, longitude });

describe('the way to a neighbour', () => {
  it.each([
    ['north', 48.92461, 2.44541, 'n', 111],
    ['east', 48.92361, 2.44641, 'e', 73],
    ['south-west', 48.92331, 2.44496, 'sw', 47],
    ['north-west', 48.92391, 2.44496, 'nw', 47],
    ['south, a little to the east', 48.92261, 2.44549, 's', 111],
    ['nowhere else', 48.92361, 2.44541, 'n', 0],
  ])('leads %s', (_name, latitude, longitude, wind, metres) => {
    const [found] = neighboursOf(drancy, [space('a', latitude, longitude)]);
    expect(found?.wind).toBe(wind);
    expect(Math.round(found?.metres ?? -1)).toBe(metres);
  });

  it('is told for the nearest first, and not where the place is unknown', () => {
    const found = neighboursOf(drancy, [
      space('far', 48.925, 2.4454),
      space('lost', null, null),
      space('near', 48.9237, 2.4454),
    ]);
    expect(found.map((one) => one.space.id)).toEqual(['near', 'far']);
  });

  it('is as long back as there, to 1 % over a few streets', () => {
    const place = fc.record({
      latitude: fc.double({ min: 48.9, max: 48.91, noNaN: true }),
      longitude: fc.double({ min: 2.4, max: 2.41, noNaN: true }),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const [there, back] = [offsetOf(a, b), offsetOf(b, a)];
        const length = Math.hypot(there.north, there.east);
        return Math.abs(Math.hypot(back.north, back.east) - length) <= length * 0.01;
      }),
    );
  });
});

describe('the map around a space', () => {
  const street = Array.from({ length: 20 }, (_, i) => space(`s${i}`, 48.9237 + i * 0.0001, 2.4454));

  it('has the neighbours above it that lie to the north, in order', () => {
    const { places } = mapOf(neighboursOf(drancy, street));
    expect(places.length).toBeGreaterThanOrEqual(5);
    const heights = places.map(({ y }) => y);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
    expect(heights.every((y) => y < mapHeight / 2)).toBe(true);
  });

  it('shows both next neighbours of a row apart from the space itself, with their labels', () => {
    const row = [-24, -16, -8, 8, 16, 24].map((metres) =>
      space(`s${metres}`, 48.92361 + metres / 111_195, 2.44541),
    );
    const next = mapOf(neighboursOf(drancy, row)).places.slice(0, 2);
    expect(next.map(({ hasLabel }) => hasLabel)).toEqual([true, true]);
    for (const { y } of next) expect(Math.abs(y - mapHeight / 2)).toBeGreaterThan(22);
  });

  it('stays with its row where the next street is far', () => {
    const row = [3, 6, 9].map((metres) =>
      space(`near${metres}`, 48.92361 + metres / 111_195, 2.44541),
    );
    const away = street.map((one) => ({ ...one, id: `far-${one.id}`, latitude: 48.9246 }));
    const { places } = mapOf(neighboursOf(drancy, [...row, ...away]));
    expect(places.map(({ neighbour }) => neighbour.space.id)).toEqual(['near3', 'near6', 'near9']);
  });

  it('has a scale bar of a round length that fits', () => {
    for (const count of [0, 1, 5, 20]) {
      const { bar } = mapOf(neighboursOf(drancy, street.slice(0, count)));
      expect([2, 5, 10, 20, 50, 100]).toContain(bar.metres);
      expect(bar.units).toBeLessThanOrEqual(mapWidth / 4);
      expect(bar.units).toBeGreaterThan(mapWidth / 12);
    }
  });

  it('never puts one label on another', () => {
    const place = fc.tuple(
      fc.double({ min: 48.923, max: 48.924, noNaN: true }),
      fc.double({ min: 2.445, max: 2.446, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(place, { maxLength: 24 }), (points) => {
        const spaces = points.map(([lat, lon], i) => space(`s${i}`, lat, lon));
        const shown = mapOf(neighboursOf(drancy, spaces)).places.filter((one) => one.hasLabel);
        return shown.every((a, i) =>
          shown.slice(i + 1).every((b) => Math.abs(a.x - b.x) >= 40 || Math.abs(a.y - b.y) >= 13),
        );
      }),
    );
  });
});
