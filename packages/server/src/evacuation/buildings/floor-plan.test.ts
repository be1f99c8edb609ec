import {
  type Calibration,
  type Markings,
  NO_MARKINGS,
  type NormBox,
} from '@vigie/contracts/vision';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placingBy } from './floor-plan.ts';

/** A camera 3 m high that looks down the room along y: a box whose feet are at the plan's (x, y). */
const imageOf = ([x, y]: readonly [number, number]): [number, number] => [
  0.5 + (0.4 * x) / (y + 2),
  0.2 + 1.2 / (y + 2),
];
const corners: [number, number][] = [
  [-2, 0],
  [2, 0],
  [2, 6],
  [-2, 6],
];
const calibration: Calibration = corners.map((plan) => ({ image: imageOf(plan), plan }));
const markings: Markings = { ...NO_MARKINGS, calibration };
const standingAt = (plan: readonly [number, number]): NormBox => {
  const [x, y] = imageOf(plan);
  return [x - 0.02, y - 0.2, 0.04, 0.2];
};

describe('a place on the floor plan', () => {
  it('is not known without a calibration', () => {
    expect(placingBy(NO_MARKINGS)).toBeUndefined();
  });

  it('is that of the feet, wherever they are on the floor', () => {
    const x = fc.double({ min: -3, max: 3, noNaN: true });
    const y = fc.double({ min: 0, max: 12, noNaN: true });
    fc.assert(
      fc.property(x, y, (px, py) => {
        const place = placingBy(markings)?.(standingAt([px, py]));
        expect(place?.[0]).toBeCloseTo(px, 6);
        expect(place?.[1]).toBeCloseTo(py, 6);
      }),
    );
  });

  it('is the same whichever point comes first, and on a mirrored plan', () => {
    const turned = [...calibration.slice(1), ...calibration.slice(0, 1)];
    const mirrored = calibration.map(({ image, plan: [x, y] }) => ({
      image,
      plan: [-x, y] as [number, number],
    }));
    const box = standingAt([1, 3]);
    expect(placingBy({ ...markings, calibration: turned })?.(box)?.[0]).toBeCloseTo(1, 6);
    expect(placingBy({ ...markings, calibration: mirrored })?.(box)?.[0]).toBeCloseTo(-1, 6);
  });

  it.each<[string, NormBox]>([
    ['above the horizon', [0.5, 0.05, 0.04, 0.1]],
    ['on the horizon', [0.5, 0.1, 0.04, 0.1]],
    ['so near the horizon that a pixel is many metres', [0.5, 0.1, 0.04, 0.11]],
  ])('is not told of a box %s', (_, box) => {
    expect(placingBy(markings)?.(box)).toBeUndefined();
  });

  it('is that of the anchor', () => {
    const feet = standingAt([1, 3]);
    const [x, y, w, h] = feet;
    const head: NormBox = [x, y + h, w, h];
    expect(placingBy({ ...markings, anchor: 'head' })?.(head)?.[0]).toBeCloseTo(1, 6);
  });
});
