import {
  elementType,
  integerAttribute,
  integersTensor,
  type OnnxModel,
  type OnnxNode,
  type OnnxValue,
  tensorOf,
  withShape,
} from '../models/onnx-model.ts';

const INTEGERS_ATTRIBUTE = 7;

function node(opType: string, input: string[], output: string): OnnxNode {
  return { opType, name: output, input, output: [output], attribute: [] };
}

const withAttributes = (
  made: OnnxNode,
  ...attribute: OnnxNode['attribute'][number][]
): OnnxNode => ({
  ...made,
  attribute,
});

const along = (name: string, ...values: number[]) => ({
  name,
  type: INTEGERS_ATTRIBUTE,
  ints: values.map(BigInt),
});

/** Corners from centre and size: `[cx, cy, w, h]` times this is `[x1, y1, x2, y2]`. */
const CORNERS = Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1, -0.5, 0, 0.5, 0, 0, -0.5, 0, 0.5);

/**
 * The same weights as a model that suppresses overlaps itself, as exporters write it when asked to: output `[1, n, 6]`, columns
 * x1 y1 x2 y2 score class, n as many as are left. `model`: YOLOv8 with a fixed input, opset 13 to 17.
 */
export function endToEndOf(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const [output] = graph.output;
  if (!output) throw new Error('the model has no output');
  const [nodes, constants] = [suppression(output.name), suppressionConstants()];
  const open: OnnxValue = withShape({ ...output, name: 'finds' }, [1, 0, 6]);
  return {
    ...model,
    graph: {
      ...graph,
      node: [...graph.node, ...nodes],
      initializer: [...graph.initializer, ...constants],
      output: [open],
      valueInfo: [],
    },
  };
}

function suppression(raw: string): OnnxNode[] {
  const picked = (values: string, output: string): OnnxNode =>
    withAttributes(node('Gather', [values, 'kept'], output), integerAttribute('axis', 1));
  return [
    withAttributes(node('Transpose', [raw], 'rows'), along('perm', 0, 2, 1)),
    node('Slice', ['rows', 'from0', 'to4', 'lastAxis'], 'boxes'),
    node('Slice', ['rows', 'to4', 'toEnd', 'lastAxis'], 'scores'),
    withAttributes(node('ReduceMax', ['scores'], 'best'), along('axes', 2)),
    withAttributes(node('ArgMax', ['scores'], 'kindNumber'), integerAttribute('axis', 2)),
    withAttributes(node('Cast', ['kindNumber'], 'kind'), integerAttribute('to', elementType.float)),
    withAttributes(node('Transpose', ['best'], 'bestAcross'), along('perm', 0, 2, 1)),
    withAttributes(
      node('NonMaxSuppression', ['boxes', 'bestAcross', 'most', 'overlap', 'least'], 'selected'),
      integerAttribute('center_point_box', 1),
    ),
    node('Slice', ['selected', 'from2', 'to3', 'secondAxis'], 'keptColumn'),
    node('Reshape', ['keptColumn', 'flat'], 'kept'),
    node('MatMul', ['boxes', 'corners'], 'cornersOfAll'),
    picked('cornersOfAll', 'keptCorners'),
    picked('best', 'keptScores'),
    picked('kind', 'keptKinds'),
    withAttributes(
      node('Concat', ['keptCorners', 'keptScores', 'keptKinds'], 'finds'),
      integerAttribute('axis', 2),
    ),
  ];
}

const suppressionConstants = () => [
  ...Object.entries({ from0: 0, from2: 2, to3: 3, to4: 4, toEnd: 2 ** 31 }).map(([name, at]) =>
    integersTensor(name, [at]),
  ),
  ...Object.entries({ lastAxis: 2, secondAxis: 1, flat: -1, most: 300 }).map(([name, value]) =>
    integersTensor(name, [value]),
  ),
  tensorOf('overlap', [1], Float32Array.of(0.6)),
  tensorOf('least', [1], Float32Array.of(0.1)),
  tensorOf('corners', [4, 4], CORNERS),
];
