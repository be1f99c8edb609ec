import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputSizeFor, letterboxOf, toInput, toPicture } from './letterbox.ts';

const size = fc.record({
  width: fc.integer({ min: 16, max: 4000 }),
  height: fc.integer({ min: 16, max: 4000 }),
});
const input = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })
  .map(({ width, height }) => ({ width: width * 32, height: height * 32 }));

describe('a letterbox', () => {
  it.each([
    {
      name: 'a 16:9 camera in a square model',
      picture: { width: 640, height: 360 },
      into: { width: 640, height: 640 },
      is: { scale: 1, left: 0, top: 140 },
    },
    {
      name: 'a 16:9 camera in a 384x640 model',
      picture: { width: 1280, height: 720 },
      into: { width: 640, height: 384 },
      is: { scale: 0.5, left: 0, top: 12 },
    },
    {
      name: 'an upright photograph in a square model',
      picture: { width: 810, height: 1080 },
      into: { width: 640, height: 640 },
      is: { scale: 640 / 1080, left: 80, top: 0 },
    },
    {
      name: 'a small picture, which is made larger',
      picture: { width: 320, height: 320 },
      into: { width: 640, height: 640 },
      is: { scale: 2, left: 0, top: 0 },
    },
  ])('holds $name', ({ picture, into, is }) => {
    expect(letterboxOf(picture, into, 'centre')).toMatchObject(is);
  });

  it('puts the picture at the top left for YOLOX', () => {
    const box = letterboxOf({ width: 810, height: 1080 }, { width: 416, height: 416 }, 'top-left');
    expect(box).toMatchObject({ left: 0, top: 0, inner: { width: 312, height: 416 } });
  });

  it('gives every box back where it was', () => {
    const box = fc.record({
      x1: fc.nat(4000),
      y1: fc.nat(4000),
      x2: fc.nat(4000),
      y2: fc.nat(4000),
    });
    fc.assert(
      fc.property(size, input, box, (picture, into, original) => {
        const letterbox = letterboxOf(picture, into, 'centre');
        const back = toPicture(toInput(original, letterbox), letterbox);
        for (const key of ['x1', 'y1', 'x2', 'y2'] as const) {
          expect(back[key]).toBeCloseTo(original[key], 4);
        }
      }),
    );
  });

  it('always lies within the input and touches two of its sides', () => {
    fc.assert(
      fc.property(size, input, (picture, into) => {
        const { inner, left, top } = letterboxOf(picture, into, 'centre');
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + inner.width).toBeLessThanOrEqual(into.width);
        expect(top + inner.height).toBeLessThanOrEqual(into.height);
        expect(inner.width === into.width || inner.height === into.height).toBe(true);
      }),
    );
  });
});

it('gives a model of any size the smallest whole number of strides round the picture', () => {
  expect(inputSizeFor({ width: 1920, height: 1080 }, 640, 32)).toEqual({ width: 640, height: 384 });
  expect(inputSizeFor({ width: 100, height: 100 }, 640, 32)).toEqual({ width: 640, height: 640 });
});
