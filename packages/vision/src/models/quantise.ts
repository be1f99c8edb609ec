import {
  constantsOf,
  dimsOf,
  elementType,
  floatsOf,
  integerAttribute,
  makersOf,
  NotConvertible,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  tensorOf,
} from './onnx-model.ts';
import { type Range, stepsOf } from './ranges.ts';

/** Operators for which ONNX Runtime has an 8-bit form. */
const HAS_8_BIT_FORM = new Set([
  'Conv',
  'Sigmoid',
  'Mul',
  'Add',
  'Concat',
  'MaxPool',
  'Resize',
  'Split',
]);
/** Those whose every input is a picture's values; the others read such values first, then constants. */
const READS_ONLY_VALUES = new Set(['Mul', 'Add', 'Concat']);
/** Those that only choose among the values of their input, and keep its range. */
const KEEPS_RANGE = new Set(['MaxPool', 'Resize', 'Split']);

/** Below this SiLU is flat, so steps there would be wasted. */
const SILU_FLOOR = -8;

/** What is to be turned into 8 bits. */
export interface Plan {
  readonly nodes: ReadonlySet<OnnxNode>;
  /** tensors whose range must be measured at pictures */
  readonly measured: readonly string[];
}

/** Weights of one output channel only: the sum that turns a distribution into a distance, still part of the head. */
const isSum = (conv: OnnxNode, constants: ReadonlyMap<string, OnnxTensor>): boolean =>
  Number(constants.get(conv.input[1] ?? '')?.dims[0]) === 1;

/**
 * The head from its last convolutions on: box arithmetic and class scores, in which a step of 1/256 would be seen.
 * Found from the output backwards.
 */
function headOf(graph: OnnxGraph, constants: ReadonlyMap<string, OnnxTensor>): Set<OnnxNode> {
  const makers = makersOf(graph);
  const head = new Set<OnnxNode>();
  const waiting = graph.output.map(({ name }) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = makers.get(name);
    if (!node || head.has(node)) continue;
    head.add(node);
    if (node.opType !== 'Conv' || isSum(node, constants)) waiting.push(...node.input);
  }
  return head;
}

/**
 * The first convolution and what acts on its values: few channels with the widest range, where coarse steps cost small
 * people; see docs/models.md.
 */
function stemOf(graph: OnnxGraph): Set<OnnxNode> {
  /** convolutions on the longest way from the picture, by tensor name */
  const depths = new Map<string, number>();
  const stem = new Set<OnnxNode>();
  for (const node of graph.node) {
    const before = Math.max(0, ...node.input.map((name) => depths.get(name) ?? 0));
    const depth = before + (node.opType === 'Conv' ? 1 : 0);
    for (const name of node.output) depths.set(name, depth);
    if (depth <= 1) stem.add(node);
  }
  return stem;
}

const valuesReadBy = (node: OnnxNode): readonly string[] =>
  READS_ONLY_VALUES.has(node.opType) ? node.input : node.input.slice(0, 1);

/**
 * Chooses what becomes 8-bit: all that ONNX Runtime has a form for, but the first convolution and the head.
 * @throws NotConvertible when the model is 8-bit already or has no convolutions before its head.
 */
export function planOf({ graph }: OnnxModel): Plan {
  if (graph.node.some(({ opType }) => opType === 'QuantizeLinear')) {
    throw new NotConvertible('the model is 8-bit already; give the float model it was made from');
  }
  const constants = constantsOf(graph);
  const kept = new Set([...headOf(graph, constants), ...stemOf(graph)]);
  const chosen = graph.node.filter(
    (node) =>
      HAS_8_BIT_FORM.has(node.opType) &&
      !kept.has(node) &&
      valuesReadBy(node).every((name) => !constants.has(name)),
  );
  if (!chosen.some(({ opType }) => opType === 'Conv')) {
    throw new NotConvertible(
      'the model has no convolutions before its head; use a detection export of YOLOv8 or YOLO11',
    );
  }
  const makers = makersOf(graph);
  const sources = new Set(chosen.flatMap(valuesReadBy).map((name) => sourceOf(name, makers)));
  const isMeasured = (name: string): boolean => makers.get(name)?.opType !== 'Sigmoid';
  return { nodes: new Set(chosen), measured: [...sources].filter(isMeasured) };
}

