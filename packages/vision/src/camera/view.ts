import type { Picture } from '../detector/detector.ts';

/** What a picture as a whole looks like; luma 0..255. */
export interface View {
  readonly meanLuma: number;
  /** standard deviation of the luma over the picture */
  readonly spread: number;
}

/** Points along the longer side; a coarse grid tells dark and covered as well as every pixel. */
const POINTS = 64;

/** Mean and spread of the luma on a coarse grid. Source: ITU-R BT.601 weights. */
export function viewOf({ rgb, size }: Picture): View {
  const step = Math.max(1, Math.floor(Math.max(size.width, size.height) / POINTS));
  let sum = 0;
  let squares = 0;
  let points = 0;
  for (let y = step >> 1; y < size.height; y += step) {
    for (let x = step >> 1; x < size.width; x += step) {
      const at = (y * size.width + x) * 3;
      const [red = 0, green = 0, blue = 0] = [rgb[at], rgb[at + 1], rgb[at + 2]];
      const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      sum += luma;
      squares += luma * luma;
      points++;
    }
  }
  const meanLuma = sum / points;
  return { meanLuma, spread: Math.sqrt(Math.max(0, squares / points - meanLuma ** 2)) };
}
