import type { Picture } from './detector.ts';

/** The picture is judged by so many points each way. */
const POINTS = 64;
/** Share of the points that may be darker, and as many brighter, than what is compared: lamps and shadows say nothing. */
const OUTER_SHARE = 0.02;
/** Less luma between dark and bright than this, 0..255: haze or darkness hides people; measured, see docs/counting.md. */
const DULL_RANGE = 135;

/** How many points, spread evenly over the picture, have each luma 0..255. Source: ITU-R BT.601 weights. */
function lumasOf({ rgb, size }: Picture): Uint16Array {
  const counts = new Uint16Array(256);
  for (let i = 0; i < POINTS * POINTS; i++) {
    const x = Math.floor((((i % POINTS) + 0.5) * size.width) / POINTS);
    const y = Math.floor(((Math.floor(i / POINTS) + 0.5) * size.height) / POINTS);
    const at = (y * size.width + x) * 3;
    const red = 0.299 * (rgb[at] as number);
    const luma = red + 0.587 * (rgb[at + 1] as number) + 0.114 * (rgb[at + 2] as number) + 0.5;
    counts[luma | 0] = (counts[luma | 0] as number) + 1;
  }
  return counts;
}

/** The darkest luma that more than `outer` points do not exceed. */
function lumaBeyond(counts: Uint16Array, outer: number): number {
  let luma = 0;
  for (let left = outer; left >= (counts[luma] as number); luma++) left -= counts[luma] as number;
  return luma;
}

/** `true`: smoke, haze or darkness takes the contrast from the picture. */
export function isDull(picture: Picture): boolean {
  const counts = lumasOf(picture);
  const outer = Math.floor(POINTS * POINTS * OUTER_SHARE);
  const dark = lumaBeyond(counts, outer);
  const bright = 255 - lumaBeyond(counts.toReversed(), outer);
  return bright - dark < DULL_RANGE;
}
