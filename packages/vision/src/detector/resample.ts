import type { Corners, Size } from './boxes.ts';
import { sizeOf, wholeOf } from './framing.ts';
import { BORDER_GREY, type Letterbox } from './letterbox.ts';

/** How a model wants its picture: order of the colours and the value of white. */
export interface PixelFormat {
  readonly order: 'rgb' | 'bgr';
  readonly white: 1 | 255;
}

/** Shares of neighbours are whole numbers of this, as in OpenCV: whole numbers are computed in half the time of fractions. */
const WHOLE = 2048;

/** For each target pixel of one axis: where the two source pixels begin, and the share of the second in `WHOLE`. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Int32Array;
}

/** `stride`: from one source pixel to the next. */
function tapsOf(source: number, target: number, stride: number): Taps {
  const first = new Int32Array(target);
  const second = new Int32Array(target);
  const share = new Int32Array(target);
  for (let i = 0; i < target; i++) {
    const at = Math.min(Math.max(((i + 0.5) * source) / target - 0.5, 0), source - 1);
    first[i] = Math.floor(at) * stride;
    second[i] = Math.min(Math.floor(at) + 1, source - 1) * stride;
    share[i] = Math.round((at - Math.floor(at)) * WHOLE);
  }
  return { first, second, share };
}

/** A picture, 3 bytes a pixel, rows without padding, of which all or a part is wanted; the part in whole pixels. */
interface Source {
  readonly rgb: Uint8Array;
  readonly size: Size;
  readonly part?: Corners;
}

/** One array for each colour, of one target row; `unit`: value of the smallest step of a blend. */
interface Target {
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
  readonly unit: number;
}

/** Two neighbouring source rows from their first byte on, and the share of the lower one in `WHOLE`. */
interface Rows {
  readonly upper: Uint8Array;
  readonly lower: Uint8Array;
  readonly share: number;
}

/** Writes one target row. The innermost work of all: unrolled, and in whole numbers by `imul`, which the sums fit into. */
function blend({ upper, lower, share }: Rows, across: Taps, { planes, unit }: Target): void {
  const [red, green, blue] = planes;
  for (let x = 0; x < red.length; x++) {
    const a = across.first[x] as number;
    const b = across.second[x] as number;
    const right = across.share[x] as number;
    const p = Math.imul(WHOLE - right, WHOLE - share);
    const q = Math.imul(right, WHOLE - share);
    const r = Math.imul(WHOLE - right, share);
    const s = Math.imul(right, share);
    const redSum =
      Math.imul(upper[a] as number, p) +
      Math.imul(upper[b] as number, q) +
      Math.imul(lower[a] as number, r) +
      Math.imul(lower[b] as number, s);
    const greenSum =
      Math.imul(upper[a + 1] as number, p) +
      Math.imul(upper[b + 1] as number, q) +
      Math.imul(lower[a + 1] as number, r) +
      Math.imul(lower[b + 1] as number, s);
    const blueSum =
      Math.imul(upper[a + 2] as number, p) +
      Math.imul(upper[b + 2] as number, q) +
      Math.imul(lower[a + 2] as number, r) +
      Math.imul(lower[b + 2] as number, s);
    red[x] = redSum * unit;
    green[x] = greenSum * unit;
    blue[x] = blueSum * unit;
  }
}

/**
 * Plain bilinear resampling of a picture into a model's input, without anti-aliasing: smoothing before the reduction
 * costs small people. Geometry and precision as OpenCV's `INTER_LINEAR` (pixel centres at half).
 * `letterbox` is that of the part. `into`: [3, input height, input width], the border is grey.
 */
export function fillTensor(
  { rgb, size, part = wholeOf(size) }: Source,
  { input, inner, left, top }: Letterbox,
  { order, white }: PixelFormat,
  into: Float32Array,
): void {
  const plane = input.width * input.height;
  const unit = white / 255 / WHOLE ** 2;
  if (inner.width < input.width || inner.height < input.height)
    into.fill((BORDER_GREY * white) / 255);
  const across = tapsOf(sizeOf(part).width, inner.width, 3);
  const down = tapsOf(sizeOf(part).height, inner.height, size.width * 3);
  const start = (part.y1 * size.width + part.x1) * 3;
  for (let y = 0; y < inner.height; y++) {
    const at = (y + top) * input.width + left;
    const planeOf = (at: number): Float32Array => into.subarray(at, at + inner.width);
    const [first, green, last] = [planeOf(at), planeOf(at + plane), planeOf(at + 2 * plane)];
    const rows = {
      upper: rgb.subarray(start + (down.first[y] as number)),
      lower: rgb.subarray(start + (down.second[y] as number)),
      share: down.share[y] as number,
    };
    blend(rows, across, {
      planes: order === 'rgb' ? [first, green, last] : [last, green, first],
      unit,
    });
  }
}

/** Exchanges left and right of a tensor [3, height, width] in place. */
export function mirrorTensor(values: Float32Array, width: number): void {
  for (let at = 0; at < values.length; at += width) values.subarray(at, at + width).reverse();
}
