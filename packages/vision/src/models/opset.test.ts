import { describe, expect, it } from 'vitest';
import {
  constantsOf,
  integerAttribute,
  integersOf,
  type OnnxModel,
  type OnnxNode,
} from './onnx-model.ts';
import { raiseOpset } from './opset.ts';

const list = (name: string, ...values: number[]) => ({ name, type: 7, ints: values.map(BigInt) });
const node = (opType: string, input: string[], ...attribute: OnnxNode['attribute']): OnnxNode => ({
  opType,
  input,
  output: [`${opType}_out`],
  attribute,
});
const modelOf = (version: number, ...nodes: OnnxNode[]): OnnxModel => ({
  opsetImport: [{ domain: '', version: BigInt(version) }],
  graph: { node: nodes, initializer: [], input: [], output: [], valueInfo: [] },
  metadataProps: [],
});

describe('a model of opset 11', () => {
  it.each([
    { opType: 'Split', name: 'split', values: [16, 16] },
    { opType: 'Squeeze', name: 'axes', values: [2] },
    { opType: 'Unsqueeze', name: 'axes', values: [0, 3] },
    { opType: 'ReduceSum', name: 'axes', values: [1] },
  ])('gives $opType its $name as an input', ({ opType, name, values }) => {
    const kept = integerAttribute('keepdims', 1);
    const { graph, opsetImport } = raiseOpset(
      modelOf(11, node(opType, ['x'], list(name, ...values), kept)),
    );
    expect(opsetImport[0]?.version).toBe(13n);
    const [raised] = graph.node;
    expect(raised?.attribute).toEqual([kept]);
    const [from, constant = ''] = raised?.input ?? [];
    expect(from).toBe('x');
    const tensor = constantsOf(graph).get(constant);
    expect(tensor && integersOf(tensor)).toEqual(values);
  });

  it('leaves a Split into equal parts as it is', () => {
    const split = node('Split', ['x'], integerAttribute('axis', 1));
    expect(raiseOpset(modelOf(12, split)).graph.node).toEqual([split]);
  });

  it('keeps a Softmax over the last axis, and refuses one whose meaning changed', () => {
    const turned = node('Transpose', ['x'], list('perm', 0, 3, 1, 2));
    const softmax = (axis: number) =>
      modelOf(11, turned, node('Softmax', ['Transpose_out'], integerAttribute('axis', axis)));
    expect(raiseOpset(softmax(3)).graph.node).toHaveLength(2);
    expect(raiseOpset(softmax(-1)).graph.node).toHaveLength(2);
    expect(() => raiseOpset(softmax(1))).toThrow(/Softmax Softmax_out .* opset 13 or newer/);
  });
});

describe('other opsets', () => {
  it('newer than 13 stay as they are', () => {
    const model = modelOf(17, node('Softmax', ['x'], integerAttribute('axis', 1)));
    expect(raiseOpset(model)).toBe(model);
  });

  it('older than 11 are refused with the remedy', () => {
    expect(() => raiseOpset(modelOf(9))).toThrow('opset 9; export it again with opset 11 or newer');
  });
});
