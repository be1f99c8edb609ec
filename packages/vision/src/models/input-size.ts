import type { Size } from '../detector/boxes.ts';
import {
  constantsOf,
  dimsOf,
  elementType,
  floatsOf,
  integersOf,
  integersTensor,
  NotConvertible,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  pictureInputOf,
  shapeOf,
  tensorOf,
  withShape,
} from './onnx-model.ts';

/** Sizes of the cells of the head in input pixels, in the order in which the head lists them. */
const STRIDES = [8, 16, 32] as const;
const COARSEST = 32;
/** Room for rounding in constants of 32 bits. */
const CLOSE = 1e-3;

interface Cells {
  /** what a head may need to know of each cell: a row for each kind of number, one value a cell */
  readonly rows: readonly Float32Array[];
  /** how many there are of each stride */
  readonly counts: readonly number[];
  readonly total: number;
}

/** Kinds of numbers, in this order: x and y of the centre in cells of its stride, the stride, x and y in input pixels. */
function cellsOf({ width, height }: Size): Cells {
  const cells = STRIDES.flatMap((stride) =>
    Array.from({ length: (width / stride) * (height / stride) }, (_, i) => {
      const column = i % (width / stride);
      const row = Math.floor(i / (width / stride));
      const [x, y] = [column + 0.5, row + 0.5];
      return [x, y, stride, x * stride, y * stride];
    }),
  );
  return {
    rows: [0, 1, 2, 3, 4].map((kind) => Float32Array.from(cells, (cell) => cell[kind] ?? 0)),
    counts: STRIDES.map((stride) => (width / stride) * (height / stride)),
    total: cells.length,
  };
}

const isSame = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((value, i) => Math.abs(value - (b[i] as number)) < CLOSE);

/** Sizes before and after. */
interface Change {
  readonly from: Size;
  readonly to: Size;
  readonly before: Cells;
  readonly after: Cells;
}

/** A float constant with values for each cell: centres and strides, nothing else is known. */
function cellConstant(tensor: OnnxTensor, { before, after }: Change): OnnxTensor {
  const values = floatsOf(tensor);
  const dims = [...dimsOf(tensor).slice(0, -1), after.total];
  const made = new Float32Array((values.length / before.total) * after.total);
  for (let row = 0; row * before.total < values.length; row++) {
    const old = values.subarray(row * before.total, (row + 1) * before.total);
    const kind = after.rows[before.rows.findIndex((known) => isSame(old, known))];
    if (!kind) {
      throw new NotConvertible(
        `the constant ${tensor.name} belongs to the old input size in a way that is not known; export the model again with the size you want`,
      );
    }
    made.set(kind, row * after.total);
  }
  return tensorOf(tensor.name, dims, made);
}

/** The last number of a shape, where it counts cells. */
function shapeConstant(tensor: OnnxTensor, { before, after }: Change): OnnxTensor {
  const shape = integersOf(tensor);
  const last = shape.at(-1);
  const level = before.counts.indexOf(last ?? 0);
  const now = last === before.total ? after.total : after.counts[level];
  return now === undefined ? tensor : integersTensor(tensor.name, [...shape.slice(0, -1), now]);
}

/** Sizes to which a map of the picture is enlarged: [batch, channels, height, width]. */
function sizesConstant(tensor: OnnxTensor, { from, to }: Change): OnnxTensor {
  const [batch = 1, channels = 1, height = 1, width = 1] = integersOf(tensor);
  const grown = [(height * to.height) / from.height, (width * to.width) / from.width];
  return integersTensor(tensor.name, [batch, channels, ...grown]);
}

const readAt = (nodes: readonly OnnxNode[], opType: string, place: number): Set<string> =>
  new Set(
    nodes.filter((node) => node.opType === opType).flatMap(({ input }) => input[place] ?? []),
  );

function constantsFor(graph: OnnxGraph, change: Change): OnnxTensor[] {
  const shapes = readAt(graph.node, 'Reshape', 1);
  const sizes = readAt(graph.node, 'Resize', 3);
  const { total } = change.before;
  return [...constantsOf(graph).values()].map((tensor) => {
    if (shapes.has(tensor.name)) return shapeConstant(tensor, change);
    if (sizes.has(tensor.name)) return sizesConstant(tensor, change);
    const isFloat = tensor.dataType === elementType.float;
    return isFloat && dimsOf(tensor).at(-1) === total ? cellConstant(tensor, change) : tensor;
  });
}

/** @throws NotConvertible unless the size can be parted into cells of every stride. */
function checkSize({ width, height }: Size): void {
  const isWhole = (side: number): boolean => side >= COARSEST && side % COARSEST === 0;
  if (isWhole(width) && isWhole(height)) return;
  throw new NotConvertible(
    `an input of ${height}×${width} cannot be parted into cells; give multiples of ${COARSEST}`,
  );
}

/**
 * The same detector for pictures of another size: what an export with that size gives. `to` in input pixels.
 * Constants of the head that belong to the old size are made anew: centres and strides of cells, shapes.
 * @throws NotConvertible when the size is no multiple of 32, or the model takes any size, or holds a constant of unknown meaning.
 */
export function withInputSize(model: OnnxModel, to: Size): OnnxModel {
  checkSize(to);
  const { graph } = model;
  const picture = pictureInputOf(graph);
  const [batch = 0, channels = 0, height = 0, width = 0] = shapeOf(picture);
  if (height === to.height && width === to.width) return model;
  if (!height || !width) {
    throw new NotConvertible('the model takes pictures of any size already; leave --size out');
  }
  const from = { width, height };
  const change = { from, to, before: cellsOf(from), after: cellsOf(to) };
  const output = graph.output.map((value) => {
    const cells = shapeOf(value).map((n) => (n === change.before.total ? change.after.total : n));
    return withShape(value, cells);
  });
  const shaped = withShape(picture, [batch, channels, to.height, to.width]);
  return {
    ...model,
    metadataProps: model.metadataProps.map((prop) =>
      prop.key === 'imgsz' ? { ...prop, value: `[${to.height}, ${to.width}]` } : prop,
    ),
    graph: {
      ...graph,
      initializer: constantsFor(graph, change),
      input: graph.input.map((value) => (value === picture ? shaped : value)),
      output,
      valueInfo: [],
    },
  };
}
