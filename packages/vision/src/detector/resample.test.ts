import { describe, expect, it } from 'vitest';
import type { Size } from './boxes.ts';
import { letterboxOf } from './letterbox.ts';
import { fillTensor, mirrorTensor, type PixelFormat } from './resample.ts';

const RGB: PixelFormat = { order: 'rgb', white: 1 };

/** A picture whose red channel is given row by row; green is red + 1, blue red + 2. */
function pictureOf(rows: readonly (readonly number[])[]): { rgb: Uint8Array; size: Size } {
  const rgb = Uint8Array.from(rows.flat().flatMap((red) => [red, red + 1, red + 2]));
  return { rgb, size: { width: rows[0]?.length ?? 0, height: rows.length } };
}

function tensorOf(rows: readonly (readonly number[])[], input: Size, format: PixelFormat = RGB) {
  const picture = pictureOf(rows);
  const values = new Float32Array(3 * input.width * input.height);
  const placement = format.order === 'rgb' ? 'centre' : 'top-left';
  fillTensor(picture, letterboxOf(picture.size, input, placement), format, values);
  return values;
}

/** Red plane in values 0..255, rounded to hundredths. */
const redOf = (values: Float32Array, pixels: number): number[] =>
  [...values.subarray(0, pixels)].map((value) => Math.round(value * 25500) / 100);

describe('bilinear resampling into a tensor', () => {
  it('keeps a picture of the size of the input as it is, colours in planes', () => {
    const values = tensorOf(
      [
        [10, 20],
        [30, 40],
      ],
      { width: 2, height: 2 },
    );
    expect([...values].map((value) => Math.round(value * 255))).toEqual([
      10, 20, 30, 40, 11, 21, 31, 41, 12, 22, 32, 42,
    ]);
  });

  it('takes pixel centres at half, as OpenCV does, when it enlarges', () => {
    // cv2.resize([[0, 100]], (4, 2)) has the columns 0, 25, 75, 100.
    const values = tensorOf(
      [
        [0, 100],
        [0, 100],
      ],
      { width: 4, height: 4 },
    );
    expect(redOf(values, 4)).toEqual([0, 25, 75, 100]);
  });

  it('does not smooth before it reduces: only the two nearest pixels count', () => {
    // Eight columns to two: the centres fall between columns 1, 2 and 5, 6.
    const row = [255, 0, 0, 255, 255, 100, 200, 255];
    const values = tensorOf(
      Array.from({ length: 8 }, () => row.map((v) => Math.min(v, 253))),
      {
        width: 2,
        height: 2,
      },
    );
    expect(redOf(values, 2)).toEqual([0, 150]);
  });

  /** Red at a place of the source, between its pixels where it lies between them. */
  function between(rows: readonly (readonly number[])[], x: number, y: number): number {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const pixel = (dx: number, dy: number) => rows[top + dy]?.[left + dx] ?? 0;
    const upper = pixel(0, 0) * (left + 1 - x) + pixel(1, 0) * (x - left);
    const lower = pixel(0, 1) * (left + 1 - x) + pixel(1, 1) * (x - left);
    return upper * (top + 1 - y) + lower * (y - top);
  }

  it.each([
    { name: 'an equal', ratio: 1 },
    { name: 'half', ratio: 2 },
    { name: 'a third of the', ratio: 3 },
    { name: 'a quarter of the', ratio: 4 },
    { name: 'two fifths of the', ratio: 2.5 },
  ])('gives every pixel of $name size the colour at its place', ({ ratio }) => {
    const input = { width: 8, height: 4 };
    const rows = Array.from({ length: input.height * ratio }, (_, y) =>
      Array.from({ length: input.width * ratio }, (_, x) => (x * 67 + y * 101) % 251),
    );
    const expected = Array.from({ length: 32 }, (_, i) => {
      const [x, y] = [i % 8, Math.floor(i / 8)];
      return between(rows, (x + 0.5) * ratio - 0.5, (y + 0.5) * ratio - 0.5);
    });
    const red = redOf(tensorOf(rows, input), 32);
    for (const [i, value] of red.entries()) expect(value).toBeCloseTo(expected[i] as number, 0);
  });

  it('fills the border with grey 114', () => {
    const values = tensorOf([[0, 0, 0, 0]], { width: 4, height: 4 });
    expect(redOf(values, 16)).toEqual([
      114, 114, 114, 114, 0, 0, 0, 0, 114, 114, 114, 114, 114, 114, 114, 114,
    ]);
  });

  it('fills it at the sides too, whatever was there', () => {
    const values = new Float32Array(12).fill(9);
    const picture = pictureOf([[0], [0]]);
    const input = { width: 2, height: 2 };
    fillTensor(picture, letterboxOf(picture.size, input, 'centre'), RGB, values);
    expect(redOf(values, 4)).toEqual([0, 114, 0, 114]);
  });

  it('gives YOLOX blue first, 0 to 255, and the picture at the top left', () => {
    const values = tensorOf([[5, 5]], { width: 2, height: 2 }, { order: 'bgr', white: 255 });
    expect([...values]).toEqual([7, 7, 114, 114, 6, 6, 114, 114, 5, 5, 114, 114]);
  });

  it('takes a part of the picture as if it were all of it', () => {
    const picture = pictureOf([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 11, 12],
    ]);
    const part = { x1: 1, y1: 1, x2: 3, y2: 3 };
    const input = { width: 2, height: 2 };
    const values = new Float32Array(12);
    fillTensor({ ...picture, part }, letterboxOf(input, input, 'centre'), RGB, values);
    expect(redOf(values, 4)).toEqual([6, 7, 10, 11]);
  });

  it('can be mirrored, every colour by itself', () => {
    const values = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    mirrorTensor(values, 2);
    expect([...values]).toEqual([2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11]);
  });
});
