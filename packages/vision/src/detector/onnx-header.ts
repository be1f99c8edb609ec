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

/** Source: Protocol Buffers encoding, wire types 0 (varint), 1 (64 bit), 2 (length-delimited), 5 (32 bit). */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  while (at < bytes.length) {
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
    if (!(end <= bytes.length)) throw new RangeError('not an ONNX file: a field runs over its end');
    yield { number, value: 0, bytes: bytes.subarray(head.next, end) };
    at = end;
  }
}

const all = (bytes: Uint8Array, number: number): Uint8Array[] =>
  [...fieldsOf(bytes)].filter((field) => field.number === number).map((field) => field.bytes);
const one = (bytes: Uint8Array, number: number): Uint8Array => all(bytes, number)[0] ?? EMPTY;
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** ValueInfoProto: name 1, type 2 → tensor_type 1 → shape 2 → dim 1 → dim_value 1. */
function tensorShapeOf(valueInfo: Uint8Array): TensorShape {
  const dims = all(one(one(one(valueInfo, 2), 1), 2), 1).map((dim) => {
    const size = [...fieldsOf(dim)].find((field) => field.number === 1)?.value ?? 0;
    return size > 0 ? size : null;
  });
  return { name: textOf(one(valueInfo, 1)), dims };
}

/**
 * Reads the shapes at the border of an ONNX model without loading it.
 * @throws RangeError when the bytes are no ONNX model.
 * Source: onnx.proto3: ModelProto.graph 7; GraphProto node 1, initializer 5, input 11, output 12; NodeProto.op_type 4.
 */
export function onnxHeaderOf(bytes: Uint8Array): OnnxHeader {
  const graph = one(bytes, 7);
  if (graph.length === 0) throw new RangeError('not an ONNX file: it holds no graph');
  const parts = [...fieldsOf(graph)];
  const named = (number: number): Uint8Array[] =>
    parts.filter((part) => part.number === number).map((part) => part.bytes);
  const stored = new Set(named(5).map((tensor) => textOf(one(tensor, 8))));
  return {
    // Old files list their weights among the inputs.
    inputs: named(11)
      .map(tensorShapeOf)
      .filter((input) => !stored.has(input.name)),
    outputs: named(12).map(tensorShapeOf),
    quantised: named(1).some((node) => textOf(one(node, 4)) === 'DequantizeLinear'),
  };
}
