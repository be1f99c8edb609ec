import { describe, expect, it } from 'vitest';
import {
  constantsOf,
  dimsOf,
  elementType,
  type OnnxModel,
  type OnnxNode,
  tensorOf,
} from './onnx-model.ts';
import { planOf, quantise } from './quantise.ts';

const node = (opType: string, input: string[], output: string): OnnxNode => ({
  opType,
  input,
  output: [output],
  attribute: [],
});
const silu = (from: string, to: string): OnnxNode[] => [
  node('Sigmoid', [from], `${to}_s`),
  node('Mul', [from, `${to}_s`], to),
];

/** Three convolutions with SiLU between them, then a head that only adds a constant. */
const MODEL: OnnxModel = {
  opsetImport: [{ version: 13n }],
  metadataProps: [],
  graph: {
    node: [
      node('Conv', ['images', 'w1', 'b'], 'a'),
      ...silu('a', 'b1'),
      node('Conv', ['b1', 'w2', 'b'], 'c'),
      ...silu('c', 'd'),
      node('MaxPool', ['d'], 'e'),
      node('Conv', ['e', 'w3', 'b'], 'f'),
      node('Add', ['f', 'one'], 'output'),
    ],
    initializer: [
      tensorOf('w1', [2, 1, 1, 1], Float32Array.of(1, 2)),
      tensorOf('w2', [2, 2, 1, 1], Float32Array.of(1.27, -0.5, 0, 12.7)),
      tensorOf('w3', [2, 2, 1, 1], Float32Array.of(1, 2, 3, 4)),
      tensorOf('b', [2], Float32Array.of(0.5, -1)),
      tensorOf('one', [1], Float32Array.of(1)),
    ],
    input: [{ name: 'images' }],
    output: [{ name: 'output' }],
    valueInfo: [],
  },
};
const ranges = new Map([
  ['b1', { low: 0, high: 2.55 }],
  ['c', { low: -40, high: 17.5 }],
]);

describe('what becomes 8-bit', () => {
  it('lies between the first convolution with its activation and the last convolutions', () => {
    const { nodes, measured } = planOf(MODEL);
    expect([...nodes].flatMap(({ output }) => output)).toEqual(['c', 'd_s', 'd', 'e']);
    expect(measured).toEqual(['b1', 'c', 'd']);
  });

  it('is nothing of a model that is 8-bit already, or has no layers in between', () => {
    const small = quantise(MODEL, planOf(MODEL), new Map([...ranges, ['d', { low: 0, high: 1 }]]));
    expect(() => planOf(small)).toThrow('8-bit already');
    const flat = {
      ...MODEL,
      graph: { ...MODEL.graph, node: [node('Conv', ['images', 'w1'], 'output')] },
    };
    expect(() => planOf(flat)).toThrow('no convolutions before its head');
  });
});

describe('an 8-bit form', () => {
  const small = quantise(MODEL, planOf(MODEL), new Map([...ranges, ['d', { low: -0.3, high: 5 }]]));
  const constants = constantsOf(small.graph);
  const bytesOf = (name: string): Uint8Array => constants.get(name)?.rawData ?? new Uint8Array(0);
  const floats = (name: string): number[] => [...new Float32Array(bytesOf(name).slice().buffer)];

  it('has weights in steps of their own for each output channel', () => {
    expect([...new Int8Array(bytesOf('c_weight_8bit'))]).toEqual([127, -50, 0, 127]);
    const [first = 0, second = 0] = floats('c_weight_8bit_scale');
    expect(first).toBeCloseTo(0.01, 6);
    expect(second).toBeCloseTo(0.1, 6);
    const steps = constants.get('c_weight_8bit');
    expect(steps && dimsOf(steps)).toEqual([2, 2, 1, 1]);
    expect(steps?.dataType).toBe(elementType.int8);
  });

  it('has a bias in steps of input times weight', () => {
    const steps = new Int32Array(bytesOf('c_bias_32bit').slice().buffer);
    expect([...steps]).toEqual([5000, -1000]);
  });

  it('does not waste steps where SiLU is flat', () => {
    const [scale = 0] = floats('c_scale');
    expect(scale).toBeCloseTo((17.5 + 8) / 255, 6);
    expect([...bytesOf('c_zero')]).toEqual([Math.round(8 / scale)]);
  });

  it('goes to 8 bits once for each tensor, before whoever reads it first', () => {
    const order = small.graph.node.map(({ output }) => output[0] ?? '');
    for (const name of ['b1', 'c', 'd']) {
      expect(order.filter((output) => output === `${name}_8bit`)).toHaveLength(1);
      expect(order.indexOf(`${name}_8bit`)).toBeGreaterThan(order.indexOf(name));
    }
    const made = new Set(['images', '', ...constants.keys()]);
    for (const { input, output } of small.graph.node) {
      expect(input.filter((name) => !made.has(name))).toEqual([]);
      for (const name of output) made.add(name);
    }
  });

  it('drops the weights that nobody reads any more', () => {
    expect([...constants.keys()]).not.toContain('w2');
    expect([...constants.keys()]).toEqual(expect.arrayContaining(['w1', 'w3', 'b', 'one']));
  });
});
