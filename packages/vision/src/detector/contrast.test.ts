import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { raiseContrast } from './contrast.ts';
import { letterboxOf } from './letterbox.ts';
import type { PixelFormat } from './resample.ts';

const RGB: PixelFormat = { order: 'rgb', white: 1 };
const size = { width: 64, height: 32 };
const input = { width: 64, height: 64 };
const letterbox = letterboxOf(size, input, 'centre');
const PLANE = input.width * input.height;

/** A tensor whose picture has these values 0..1, the border grey. */
function tensorOf(valueAt: (x: number, y: number, channel: number) => number): Float32Array {
  const values = new Float32Array(3 * PLANE).fill(114 / 255);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++) {
        const at = channel * PLANE + (y + letterbox.top) * input.width + x;
        values[at] = valueAt(x, y, channel);
      }
    }
  }
  return values;
}

/** Values of the first colour along the middle row of the picture. */
const middleRow = (values: Float32Array): number[] => {
  const row = (letterbox.top + size.height / 2) * input.width;
  return [...values.subarray(row, row + size.width)];
};

describe('raising the contrast', () => {
  it('parts greys that haze has brought together', () => {
    const hazy = tensorOf((x, y) => 0.55 + ((x * 7 + y * 3) % 16) / 100);
    const spanOf = (row: number[]): number => Math.max(...row) - Math.min(...row);
    expect(spanOf(middleRow(hazy))).toBeCloseTo(0.15, 5);
    raiseContrast({ values: hazy, format: RGB }, letterbox);
    expect(spanOf(middleRow(hazy))).toBeGreaterThan(0.25);
  });

  it('keeps the hue: colours of a pixel stay in proportion', () => {
    const colours = [0.3, 0.2, 0.1];
    const values = tensorOf((x, _y, channel) => (colours[channel] ?? 0) * (1 + (x % 5) / 20));
    raiseContrast({ values, format: RGB }, letterbox);
    const at = (letterbox.top + 5) * input.width + 7;
    const [red = 0, green = 0, blue = 0] = [values[at], values[at + PLANE], values[at + 2 * PLANE]];
    expect(red / green).toBeCloseTo(1.5, 4);
    expect(green / blue).toBeCloseTo(2, 4);
  });

  it('leaves the border alone', () => {
    const values = tensorOf((x) => x / 100);
    raiseContrast({ values, format: RGB }, letterbox);
    const border = values.subarray(0, letterbox.top * input.width);
    expect(new Set(border)).toEqual(new Set([Math.fround(114 / 255)]));
  });

  it('weighs green most whatever the order of the colours', () => {
    const bgr: PixelFormat = { order: 'bgr', white: 255 };
    const forward = tensorOf((x, y, channel) => ((x * y + channel * 9) % 50) / 100);
    const backward = tensorOf((x, y, channel) => (((x * y + (2 - channel) * 9) % 50) / 100) * 255);
    raiseContrast({ values: forward, format: RGB }, letterbox);
    raiseContrast({ values: backward, format: bgr }, letterbox);
    const red = middleRow(forward);
    const row = (letterbox.top + size.height / 2) * input.width + 2 * PLANE;
    const redOfBgr = [...backward.subarray(row, row + size.width)].map((value) => value / 255);
    for (const [i, value] of red.entries()) expect(redOfBgr[i]).toBeCloseTo(value, 2);
  });

  it('never leaves the range of the input, whatever the picture', () => {
    const seeds = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 7,
      maxLength: 7,
    });
    fc.assert(
      fc.property(seeds, (seed) => {
        const values = tensorOf((x, y, channel) => seed[(x * 3 + y * 5 + channel) % 7] ?? 0);
        raiseContrast({ values, format: RGB }, letterbox);
        expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
