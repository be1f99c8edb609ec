/** One tensor at the border of a model. A dimension is `null` where the model takes any. */
export interface TensorShape {
  readonly name: string;
  readonly dims: readonly (number | null)[];
}

/** What a model file says of itself before it is loaded. */
export interface OnnxHeader {
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
  /** weights are 8-bit integers */
  readonly quantised: boolean;
  /** no part of it lies in another file */
  readonly isWhole: boolean;
}

interface Field {
  readonly number: number;
  /** value of a varint field */
  readonly value: number;
  /** content of a length-delimited field */
  readonly bytes: Uint8Array;
}

const EMPTY = new Uint8Array(0);

/** Protocol buffers base 128 numbers; beyond 2^53 they lose precision, which no length here reaches. */
function readVarint(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  let factor = 1;
  for (let at = start; at < bytes.length && at < start + 10; at++) {
    const byte = bytes[at] as number;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, next: at + 1 };
    factor *= 128;
  }
  throw new RangeError('not an ONNX file: a number runs over its end');
}

/** So many fields are read of one file; reading a detector takes 11,000 to 28,000. */
const MOST_FIELDS = 500_000;
/** Graphs within graphs, at most. */
const MOST_DEPTH = 8;

/** Reads messages of one file, and gives up where it is made to be read for ever. */
function createReader() {
  let left = MOST_FIELDS;

  /** Source: Protocol Buffers encoding, wire types 0 (varint), 1 (64 bit), 2 (length-delimited), 5 (32 bit). */
  function* fieldsOf(bytes: Uint8Array): Generator<Field> {
    let at = 0;
    while (at < bytes.length) {
      if (left-- === 0) throw new RangeError('not an ONNX file of a detector: it has no end');
      const key = readVarint(bytes, at);
      const number = Math.floor(key.value / 8);
      const wire = key.value % 8;
      if (wire === 0) {
        const { value, next } = readVarint(bytes, key.next);
        yield { number, value, bytes: EMPTY };
        at = next;
        continue;
      }
      const head = wire === 2 ? readVarint(bytes, key.next) : { value: 0, next: key.next };
      const length = wire === 2 ? head.value : wire === 1 ? 8 : wire === 5 ? 4 : Number.NaN;
      const end = head.next + length;
      if (!(end <= bytes.length))
        throw new RangeError('not an ONNX file: a field runs over its end');
      yield { number, value: 0, bytes: bytes.subarray(head.next, end) };
      at = end;
    }
  }

  /** Contents of the fields with one of these numbers. */
  function all(bytes: Uint8Array, ...numbers: number[]): Uint8Array[] {
    const found: Uint8Array[] = [];
    for (const field of fieldsOf(bytes))
      if (numbers.includes(field.number)) found.push(field.bytes);
    return found;
  }

  return {
    all,
    one: (bytes: Uint8Array, number: number): Uint8Array => all(bytes, number)[0] ?? EMPTY,
    /** Value of a number; 0 where it is not set. */
    numberIn: (bytes: Uint8Array, number: number): number =>
      [...fieldsOf(bytes)].find((field) => field.number === number)?.value ?? 0,
  };
}

type Reader = ReturnType<typeof createReader>;

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** ValueInfoProto: name 1, type 2 → tensor_type 1 → shape 2 → dim 1 → dim_value 1. */
function tensorShapeOf({ all, one, numberIn }: Reader, valueInfo: Uint8Array): TensorShape {
  const dims = all(one(one(one(valueInfo, 2), 1), 2), 1).map((dim) => numberIn(dim, 1) || null);
  return { name: textOf(one(valueInfo, 1)), dims };
}

/** TensorProto: external_data 13, data_location 14 (1: in another file). */
const isElsewhere = ({ all, numberIn }: Reader, tensor: Uint8Array): boolean =>
  all(tensor, 13).length > 0 || numberIn(tensor, 14) !== 0;

/**
 * `true` when a constant lies in another file. GraphProto node 1, initializer 5, sparse_initializer 15 → values 1, indices 2;
 * NodeProto.attribute 5; AttributeProto t 5, g 6, tensors 10, graphs 11.
 */
function reachesOut(reader: Reader, graph: Uint8Array, depth = 0): boolean {
  if (depth > MOST_DEPTH) throw new RangeError('not an ONNX file of a detector: it is too deep');
  const { all } = reader;
  const attributes = all(graph, 1).flatMap((node) => all(node, 5));
  const tensors = [
    ...all(graph, 5),
    ...all(graph, 15).flatMap((sparse) => all(sparse, 1, 2)),
    ...attributes.flatMap((attribute) => all(attribute, 5, 10)),
  ];
  if (tensors.some((tensor) => isElsewhere(reader, tensor))) return true;
  const graphs = attributes.flatMap((attribute) => all(attribute, 6, 11));
  return graphs.some((inner) => reachesOut(reader, inner, depth + 1));
}

/**
 * Reads the shapes at the border of an ONNX model without loading it.
 * @throws RangeError when the bytes are no ONNX model.
 * Source: onnx.proto3: ModelProto.graph 7; GraphProto node 1, initializer 5, input 11, output 12; NodeProto.op_type 4.
 */
export function onnxHeaderOf(bytes: Uint8Array): OnnxHeader {
  const reader = createReader();
  const { all, one } = reader;
  const graph = one(bytes, 7);
  if (graph.length === 0) throw new RangeError('not an ONNX file: it holds no graph');
  const stored = new Set(all(graph, 5).map((tensor) => textOf(one(tensor, 8))));
  const shapes = (number: number): TensorShape[] =>
    all(graph, number).map((value) => tensorShapeOf(reader, value));
  return {
    // Old files list their weights among the inputs.
    inputs: shapes(11).filter((input) => !stored.has(input.name)),
    outputs: shapes(12),
    quantised: all(graph, 1).some((node) => textOf(one(node, 4)) === 'DequantizeLinear'),
    isWhole: !reachesOut(reader, graph),
  };
}
