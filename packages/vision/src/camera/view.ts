import type { Size } from '../detector/boxes.ts';
import type { Picture } from '../detector/detector.ts';

/** What a picture as a whole looks like; luma 0..255. */
export interface View {
  readonly meanLuma: number;
  /** standard deviation of the luma over the picture */
  readonly spread: number;
  /** mean change of the luma over a few pixels, 0..510: falls when the lens is out of focus */
  readonly detail: number;
  /** `detail` against the change over more pixels, 0..1: how soft edges are, whatever the scene */
  readonly sharpness: number;
  readonly outline: Outline;
}

/** The picture made small: `luma` is 0..255 of each cell, row by row. */
export interface Outline {
  readonly size: Size;
  readonly luma: Uint8Array;
}

/** Cells of the outline along the width: furniture shows, faces do not. */
const CELLS = 96;
/** So many points each way make the mean of a cell. */
const POINTS = 4;
/** Bands of rows in which the detail is measured, and rows in each: their mean has half the noise of one. */
const BANDS = 36;
const BAND_ROWS = 4;
/** Distances in pixels of a picture 1280 wide over which changes are measured. */
const NEAR = 3;
const FAR = 8;
const USUAL_WIDTH = 1280;

/** Luma 0..255 of a pixel. Source: ITU-R BT.601 weights. */
const lumaAt = (rgb: Uint8Array, at: number): number =>
  0.299 * (rgb[at] as number) + 0.587 * (rgb[at + 1] as number) + 0.114 * (rgb[at + 2] as number);

/** Offsets of the middles of `count` equal parts of `length`, each `unit` bytes wide. */
const middles = (count: number, length: number, unit: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count) * unit);

function outlineOf({ rgb, size }: Picture): Outline {
  const height = Math.max(1, Math.round((CELLS * size.height) / size.width));
  const across = middles(CELLS * POINTS, size.width, 3);
  const down = middles(height * POINTS, size.height, size.width * 3);
  const sums = new Float32Array(CELLS * height);
  for (const [y, row] of down.entries()) {
    const first = Math.floor(y / POINTS) * CELLS;
    for (let x = 0; x < across.length; x++) {
      const cell = first + Math.floor(x / POINTS);
      sums[cell] = (sums[cell] as number) + lumaAt(rgb, row + (across[x] as number));
    }
  }
  const luma = Uint8Array.from(sums, (sum) => Math.round(sum / (POINTS * POINTS)));
  return { size: { width: CELLS, height }, luma };
}

/** One line of the picture: the mean of the green of a few rows, which is sharpest in every camera. */
function bandOf({ rgb, size }: Picture, top: number, band: Float32Array): void {
  const rows = Math.min(BAND_ROWS, size.height);
  for (let x = 0; x < size.width; x++) {
    let sum = 0;
    for (let y = top; y < top + rows; y++) sum += rgb[(y * size.width + x) * 3 + 1] as number;
    band[x] = sum / rows;
  }
}

/** Mean second difference of a line over a distance in pixels. Source: the Laplacian as a measure of focus. */
function changeOf(band: Float32Array, distance: number, margin: number): number {
  let sum = 0;
  for (let x = margin; x < band.length - margin; x++) {
    const beside = (band[x - distance] as number) + (band[x + distance] as number);
    sum += Math.abs(2 * (band[x] as number) - beside);
  }
  return sum;
}

function detailOf(picture: Picture): Pick<View, 'detail' | 'sharpness'> {
  const { width, height } = picture.size;
  const scale = Math.max(1, Math.round(width / USUAL_WIDTH));
  const band = new Float32Array(width);
  const margin = Math.min(FAR * scale, width >> 1);
  let near = 0;
  let far = 0;
  for (const top of middles(BANDS, Math.max(1, height - BAND_ROWS), 1)) {
    bandOf(picture, top, band);
    near += changeOf(band, Math.min(NEAR * scale, margin), margin);
    far += changeOf(band, margin, margin);
  }
  const points = Math.max(1, BANDS * (width - 2 * margin));
  return { detail: near / points, sharpness: far === 0 ? 0 : near / far };
}

/** Brightness, contrast, focus and outline of a picture; below 2 ms at 1280×720. */
export function viewOf(picture: Picture): View {
  const outline = outlineOf(picture);
  let sum = 0;
  let squares = 0;
  for (const luma of outline.luma) {
    sum += luma;
    squares += luma * luma;
  }
  const cells = outline.luma.length;
  const meanLuma = sum / cells;
  const spread = Math.sqrt(Math.max(0, squares / cells - meanLuma ** 2));
  return { meanLuma, spread, ...detailOf(picture), outline };
}
