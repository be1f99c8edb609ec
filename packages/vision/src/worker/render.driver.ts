import { encodeJpeg } from '../camera/picture.driver.ts';
import { pixelate } from '../camera/pixelate.ts';
import type { RenderFrame } from './camera-run.service.ts';

/** Frames for browsers: large enough to see a room, small enough for several at once. */
const JPEG = { longSide: 1280, quality: 75 } as const;

/** People are hidden in the pixels before they are compressed: no clear picture of them ever leaves the worker. */
export const renderFrame: RenderFrame = (picture, mode, places) => {
  if (mode === 'private') pixelate(picture, places);
  return encodeJpeg(picture, JPEG);
};
