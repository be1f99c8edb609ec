import type { Corners, Size } from './boxes.ts';
import { sizeOf, wholeOf } from './framing.ts';
import { BORDER_GREY, type Letterbox } from './letterbox.ts';

/** How a model wants its picture: order of the colours and the value of white. */
export interface PixelFormat {
  readonly order: 'rgb' | 'bgr';
  readonly white: 1 | 255;
}

/** For each target pixel of one axis: the two source pixels and the share of the second. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

function tapsOf(source: number, target: number): Taps {
  const first = new Int32Array(target);
  const second = new Int32Array(target);
  const share = new Float32Array(target);
  for (let i = 0; i < target; i++) {
    const at = Math.min(Math.max(((i + 0.5) * source) / target - 0.5, 0), source - 1);
    first[i] = Math.floor(at);
    second[i] = Math.min(Math.floor(at) + 1, source - 1);
    share[i] = at - Math.floor(at);
  }
  return { first, second, share };
}

/** One source row stretched to the target width: three planes of `across.first.length`, values 0..255. */
function stretchRow(rgb: Uint8Array, rowAt: number, across: Taps, into: Float32Array): void {
  const width = across.first.length;
  for (let x = 0; x < width; x++) {
    const a = rowAt + (across.first[x] as number) * 3;
    const b = rowAt + (across.second[x] as number) * 3;
    const share = across.share[x] as number;
    for (let channel = 0; channel < 3; channel++) {
      const from = rgb[a + channel] as number;
      into[channel * width + x] = from + ((rgb[b + channel] as number) - from) * share;
    }
  }
}

/** A picture, 3 bytes a pixel, rows without padding, of which all or a part is wanted; the part in whole pixels. */
interface Source {
  readonly rgb: Uint8Array;
  readonly size: Size;
  readonly part?: Corners;
}

/** Two buffers that remember which source row each holds, since neighbouring target rows share them. */
function createRowCache({ rgb, size }: Source, part: Corners, across: Taps) {
  const length = across.first.length * 3;
  const slots = [
    { row: -1, values: new Float32Array(length) },
    { row: -1, values: new Float32Array(length) },
  ];
  return (row: number): Float32Array => {
    const slot = slots[row & 1] as (typeof slots)[number];
    if (slot.row !== row) {
      stretchRow(rgb, ((row + part.y1) * size.width + part.x1) * 3, across, slot.values);
      slot.row = row;
    }
    return slot.values;
  };
}

/**
 * Plain bilinear resampling of a picture into a model's input, without anti-aliasing: smoothing before the reduction
 * costs small people. Geometry as OpenCV's `INTER_LINEAR` (pixel centres at half).
 * `letterbox` is that of the part. `into`: [3, input height, input width], the border is grey.
 */
export function fillTensor(
  picture: Source,
  letterbox: Letterbox,
  format: PixelFormat,
  into: Float32Array,
): void {
  const { input, inner, left, top } = letterbox;
  const unit = format.white / 255;
  const plane = input.width * input.height;
  if (inner.width < input.width || inner.height < input.height) into.fill(BORDER_GREY * unit);
  const part = picture.part ?? wholeOf(picture.size);
  const across = tapsOf(sizeOf(part).width, inner.width);
  const down = tapsOf(sizeOf(part).height, inner.height);
  const rowOf = createRowCache(picture, part, across);
  for (let y = 0; y < inner.height; y++) {
    const upper = rowOf(down.first[y] as number);
    const lower = rowOf(down.second[y] as number);
    const share = down.share[y] as number;
    for (let channel = 0; channel < 3; channel++) {
      const target = format.order === 'rgb' ? channel : 2 - channel;
      const out = target * plane + (y + top) * input.width + left;
      const at = channel * inner.width;
      for (let x = 0; x < inner.width; x++) {
        const from = upper[at + x] as number;
        into[out + x] = (from + ((lower[at + x] as number) - from) * share) * unit;
      }
    }
  }
}

/** Exchanges left and right of a tensor [3, height, width] in place. */
export function mirrorTensor(values: Float32Array, width: number): void {
  for (let at = 0; at < values.length; at += width) values.subarray(at, at + width).reverse();
}
