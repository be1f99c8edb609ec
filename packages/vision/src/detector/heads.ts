import type { Detection, Size } from './boxes.ts';
import type { Placement } from './letterbox.ts';
import type { PixelFormat } from './resample.ts';

/** The three families of output this detector reads. */
export type Head = 'yolov8' | 'end-to-end' | 'yolox';

/** What a family wants at its input. Strides of the feature maps are 8, 16 and 32 in all of them. */
export const headInputs: Readonly<
  Record<Head, { placement: Placement; format: PixelFormat; overlaps: boolean }>
> = {
  yolov8: { placement: 'centre', format: { order: 'rgb', white: 1 }, overlaps: true },
  'end-to-end': { placement: 'centre', format: { order: 'rgb', white: 1 }, overlaps: false },
  yolox: { placement: 'top-left', format: { order: 'bgr', white: 255 }, overlaps: true },
};

/** Feature map strides, finest first: the order in which YOLOX lists its cells. */
const STRIDES = [8, 16, 32] as const;
/** What a detector is asked for. */
export type Kind = 'humans' | 'vehicles';

/** Class numbers of COCO: person; car, motorcycle, bus, truck. In person-only models 0 is the person, too. */
const CLASSES: Readonly<Record<Kind, readonly number[]>> = { humans: [0], vehicles: [2, 3, 5, 7] };
/** As many classes as COCO has: only then the numbers of the vehicles are known to be theirs. */
const COCO_CLASSES = 80;

const cellsOf = (input: Size): number =>
  STRIDES.reduce((sum, s) => sum + Math.floor(input.width / s) * Math.floor(input.height / s), 0);

/**
 * Recognises a model by the shape of its output: `[1, 4 + classes, n]` YOLOv8 and YOLO11, `[1, n, 6]` end-to-end,
 * `[1, n, 5 + classes]` with one row per cell YOLOX; `undefined` when it is none of them.
 */
export function headOf(shape: readonly number[], input: Size): Head | undefined {
  const [batch, rows = 0, columns = 0] = shape;
  if (shape.length !== 3 || batch !== 1) return undefined;
  const cells = cellsOf(input);
  if (rows === cells && columns >= 6) return 'yolox';
  if (columns === 6) return 'end-to-end';
  if (rows >= 5 && (columns === cells || columns > rows)) return 'yolov8';
  return undefined;
}

/**
 * The family as the shapes in a file tell it before it runs; a size is `null` where the file leaves it open, `input` where it
 * takes any. `undefined`: none of them, or the shapes do not tell.
 */
export function declaredHead(
  dims: readonly (number | null)[],
  input: Size | null,
): Head | undefined {
  const [batch, rows = 0, columns = 0] = dims;
  if (dims.length !== 3 || (batch ?? 1) !== 1) return undefined;
  if (input && rows !== null && columns !== null) return headOf([1, rows, columns], input);
  if (columns === 6) return 'end-to-end';
  if (rows !== null && rows >= 5 && columns === null) return 'yolov8';
  return rows === null && columns !== null && columns > 6 ? 'yolox' : undefined;
}

/** An output tensor, flat in row order. */
export interface Output {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/**
 * `true` when the output tells this kind apart. An end-to-end output does not say which classes its model knows, and a model
 * that knows no cars would find every space free.
 */
export function tellsApart(kind: Kind, head: Head, shape: readonly (number | null)[]): boolean {
  if (kind === 'humans') return true;
  if (head === 'yolov8') return shape[1] === 4 + COCO_CLASSES;
  return head === 'yolox' && shape[2] === 5 + COCO_CLASSES;
}

/** What is looked for: finds of the kind with a score of at least `conf`, 0..1. */
export interface Wanted {
  readonly kind: Kind;
  readonly conf: number;
}

/**
 * Finds of the wanted kind, each with the best score among its classes, corners in input pixels, overlaps not yet suppressed.
 * Other classes never leave this function.
 */
export function findsIn(head: Head, output: Output, input: Size, wanted: Wanted): Detection[] {
  const sought = { classes: CLASSES[wanted.kind], conf: wanted.conf };
  if (head === 'yolov8') return fromYolov8(output, sought);
  if (head === 'yolox') return fromYolox(output, input, sought);
  return fromEndToEnd(output, sought);
}

interface Sought {
  readonly classes: readonly number[];
  readonly conf: number;
}

/** Best of the classes; `scoreAt` by class number. */
function bestOf(classes: readonly number[], scoreAt: (kind: number) => number): number {
  let best = 0;
  for (const kind of classes) best = Math.max(best, scoreAt(kind));
  return best;
}

const fromCentre = (cx: number, cy: number, w: number, h: number, score: number): Detection => ({
  x1: cx - w / 2,
  y1: cy - h / 2,
  x2: cx + w / 2,
  y2: cy + h / 2,
  score,
});

/** output: [1, 4 + classes, n], rows cx cy w h then scores 0..1, input pixels. */
function fromYolov8({ data, shape }: Output, { classes, conf }: Sought): Detection[] {
  const n = shape[2] ?? 0;
  const at = (row: number, i: number): number => data[row * n + i] as number;
  const found: Detection[] = [];
  for (let i = 0; i < n; i++) {
    const score = bestOf(classes, (kind) => at(4 + kind, i));
    if (score >= conf) found.push(fromCentre(at(0, i), at(1, i), at(2, i), at(3, i), score));
  }
  return found;
}

/** output: [1, n, 6], columns x1 y1 x2 y2 score class, input pixels, overlaps already suppressed by the model. */
function fromEndToEnd({ data, shape }: Output, { classes, conf }: Sought): Detection[] {
  const found: Detection[] = [];
  for (let i = 0; i < (shape[1] ?? 0); i++) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, kind = -1] = data.subarray(i * 6, i * 6 + 6);
    if (score >= conf && classes.includes(Math.round(kind))) found.push({ x1, y1, x2, y2, score });
  }
  return found;
}

/**
 * output: [1, n, 5 + classes], one row per cell, finest stride first, row by row; columns dx dy (cells), log w, log h
 * (strides), objectness 0..1, class scores 0..1. Source: Ge et al., YOLOX, arXiv 2107.08430, section 2.
 */
function fromYolox({ data, shape }: Output, input: Size, { classes, conf }: Sought): Detection[] {
  const columns = shape[2] ?? 0;
  const found: Detection[] = [];
  let at = 0;
  for (const stride of STRIDES) {
    const wide = Math.floor(input.width / stride);
    const cells = wide * Math.floor(input.height / stride);
    for (let cell = 0; cell < cells; cell++, at += columns) {
      const cellAt = at;
      const [dx = 0, dy = 0, w = 0, h = 0, objectness = 0] = data.subarray(at, at + 5);
      const score = objectness * bestOf(classes, (kind) => data[cellAt + 5 + kind] as number);
      if (score < conf) continue;
      const cx = (dx + (cell % wide)) * stride;
      const cy = (dy + Math.floor(cell / wide)) * stride;
      found.push(fromCentre(cx, cy, Math.exp(w) * stride, Math.exp(h) * stride, score));
    }
  }
  return found;
}
