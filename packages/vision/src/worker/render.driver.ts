import { encodeJpeg } from '../camera/picture.driver.ts';
import { coarsen, pixelate } from '../camera/pixelate.ts';
import type { Picture } from '../detector/detector.ts';
import type { RenderFrame } from './camera-run.service.ts';

/** Frames for browsers: large enough to see a room, small enough for several at once. */
const JPEG = { longSide: 1280, quality: 75 } as const;

/** People are hidden in the pixels before they are compressed: no clear picture of them ever leaves the worker. */
export const renderFrame: RenderFrame = (picture, mode, places) => {
  if (mode === 'private') pixelate(picture, places);
  return encodeJpeg(picture, JPEG);
};

/** Small and coarse: to see where a camera looks, and nobody's face. Changes the picture. */
export async function renderCoarse(picture: Picture): Promise<Uint8Array> {
  coarsen(picture);
  return (await encodeJpeg(picture, { longSide: 640, quality: 70 })).jpeg;
}
