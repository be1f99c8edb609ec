/** A box by its corners in pixels, `x1 < x2`, `y1 < y2`, origin top left. */
export interface Corners {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A human found in a picture; corners in pixels of the original picture; `score` 0..1. */
export interface Detection extends Corners {
  readonly score: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Area in square pixels; 0 for a box turned inside out. */
const areaOf = (box: Corners): number =>
  Math.max(0, box.x2 - box.x1) * Math.max(0, box.y2 - box.y1);

function sharedArea(a: Corners, b: Corners): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  return width <= 0 || height <= 0 ? 0 : width * height;
}

/** Intersection over union, 0..1; 0 when either box is empty. */
export function iouOf(a: Corners, b: Corners): number {
  const shared = sharedArea(a, b);
  return shared === 0 ? 0 : shared / (areaOf(a) + areaOf(b) - shared);
}

/** Share of the first box that lies under the second, 0..1. */
export function coveredShare(box: Corners, cover: Corners): number {
  const shared = sharedArea(box, cover);
  return shared === 0 ? 0 : shared / areaOf(box);
}

/** The part of the box that lies in the picture. */
export function clipTo<T extends Corners>(box: T, size: Size): T {
  const within = (value: number, limit: number): number => Math.min(Math.max(value, 0), limit);
  return {
    ...box,
    x1: within(box.x1, size.width),
    y1: within(box.y1, size.height),
    x2: within(box.x2, size.width),
    y2: within(box.y2, size.height),
  };
}

/** The box with `share` of its own width and height added on each side. */
export function grow(box: Corners, share: number): Corners {
  const dx = (box.x2 - box.x1) * share;
  const dy = (box.y2 - box.y1) * share;
  return { x1: box.x1 - dx, y1: box.y1 - dy, x2: box.x2 + dx, y2: box.y2 + dy };
}

/** `[x, y, w, h]` in pixels, to a tenth of a pixel. */
export function pixelBoxOf(box: Corners): [number, number, number, number] {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return [tenth(box.x1), tenth(box.y1), tenth(box.x2 - box.x1), tenth(box.y2 - box.y1)];
}

/** `[x, y, w, h]`, each 0..1 of a picture of that size, four decimals. */
export function normBoxOf(box: Corners, size: Size): [number, number, number, number] {
  const short = (value: number): number => Math.round(value * 1e4) / 1e4;
  return [
    short(box.x1 / size.width),
    short(box.y1 / size.height),
    short((box.x2 - box.x1) / size.width),
    short((box.y2 - box.y1) / size.height),
  ];
}
