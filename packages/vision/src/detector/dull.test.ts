import { describe, expect, it } from 'vitest';
import { isDull } from './dull.ts';

/** A picture of 80×60 whose luma is given by place. */
function pictureOf(lumaAt: (x: number, y: number) => number) {
  const size = { width: 80, height: 60 };
  const rgb = new Uint8Array(size.width * size.height * 3);
  for (let i = 0; i < size.width * size.height; i++) {
    rgb.fill(lumaAt(i % size.width, Math.floor(i / size.width)), i * 3, i * 3 + 3);
  }
  return { rgb, size };
}

describe('a picture is dull', () => {
  it.each([
    { name: 'of a lit room', lumaAt: (x: number) => 20 + x * 2.5, is: false },
    { name: 'in haze', lumaAt: (x: number) => 90 + x * 1.4, is: true },
    { name: 'in the dark', lumaAt: (x: number) => x, is: true },
    {
      name: 'in the dark with a lamp that covers a hundredth of it',
      lumaAt: (x: number, y: number) => (x < 8 && y < 6 ? 255 : x),
      is: true,
    },
  ])('or not: $name', ({ lumaAt, is }) => {
    expect(isDull(pictureOf(lumaAt))).toBe(is);
  });
});
