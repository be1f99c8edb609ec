import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromInput, halvesOf, sizeOf, wholeOf } from './framing.ts';
import { letterboxOf, toInput } from './letterbox.ts';

describe('halves of a picture', () => {
  it.each([
    {
      name: 'wide',
      size: { width: 1280, height: 720 },
      halves: [
        [0, 736],
        [544, 1280],
      ],
    },
    {
      name: 'square',
      size: { width: 200, height: 200 },
      halves: [
        [0, 115],
        [85, 200],
      ],
    },
  ])('of a $name one lie side by side and overlap', ({ size, halves }) => {
    expect(halvesOf(size).map(({ x1, x2 }) => [x1, x2])).toEqual(halves);
    for (const half of halvesOf(size)) expect(half).toMatchObject({ y1: 0, y2: size.height });
  });

  it('of an upright one lie above each other', () => {
    expect(halvesOf({ width: 480, height: 640 })).toEqual([
      { x1: 0, y1: 0, x2: 480, y2: 368 },
      { x1: 0, y1: 272, x2: 480, y2: 640 },
    ]);
  });
});

describe('a box found in a part', () => {
  const picture = { width: 1280, height: 720 };
  const part = { x1: 544, y1: 0, x2: 1280, y2: 720 };
  const input = { width: 640, height: 640 };
  const letterbox = letterboxOf(sizeOf(part), input, 'centre');

  it('comes back to where it is in the whole picture', () => {
    const inPart = { x1: 100, y1: 200, x2: 180, y2: 420 };
    const box = { ...toInput(inPart, letterbox), score: 0.5 };
    const found = fromInput(box, letterbox, { part, isMirrored: false });
    expect(found.score).toBe(0.5);
    for (const [side, value] of Object.entries({ x1: 644, y1: 200, x2: 724, y2: 420 })) {
      expect(found[side as 'x1']).toBeCloseTo(value, 6);
    }
  });

  it('is turned back where the picture was mirrored', () => {
    const whole = wholeOf(picture);
    const wide = letterboxOf(picture, { width: 640, height: 384 }, 'centre');
    const person = { x1: 10, y1: 300, x2: 90, y2: 500 };
    const inInput = toInput(person, wide);
    const mirrored = { ...inInput, x1: 640 - inInput.x2, x2: 640 - inInput.x1 };
    const found = fromInput(mirrored, wide, { part: whole, isMirrored: true });
    for (const side of ['x1', 'y1', 'x2', 'y2'] as const) {
      expect(found[side]).toBeCloseTo(person[side], 6);
    }
  });

  it('lies in that part, whatever the model says', () => {
    const side = fc.double({ min: -200, max: 900, noNaN: true });
    fc.assert(
      fc.property(side, side, side, side, fc.boolean(), (a, b, c, d, isMirrored) => {
        const box = {
          x1: Math.min(a, b),
          y1: Math.min(c, d),
          x2: Math.max(a, b),
          y2: Math.max(c, d),
        };
        const found = fromInput(box, letterbox, { part, isMirrored });
        expect(found.x1).toBeGreaterThanOrEqual(part.x1);
        expect(found.x2).toBeLessThanOrEqual(part.x2);
        expect(found.y1).toBeGreaterThanOrEqual(part.y1);
        expect(found.y2).toBeLessThanOrEqual(part.y2);
        expect(found.x1).toBeLessThanOrEqual(found.x2);
      }),
    );
  });
});
