import type { Corners, Size } from './boxes.ts';

/** Where a picture lies inside the model's input. All in input pixels but `scale` (input pixels per picture pixel). */
export interface Letterbox {
  readonly input: Size;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  /** size of the scaled picture inside the input */
  readonly inner: Size;
}

export type Placement = 'centre' | 'top-left';

/** Grey of the border, 0..255, the one the YOLO models were trained with. */
export const BORDER_GREY = 114;

/**
 * Fits a picture into the model's input keeping its aspect; the rest is border.
 * `centre` is what YOLOv8 and YOLO11 were trained with, `top-left` YOLOX.
 */
export function letterboxOf(picture: Size, input: Size, placement: Placement): Letterbox {
  const scale = Math.min(input.width / picture.width, input.height / picture.height);
  const inner = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  // A spare odd pixel goes to the right and below, as in training.
  const left = placement === 'centre' ? Math.floor((input.width - inner.width) / 2) : 0;
  const top = placement === 'centre' ? Math.floor((input.height - inner.height) / 2) : 0;
  return { input, scale, left, top, inner };
}

/** From input pixels to pixels of the picture. */
export function toPicture(box: Corners, letterbox: Letterbox): Corners {
  const { scale, left, top } = letterbox;
  return {
    x1: (box.x1 - left) / scale,
    y1: (box.y1 - top) / scale,
    x2: (box.x2 - left) / scale,
    y2: (box.y2 - top) / scale,
  };
}

/** From pixels of the picture to input pixels; the inverse of `toPicture`. */
export function toInput(box: Corners, letterbox: Letterbox): Corners {
  const { scale, left, top } = letterbox;
  return {
    x1: box.x1 * scale + left,
    y1: box.y1 * scale + top,
    x2: box.x2 * scale + left,
    y2: box.y2 * scale + top,
  };
}

/**
 * Input size for a model that takes any: the smallest whole number of `stride`s round the picture
 * once its longer side is `longSide` pixels.
 */
export function inputSizeFor(picture: Size, longSide: number, stride: number): Size {
  const scale = longSide / Math.max(picture.width, picture.height);
  const whole = (side: number): number =>
    Math.max(stride, Math.ceil((side * scale - 1e-6) / stride) * stride);
  return { width: whole(picture.width), height: whole(picture.height) };
}
