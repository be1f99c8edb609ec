import type { Size } from './boxes.ts';
import type { Letterbox } from './letterbox.ts';
import type { PixelFormat } from './resample.ts';

/** The picture is evened out in so many fields each way. */
const FIELDS = 8;
const LEVELS = 256;
/** Most weight of one brightness within a field, in multiples of an even spread: more would turn noise into shapes. */
const LIMIT = 3;
/** Rows that share one blend of the fields above and below; a field is many times higher. */
const BAND_ROWS = 4;

/** Input of a model: `values` [3, height, width], 0..white, in the order of its colours. */
interface Planes {
  readonly values: Float32Array;
  readonly format: PixelFormat;
}

/** For each place along a side: offset of the factors before it and behind it, and the share of the latter. */
function neighboursOf(length: number, stride: number) {
  const before = new Uint32Array(length);
  const behind = new Uint32Array(length);
  const share = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const at = Math.min(Math.max(((i + 0.5) * FIELDS) / length - 0.5, 0), FIELDS - 1);
    before[i] = Math.floor(at) * stride;
    behind[i] = Math.min(Math.floor(at) + 1, FIELDS - 1) * stride;
    share[i] = at - Math.floor(at);
  }
  return { before, behind, share };
}

/** Brightness 0..255 of every pixel of the picture within the input, row by row. Source: ITU-R BT.601, 2.5.1. */
function brightnessOf({ values, format }: Planes, { input, inner, left, top }: Letterbox) {
  const plane = input.width * input.height;
  const unit = 255 / format.white;
  const [first, last] = format.order === 'rgb' ? [0.299, 0.114] : [0.114, 0.299];
  const [a, b, c] = [first * unit, 0.587 * unit, last * unit];
  const brightness = new Uint8Array(inner.width * inner.height);
  for (let y = 0, i = 0; y < inner.height; y++) {
    let at = (y + top) * input.width + left;
    for (const end = at + inner.width; at < end; at++, i++) {
      const outer = a * (values[at] as number) + c * (values[at + 2 * plane] as number);
      brightness[i] = outer + b * (values[at + plane] as number) + 0.5;
    }
  }
  return brightness;
}

/** Turns counts by brightness into factors, in place: the cumulative share, cut at the limit, against the level. */
function toFactors(counts: Float32Array): void {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const most = (LIMIT * total) / LEVELS;
  const cut = counts.reduce((sum, count) => sum + Math.max(0, count - most), 0);
  let reached = 0;
  for (let level = 0; level < LEVELS; level++) {
    reached += Math.min(counts[level] as number, most) + cut / LEVELS;
    counts[level] = total === 0 ? 1 : ((reached / total) * 255 + 1) / (level + 1);
  }
}

/** Factors by field, row by row, and within it by brightness; every other row of the picture tells enough. */
function factorsOf(brightness: Uint8Array, { width, height }: Size): Float32Array {
  const factors = new Float32Array(FIELDS * FIELDS * LEVELS);
  const columns = Uint32Array.from({ length: width }, (_, x) => Math.floor((x * FIELDS) / width));
  for (let y = 0; y < height; y += 2) {
    const fields = Math.floor((y * FIELDS) / height) * FIELDS;
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const at = (fields + (columns[x] as number)) * LEVELS + (brightness[i] as number);
      factors[at] = (factors[at] as number) + 1;
    }
  }
  for (let at = 0; at < factors.length; at += LEVELS) toFactors(factors.subarray(at, at + LEVELS));
  return factors;
}

/** Multiplies one row of the picture by its factors; `at`: its first pixel, `levels`: its brightness. */
function multiplyRow(
  { values, format }: Planes,
  { at, plane, levels }: { at: number; plane: number; levels: Uint8Array },
  { band, before, behind, share }: ReturnType<typeof neighboursOf> & { band: Float32Array },
): void {
  const { white } = format;
  for (let x = 0; x < levels.length; x++, at++) {
    const level = levels[x] as number;
    const from = band[(before[x] as number) + level] as number;
    const to = band[(behind[x] as number) + level] as number;
    const factor = from + (to - from) * (share[x] as number);
    values[at] = Math.min(white, (values[at] as number) * factor);
    values[at + plane] = Math.min(white, (values[at + plane] as number) * factor);
    values[at + 2 * plane] = Math.min(white, (values[at + 2 * plane] as number) * factor);
  }
}

/**
 * Raises the contrast of each part of the picture within a model's input, in place; the border stays. It finds people
 * in dim, hazy and infra-red pictures whom the plain picture loses.
 * Source: Zuiderveld, Contrast Limited Adaptive Histogram Equalization, Graphics Gems IV, 1994; on the brightness only.
 */
export function raiseContrast(planes: Planes, letterbox: Letterbox): void {
  const { input, inner, left, top } = letterbox;
  const plane = input.width * input.height;
  const brightness = brightnessOf(planes, letterbox);
  const factors = factorsOf(brightness, inner);
  const across = neighboursOf(inner.width, LEVELS);
  const down = neighboursOf(inner.height, FIELDS * LEVELS);
  const band = new Float32Array(FIELDS * LEVELS);
  for (let y = 0; y < inner.height; y++) {
    if (y % BAND_ROWS === 0) {
      const [above, below] = [down.before[y] as number, down.behind[y] as number];
      for (let i = 0; i < band.length; i++) {
        const from = factors[above + i] as number;
        band[i] = from + ((factors[below + i] as number) - from) * (down.share[y] as number);
      }
    }
    const at = (y + top) * input.width + left;
    const levels = brightness.subarray(y * inner.width, (y + 1) * inner.width);
    multiplyRow(planes, { at, plane, levels }, { ...across, band });
  }
}