/** The tensor whose range this one has. */
function sourceOf(name: string, makers: ReadonlyMap<string, OnnxNode>): string {
  const maker = makers.get(name);
  const [from] = maker?.input ?? [];
  return maker && from !== undefined && KEEPS_RANGE.has(maker.opType)
    ? sourceOf(from, makers)
    : name;
}

/** Where the values of the measured tensors lie, by tensor name. */
export type Ranges = ReadonlyMap<string, Range>;

/** Tells the range of each tensor that is read in 8 bits. */
function createRanges({ graph }: OnnxModel, { nodes }: Plan, ranges: Ranges) {
  const makers = makersOf(graph);
  const sigmoids = [...nodes].filter(({ opType }) => opType === 'Sigmoid');
  const activated = new Set(sigmoids.flatMap(({ input }) => input));
  return (name: string): Range => {
    const source = sourceOf(name, makers);
    if (makers.get(source)?.opType === 'Sigmoid') return { low: 0, high: 1 };
    const range = ranges.get(source);
    if (!range) throw new NotConvertible(`the tensor ${source} was not measured`);
    return activated.has(name) ? { ...range, low: Math.max(range.low, SILU_FLOOR) } : range;
  };
}

/** Nodes and constants that are added to a graph. */
interface Added {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
}

const readBack = (name: string): string => `${name}_read`;

/** To 8 bits and back: the pair that ONNX Runtime melts into the operators beside it. */
function pairFor(name: string, range: Range): Added {
  const { scale, zeroPoint } = stepsOf(range);
  const [steps, by, zero] = [`${name}_8bit`, `${name}_scale`, `${name}_zero`];
  return {
    nodes: [
      { opType: 'QuantizeLinear', input: [name, by, zero], output: [steps], attribute: [] },
      {
        opType: 'DequantizeLinear',
        input: [steps, by, zero],
        output: [readBack(name)],
        attribute: [],
      },
    ],
    constants: [
      tensorOf(by, [], Float32Array.of(scale)),
      tensorOf(zero, [], Uint8Array.of(zeroPoint)),
    ],
  };
}

/** Largest magnitude of each output channel. */
function peaksOf(weights: Float32Array, channels: number): number[] {
  const length = weights.length / channels;
  return Array.from({ length: channels }, (_, channel) =>
    weights
      .subarray(channel * length, (channel + 1) * length)
      .reduce((peak, weight) => Math.max(peak, Math.abs(weight)), 0),
  );
}

/** A bias in 32 bits has room for this many steps. */
const MOST_BIAS_STEPS = 2 ** 30;

/** One step of the weights of each output channel; `inputScale` is one step of what the weights are multiplied with. */
function weightScales(
  weights: Float32Array,
  bias: Float32Array | undefined,
  { channels, inputScale }: { channels: number; inputScale: number },
): Float32Array {
  return Float32Array.from(peaksOf(weights, channels), (peak, channel) => {
    const forBias = Math.abs(bias?.[channel] ?? 0) / (MOST_BIAS_STEPS * inputScale);
    return Math.max(peak / 127, forBias, 1e-12);
  });
}

const bytesOf = ({ dataType }: OnnxTensor): number => (dataType === elementType.int8 ? 1 : 4);

/** A constant in steps, and the node that reads it; `scales`: one step of each channel, whose zero is step 0. */
function readConstant(name: string, steps: OnnxTensor, scales: Float32Array): Added {
  const scale = tensorOf(`${steps.name}_scale`, [scales.length], scales);
  const zero = { ...steps, name: `${steps.name}_zero`, dims: scale.dims };
  const zeros = { ...zero, rawData: new Uint8Array(scales.length * bytesOf(steps)) };
  const input = [steps.name, scale.name, zeros.name];
  const attribute = [integerAttribute('axis', 0)];
  return {
    nodes: [{ opType: 'DequantizeLinear', input, output: [name], attribute }],
    constants: [steps, scale, zeros],
  };
}

