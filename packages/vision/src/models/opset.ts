import {
  findAttribute,
  integersTensor,
  makersOf,
  NotConvertible,
  nameOf,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
} from './onnx-model.ts';

/** The first opset in which weights can have a scale for each channel. */
const TARGET = 13;
/** The oldest opset that can be raised. */
const OLDEST = 11;

/** Attribute of each operator that became its second input in opset 13. Source: ONNX operator changelog. */
const BECAME_INPUT: Readonly<Record<string, string>> = {
  Split: 'split',
  Squeeze: 'axes',
  Unsqueeze: 'axes',
  ReduceSum: 'axes',
};

const isCore = ({ domain = '' }: { domain?: string }): boolean =>
  domain === '' || domain === 'ai.onnx';

/** Version of the operators of ONNX itself; 0 where the file names none. */
const opsetOf = ({ opsetImport }: OnnxModel): number =>
  Number(opsetImport.find(isCore)?.version ?? 0n);

/** Number of dimensions that a node reads, as far as its neighbours tell. */
function rankBefore(node: OnnxNode, makers: ReadonlyMap<string, OnnxNode>): number | undefined {
  const maker = makers.get(node.input[0] ?? '');
  return maker && findAttribute(maker, 'perm')?.ints?.length;
}

/** Before opset 13 an axis stood for itself and all after it; only the last one means the same since. */
function checkSoftmax(node: OnnxNode, makers: ReadonlyMap<string, OnnxNode>): void {
  const axis = Number(findAttribute(node, 'axis')?.i ?? 1n);
  const rank = rankBefore(node, makers);
  if (axis === -1 || (rank !== undefined && axis === rank - 1)) return;
  throw new NotConvertible(
    `${nameOf(node)} means something else since opset ${TARGET}; export the model again with opset ${TARGET} or newer`,
  );
}

interface Raised {
  readonly node: OnnxNode;
  /** the constant that the attribute became */
  readonly constants: readonly OnnxTensor[];
}

function raised(node: OnnxNode): Raised {
  const name = BECAME_INPUT[node.opType];
  const list = name === undefined ? undefined : findAttribute(node, name);
  if (!list) return { node, constants: [] };
  const constant = integersTensor(`${node.output[0]}_${list.name}`, (list.ints ?? []).map(Number));
  const attribute = node.attribute.filter((other) => other !== list);
  const input = [node.input[0] ?? '', constant.name];
  return { node: { ...node, input, attribute }, constants: [constant] };
}

/**
 * The same model in opset 13, or as it is where it is newer.
 * @throws NotConvertible when it is older than opset 11, or holds an operator whose meaning changed.
 */
export function raiseOpset(model: OnnxModel): OnnxModel {
  const opset = opsetOf(model);
  if (opset >= TARGET) return model;
  if (opset < OLDEST) {
    throw new NotConvertible(
      `the model has opset ${opset || 'unknown'}; export it again with opset ${OLDEST} or newer`,
    );
  }
  const { graph } = model;
  const makers = makersOf(graph);
  for (const node of graph.node) {
    if (/^(Log)?Softmax$|^Hardmax$/.test(node.opType)) checkSoftmax(node, makers);
  }
  const parts = graph.node.map(raised);
  return {
    ...model,
    opsetImport: model.opsetImport.map((set) =>
      isCore(set) ? { ...set, version: BigInt(TARGET) } : set,
    ),
    graph: {
      ...graph,
      node: parts.map(({ node }) => node),
      initializer: [...graph.initializer, ...parts.flatMap(({ constants }) => constants)],
    },
  };
}
