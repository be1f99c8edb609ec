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
/** So many points each way make the mean of a cell; `addPoints` names them one by one. */
const POINTS = 4;
/** Bands of rows in which the detail is measured, and rows in each: their mean has half the noise of one. */
const BANDS = 36;
const BAND_ROWS = 4;
/** Distances in pixels of a picture 1280 wide over which changes are measured. */
const NEAR = 3;
const FAR = 8;
const USUAL_WIDTH = 1280;

/** Shares of red, green and blue in the luma, in whole numbers of `WHOLE`. Source: ITU-R BT.601 weights. */
const [RED, GREEN, BLUE, WHOLE] = [19595, 38470, 7471, 65536];

/** Offsets of the middles of `count` equal parts of `length`, each `unit` bytes wide. */
const middles = (count: number, length: number, unit: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count) * unit);

interface Row {
  readonly rgb: Uint8Array;
  /** offset of its first pixel */
  readonly from: number;
  /** offsets of its points from there, `POINTS` a cell */
  readonly across: Uint32Array;
}

/** Adds the points of one row to the sums of its cells; unrolled, and the colours of a cell are weighed together. */
function addPoints({ rgb, from, across }: Row, sums: Uint32Array): void {
  for (let cell = 0, x = 0; cell < CELLS; cell++, x += POINTS) {
    const a = from + (across[x] as number);
    const b = from + (across[x + 1] as number);
    const c = from + (across[x + 2] as number);
    const d = from + (across[x + 3] as number);
    const red = (rgb[a] as number) + (rgb[b] as number) + (rgb[c] as number) + (rgb[d] as number);
    const green =
      (rgb[a + 1] as number) +
      (rgb[b + 1] as number) +
      (rgb[c + 1] as number) +
      (rgb[d + 1] as number);
    const blue =
      (rgb[a + 2] as number) +
      (rgb[b + 2] as number) +
      (rgb[c + 2] as number) +
      (rgb[d + 2] as number);
    sums[cell] = (sums[cell] as number) + RED * red + GREEN * green + BLUE * blue;
  }
}

function outlineOf({ rgb, size }: Picture): Outline {
  const height = Math.max(1, Math.round((CELLS * size.height) / size.width));
  const across = middles(CELLS * POINTS, size.width, 3);
  const down = middles(height * POINTS, size.height, size.width * 3);
  const sums = new Uint32Array(CELLS * height);
  for (const [y, from] of down.entries()) {
    const first = Math.floor(y / POINTS) * CELLS;
    addPoints({ rgb, from, across }, sums.subarray(first, first + CELLS));
  }
  const luma = new Uint8Array(sums.length);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = Math.round((sums[i] as number) / (POINTS * POINTS * WHOLE));
  }
  return { size: { width: CELLS, height }, luma };
}

/** One line of the picture: the sum of the green of `BAND_ROWS` rows, which is sharpest in every camera. */
function fillBand({ rgb, size }: Picture, top: number, band: Int32Array): void {
  const row = size.height < BAND_ROWS ? 0 : size.width * 3;
  for (let x = 0, at = top * size.width * 3 + 1; x < band.length; x++, at += 3) {
    const above = (rgb[at] as number) + (rgb[at + row] as number);
    band[x] = above + (rgb[at + 2 * row] as number) + (rgb[at + 3 * row] as number);
  }
}

/** Sum of the second differences of a line over a distance in pixels. Source: the Laplacian as a measure of focus. */
function changeOf(band: Int32Array, distance: number, margin: number): number {
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
  const band = new Int32Array(width);
  const margin = Math.min(FAR * scale, width >> 1);
  let near = 0;
  let far = 0;
  for (const top of middles(BANDS, Math.max(1, height - BAND_ROWS), 1)) {
    fillBand(picture, top, band);
    near += changeOf(band, Math.min(NEAR * scale, margin), margin);
    far += changeOf(band, margin, margin);
  }
  const points = Math.max(1, BANDS * BAND_ROWS * (width - 2 * margin));
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
