import { type Corners, clipTo, grow } from '../detector/boxes.ts';
import type { Picture } from '../detector/detector.ts';

/** Added on each side of a person, as a share of the box: arms, hair and a late box stay covered. */
const MARGIN = 0.25;
/** A person is never shown by more squares than this along the shorter side of the box. */
const SQUARES = 5;
const LEAST_SQUARE = 8;

/** Replaces a square by its mean colour. */
function flatten({ rgb, size }: Picture, left: number, top: number, side: number): void {
  const right = Math.min(left + side, size.width);
  const bottom = Math.min(top + side, size.height);
  const sums = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * size.width + left) * 3; at < (y * size.width + right) * 3; at++) {
      const channel = (at - left * 3) % 3;
      sums[channel] = (sums[channel] ?? 0) + (rgb[at] ?? 0);
    }
  }
  const pixels = (right - left) * (bottom - top);
  const mean = sums.map((sum) => Math.round(sum / pixels));
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) rgb.set(mean, (y * size.width + x) * 3);
  }
}

/**
 * Makes people unrecognisable in the picture itself: each box with a wide margin becomes a few coarse squares.
 * Boxes in pixels of the picture. Changes the picture in place.
 */
export function pixelate(picture: Picture, boxes: readonly Corners[]): void {
  for (const box of boxes) {
    const area = clipTo(grow(box, MARGIN), picture.size);
    const shorter = Math.min(area.x2 - area.x1, area.y2 - area.y1);
    const side = Math.max(LEAST_SQUARE, Math.ceil(shorter / SQUARES));
    for (let y = Math.floor(area.y1); y < area.y2; y += side) {
      for (let x = Math.floor(area.x1); x < area.x2; x += side) flatten(picture, x, y, side);
    }
  }
}

/** So many squares along the longer side show where cars stand, and neither a face nor a number plate. */
const COARSE_SQUARES = 160;

/** Makes the whole picture coarse, whatever it shows. Changes the picture in place. */
export function coarsen(picture: Picture): void {
  const { width, height } = picture.size;
  const side = Math.max(LEAST_SQUARE, Math.ceil(Math.max(width, height) / COARSE_SQUARES));
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) flatten(picture, x, y, side);
  }
}
