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

/**
 * For each target pixel of one axis: where the two source pixels begin, and the share of the second in `WHOLE`. `every`: the
 * share of all of them, where they have the same.
 */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Int32Array;
  readonly every: number | undefined;
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
  const every = share.every((one) => one === share[0]) ? share[0] : undefined;
  return { first, second, share, every };
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

/** Writes one target row; how, depends on the shares. Each is the innermost work of all and therefore unrolled. */
type WriteRow = (rows: Rows, across: Taps, target: Target) => void;

/** Each target pixel lies on one of the source. */
const copyRow: WriteRow = ({ upper }, { first }, { planes: [red, green, blue], unit }) => {
  const step = unit * WHOLE ** 2;
  for (let x = 0; x < red.length; x++) {
    const a = first[x] as number;
    red[x] = (upper[a] as number) * step;
    green[x] = (upper[a + 1] as number) * step;
    blue[x] = (upper[a + 2] as number) * step;
  }
};

/** Each target pixel lies in the middle of four of the source. */
const meanRow: WriteRow = ({ upper, lower }, { first }, { planes: [red, green, blue], unit }) => {
  const step = (unit * WHOLE ** 2) / 4;
  for (let x = 0; x < red.length; x++) {
    const a = first[x] as number;
    const redSum =
      (upper[a] as number) +
      (upper[a + 3] as number) +
      (lower[a] as number) +
      (lower[a + 3] as number);
    const greenSum =
      (upper[a + 1] as number) +
      (upper[a + 4] as number) +
      (lower[a + 1] as number) +
      (lower[a + 4] as number);
    const blueSum =
      (upper[a + 2] as number) +
      (upper[a + 5] as number) +
      (lower[a + 2] as number) +
      (lower[a + 5] as number);
    red[x] = redSum * step;
    green[x] = greenSum * step;
    blue[x] = blueSum * step;
  }
};

/** In whole numbers by `imul`, which the sums fit into. */
const blendRow: WriteRow = ({ upper, lower, share }, across, { planes, unit }) => {
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
};

/** The usual sizes of cameras, 640×360, 1280×720 and 1920×1080, need no fractions at an input 640 wide. */
function rowWriterFor(across: Taps, down: Taps): WriteRow {
  if (across.every === 0 && down.every === 0) return copyRow;
  return across.every === WHOLE / 2 && down.every === WHOLE / 2 ? meanRow : blendRow;
}

/** Greys what the picture does not cover. */
function fillBorder({ input, inner, left, top }: Letterbox, grey: number, into: Float32Array) {
  const { width, height } = input;
  const [first, end] = [top * width, (top + inner.height) * width];
  for (let plane = 0; plane < into.length; plane += width * height) {
    into.fill(grey, plane, plane + first);
    into.fill(grey, plane + end, plane + width * height);
    if (inner.width === width) continue;
    for (let row = plane + first; row < plane + end; row += width) {
      into.fill(grey, row, row + left);
      into.fill(grey, row + left + inner.width, row + width);
    }
  }
}

/**
 * Plain bilinear resampling of a picture into a model's input, without anti-aliasing: smoothing before the reduction
 * costs small people. Geometry and precision as OpenCV's `INTER_LINEAR` (pixel centres at half).
 * `letterbox` is that of the part. `into`: [3, input height, input width], the border is grey.
 */
export function fillTensor(
  { rgb, size, part = wholeOf(size) }: Source,
  letterbox: Letterbox,
  { order, white }: PixelFormat,
  into: Float32Array,
): void {
  const { input, inner, left, top } = letterbox;
  const plane = input.width * input.height;
  const unit = white / 255 / WHOLE ** 2;
  fillBorder(letterbox, (BORDER_GREY * white) / 255, into);
  const across = tapsOf(sizeOf(part).width, inner.width, 3);
  const down = tapsOf(sizeOf(part).height, inner.height, size.width * 3);
  const writeRow = rowWriterFor(across, down);
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
    writeRow(rows, across, {
      planes: order === 'rgb' ? [first, green, last] : [last, green, first],
      unit,
    });
  }
}

/** Exchanges left and right of a tensor [3, height, width] in place. */
export function mirrorTensor(values: Float32Array, width: number): void {
  for (let at = 0; at < values.length; at += width) values.subarray(at, at + width).reverse();
}