const stepsBy = (values: Float32Array, scales: Float32Array): Float32Array => {
  const length = values.length / scales.length;
  return values.map((value, i) => Math.round(value / (scales[Math.floor(i / length)] as number)));
};

/** Weights in 8 bits with a scale for each output channel, the bias in 32 bits. `inputScale`: one step of the conv's input. */
function constantsFor(
  conv: OnnxNode,
  constants: ReadonlyMap<string, OnnxTensor>,
  inputScale: number,
): { node: OnnxNode; added: Added } {
  const [from = '', weightName = '', biasName = ''] = conv.input;
  const weight = constants.get(weightName);
  if (!weight) throw new NotConvertible(`the weights ${weightName} are no constant`);
  const own = conv.output[0] ?? '';
  const weights = floatsOf(weight);
  const biasTensor = constants.get(biasName);
  const bias = biasTensor && floatsOf(biasTensor);
  const channels = dimsOf(weight)[0] ?? 1;
  const scales = weightScales(weights, bias, { channels, inputScale });
  const steps = Int8Array.from(stepsBy(weights, scales));
  const parts = [
    readConstant(`${own}_weight`, tensorOf(`${own}_weight_8bit`, dimsOf(weight), steps), scales),
  ];
  if (bias) {
    const biasScales = scales.map((scale) => scale * inputScale);
    const biasSteps = Int32Array.from(stepsBy(bias, biasScales));
    const tensor = tensorOf(`${own}_bias_32bit`, [channels], biasSteps);
    parts.push(readConstant(`${own}_bias`, tensor, biasScales));
  }
  const input = [from, ...parts.flatMap(({ nodes }) => nodes.flatMap(({ output }) => output))];
  return { node: { ...conv, input }, added: together(parts) };
}

const together = (parts: readonly Added[]): Added => ({
  nodes: parts.flatMap(({ nodes }) => nodes),
  constants: parts.flatMap(({ constants }) => constants),
});

const readingBack = (node: OnnxNode): OnnxNode => {
  const values = new Set(valuesReadBy(node));
  return { ...node, input: node.input.map((name) => (values.has(name) ? readBack(name) : name)) };
};

/** Constants that a node still reads, or that leave the model. */
function stillRead(nodes: readonly OnnxNode[], { initializer, output }: OnnxGraph): OnnxTensor[] {
  const read = new Set([...nodes.flatMap(({ input }) => input), ...output.map(({ name }) => name)]);
  return initializer.filter(({ name }) => read.has(name));
}

/**
 * The model with the nodes of the plan in 8 bits: values 0..255 with a zero point, weights −127..127 with a scale for
 * each output channel.
 * @throws NotConvertible when a weight is no 32-bit float constant.
 */
export function quantise(model: OnnxModel, plan: Plan, ranges: Ranges): OnnxModel {
  const { graph } = model;
  const constants = constantsOf(graph);
  const rangeFor = createRanges(model, plan, ranges);
  const paired = new Set<string>();
  const nodes: OnnxNode[] = [];
  const added: OnnxTensor[] = [];
  const add = (part: Added): void => {
    nodes.push(...part.nodes);
    added.push(...part.constants);
  };
  for (const node of graph.node) {
    if (!plan.nodes.has(node)) {
      nodes.push(node);
      continue;
    }
    for (const name of new Set(valuesReadBy(node))) {
      if (!paired.has(name)) add(pairFor(name, rangeFor(name)));
      paired.add(name);
    }
    const reading = readingBack(node);
    if (node.opType !== 'Conv') {
      nodes.push(reading);
      continue;
    }
    const { scale } = stepsOf(rangeFor(node.input[0] ?? ''));
    const conv = constantsFor(reading, constants, scale);
    add(conv.added);
    nodes.push(conv.node);
  }
  const initializer = [...stillRead(nodes, graph), ...added];
  return { ...model, graph: { ...graph, node: nodes, initializer, valueInfo: [] } };
}
