/** An ONNX file as its messages tell it. Only what is read or changed is named; the rest travels along untouched. */
export interface OnnxModel {
  readonly opsetImport: readonly { readonly domain?: string; readonly version: bigint }[];
  readonly graph: OnnxGraph;
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

export interface OnnxGraph {
  /** in an order in which each node comes after those that it reads */
  readonly node: readonly OnnxNode[];
  /** constants: weights, shapes, anchors */
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly OnnxValue[];
  readonly output: readonly OnnxValue[];
  /** shapes in between, as an exporter noted them; nobody needs them */
  readonly valueInfo: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly opType: string;
  readonly name?: string;
  /** names of tensors; '' where an optional one is left out */
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

/** One of the values is set, as `type` says. */
export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly i?: bigint;
  readonly f?: number;
  readonly t?: OnnxTensor;
  readonly ints?: readonly bigint[];
}

/** A constant. Its values are in `rawData`, little endian, or in the list of their kind. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly bigint[];
  /** one of `elementType` or another number of the format */
  readonly dataType: number;
  readonly rawData?: Uint8Array;
  readonly floatData?: readonly number[];
  readonly int64Data?: readonly bigint[];
  /** 1: the values lie in another file */
  readonly dataLocation?: number;
}

export interface OnnxValue {
  readonly name: string;
  readonly type?: {
    readonly tensorType?: {
      readonly elemType?: number;
      readonly shape?: { readonly dim: readonly { readonly dimValue?: bigint }[] };
    };
  };
}

/** Numbers of element types. Source: onnx.proto3, TensorProto.DataType. */
export const elementType = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;
const INTEGER_ATTRIBUTE = 2;

/** A model that cannot be changed as asked; the message names the place in it and the remedy. */
export class NotConvertible extends Error {}

/** Attribute with a whole number. */
export const integerAttribute = (name: string, value: number): OnnxAttribute => ({
  name,
  type: INTEGER_ATTRIBUTE,
  i: BigInt(value),
});

/** The attribute of that name; `undefined` where the node leaves it to its default. */
export const findAttribute = (node: OnnxNode, name: string): OnnxAttribute | undefined =>
  node.attribute.find((attribute) => attribute.name === name);

/** How people find a node in their model. */
export const nameOf = (node: OnnxNode): string =>
  `${node.opType} ${node.name || node.output[0] || ''}`;

/** Dimensions of a constant. */
export const dimsOf = (tensor: OnnxTensor): number[] => tensor.dims.map(Number);

/** A copy of its own: within a file the values begin at any byte. */
const rawOf = ({ rawData }: OnnxTensor): ArrayBuffer => new Uint8Array(rawData ?? []).buffer;

/** Values of a 32-bit float constant, in row order. @throws NotConvertible when it is of another type. */
export function floatsOf(tensor: OnnxTensor): Float32Array {
  if (tensor.dataType !== elementType.float || tensor.dataLocation === 1) {
    throw new NotConvertible(
      `the constant ${tensor.name} holds no 32-bit numbers in this file; export the model in float32, in one file`,
    );
  }
  return tensor.floatData?.length
    ? Float32Array.from(tensor.floatData)
    : new Float32Array(rawOf(tensor));
}

/** Values of a 64-bit whole-number constant, such as a shape. */
export const integersOf = (tensor: OnnxTensor): number[] =>
  (tensor.int64Data?.length ? [...tensor.int64Data] : [...new BigInt64Array(rawOf(tensor))]).map(
    Number,
  );

type Numbers = Float32Array | Uint8Array | Int8Array | Int32Array;

function typeOf(values: Numbers): number {
  if (values instanceof Float32Array) return elementType.float;
  if (values instanceof Int8Array) return elementType.int8;
  return values instanceof Int32Array ? elementType.int32 : elementType.uint8;
}

/** A constant of these values; its element type is that of the array. */
export const tensorOf = (name: string, dims: readonly number[], values: Numbers): OnnxTensor => ({
  name,
  dims: dims.map(BigInt),
  dataType: typeOf(values),
  rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
});

/** A one-dimensional constant of 64-bit whole numbers. */
export const integersTensor = (name: string, values: readonly number[]): OnnxTensor => ({
  name,
  dims: [BigInt(values.length)],
  dataType: elementType.int64,
  rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
});

/** Constants of a graph by name, those that are written as nodes too. */
export function constantsOf({ initializer, node }: OnnxGraph): Map<string, OnnxTensor> {
  const written = node
    .filter(({ opType }) => opType === 'Constant')
    .flatMap((constant) => {
      const value = findAttribute(constant, 'value')?.t;
      return value ? [{ ...value, name: constant.output[0] ?? '' }] : [];
    });
  return new Map([...initializer, ...written].map((tensor) => [tensor.name, tensor]));
}

/** The same graph with its constants in one place, so that each can be exchanged by its name. */
export function withPlainConstants(graph: OnnxGraph): OnnxGraph {
  const constants = constantsOf(graph);
  const isWritten = (node: OnnxNode): boolean =>
    node.opType === 'Constant' && constants.has(node.output[0] ?? '');
  return {
    ...graph,
    initializer: [...constants.values()],
    node: graph.node.filter((node) => !isWritten(node)),
  };
}

/** The node that makes each tensor, by the tensor's name. */
export const makersOf = ({ node }: OnnxGraph): Map<string, OnnxNode> =>
  new Map(node.flatMap((maker) => maker.output.map((name) => [name, maker] as const)));

/** What the picture of a model is called. Old files list their constants among the inputs. */
export function pictureInputOf(graph: OnnxGraph): OnnxValue {
  const constants = constantsOf(graph);
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  const [picture] = inputs;
  if (picture && inputs.length === 1) return picture;
  throw new NotConvertible(
    `the model has ${inputs.length} inputs, not one picture; use a detection export of YOLOv8 or YOLO11`,
  );
}

/** Sizes of a tensor at the border of a model; 0 where it takes any. */
export const shapeOf = (value: OnnxValue): number[] =>
  (value.type?.tensorType?.shape?.dim ?? []).map(({ dimValue }) => Number(dimValue ?? 0n));

/** The same tensor at the border with other sizes. */
export const withShape = (value: OnnxValue, dims: readonly number[]): OnnxValue => ({
  ...value,
  type: {
    ...value.type,
    tensorType: {
      ...value.type?.tensorType,
      shape: { dim: dims.map((size) => ({ dimValue: BigInt(size) })) },
    },
  },
});
