import { type Corners, clipTo, type Size } from './boxes.ts';
import { type Letterbox, toPicture } from './letterbox.ts';

/** The whole picture as a part of itself. */
export const wholeOf = ({ width, height }: Size): Corners => ({
  x1: 0,
  y1: 0,
  x2: width,
  y2: height,
});

export const sizeOf = ({ x1, y1, x2, y2 }: Corners): Size => ({ width: x2 - x1, height: y2 - y1 });

/** From input pixels of a part that was shown to pixels of the whole picture, clipped to that part. */
export function fromInput<T extends Corners>(
  box: T,
  letterbox: Letterbox,
  { part, isMirrored }: { part: Corners; isMirrored: boolean },
): T {
  const { width } = letterbox.input;
  const upright = isMirrored ? { ...box, x1: width - box.x2, x2: width - box.x1 } : box;
  const inPart = clipTo(toPicture(upright, letterbox), sizeOf(part));
  return {
    ...box,
    x1: inPart.x1 + part.x1,
    y1: inPart.y1 + part.y1,
    x2: inPart.x2 + part.x1,
    y2: inPart.y2 + part.y1,
  };
}

/** Halves overlap by this share of a half, so that whoever stands between them is whole in one. */
const HALVES_OVERLAP = 0.15;

/** The two halves of a picture along its longer side, a little more than half each; whole pixels. */
export function halvesOf({ width, height }: Size): [Corners, Corners] {
  const isWide = width >= height;
  const side = Math.max(width, height);
  const half = Math.round((side * (1 + HALVES_OVERLAP)) / 2);
  const whole = wholeOf({ width, height });
  return isWide
    ? [
        { ...whole, x2: half },
        { ...whole, x1: side - half },
      ]
    : [
        { ...whole, y2: half },
        { ...whole, y1: side - half },
      ];
}
