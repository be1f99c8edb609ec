import type { Picture } from './detector.ts';

/** The picture is judged by so many points each way. */
const POINTS = 64;
/** Share of the points that may be darker, and as many brighter, than what is compared: lamps and shadows say nothing. */
const OUTER_SHARE = 0.02;
/** Less luma between dark and bright than this, 0..255: haze or darkness hides people; measured, see docs/counting.md. */
const DULL_RANGE = 135;

/** Luma of points spread evenly over the picture, darkest first. Source: ITU-R BT.601 weights. */
function lumasOf({ rgb, size }: Picture): Uint8Array {
  const lumas = new Uint8Array(POINTS * POINTS);
  for (let i = 0; i < lumas.length; i++) {
    const x = Math.floor((((i % POINTS) + 0.5) * size.width) / POINTS);
    const y = Math.floor(((Math.floor(i / POINTS) + 0.5) * size.height) / POINTS);
    const at = (y * size.width + x) * 3;
    const [red = 0, green = 0, blue = 0] = [rgb[at], rgb[at + 1], rgb[at + 2]];
    lumas[i] = 0.299 * red + 0.587 * green + 0.114 * blue + 0.5;
  }
  return lumas.sort();
}

/** `true`: smoke, haze or darkness takes the contrast from the picture. */
export function isDull(picture: Picture): boolean {
  const lumas = lumasOf(picture);
  const outer = Math.floor(lumas.length * OUTER_SHARE);
  const [dark = 0, bright = 0] = [lumas[outer], lumas[lumas.length - 1 - outer]];
  return bright - dark < DULL_RANGE;
}
