import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onnxHeaderOf } from './onnx-header.ts';

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const bytes = (number: number, ...content: number[]): number[] => [
  ...varint(number * 8 + 2),
  ...varint(content.length),
  ...content,
];
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const text = (field: number, value: string): number[] =>
  bytes(field, ...new TextEncoder().encode(value));

function tensor(name: string, dims: readonly (number | string)[]): number[] {
  const shape = dims.flatMap((dim) =>
    bytes(1, ...(typeof dim === 'number' ? number(1, dim) : text(2, dim))),
  );
  return [...text(1, name), ...bytes(2, ...bytes(1, ...number(1, 1), ...bytes(2, ...shape)))];
}

function modelOf(...graph: number[]): Uint8Array {
  return Uint8Array.from([...number(1, 8), ...text(2, 'test'), ...bytes(7, ...graph)]);
}

describe('the header of a model file', () => {
  it('tells the sizes at both ends', () => {
    const graph = [
      ...bytes(1, ...text(1, 'x'), ...text(4, 'Conv')),
      ...bytes(11, ...tensor('images', [1, 3, 384, 640])),
      ...bytes(12, ...tensor('output0', [1, 84, 5040])),
    ];
    expect(onnxHeaderOf(modelOf(...graph))).toEqual({
      inputs: [{ name: 'images', dims: [1, 3, 384, 640] }],
      outputs: [{ name: 'output0', dims: [1, 84, 5040] }],
      quantised: false,
      isWhole: true,
    });
  });

  it('knows named sizes as any size, and 8-bit weights by their nodes', () => {
    const graph = [
      ...bytes(1, ...text(4, 'DequantizeLinear')),
      ...bytes(11, ...tensor('images', ['batch', 3, 'height', 'width'])),
    ];
    const header = onnxHeaderOf(modelOf(...graph));
    expect(header.inputs[0]?.dims).toEqual([null, 3, null, null]);
    expect(header.quantised).toBe(true);
  });

  it('leaves out weights that old files list among the inputs', () => {
    const graph = [
      ...bytes(5, ...text(8, 'weight')),
      ...bytes(11, ...tensor('weight', [8, 3, 3, 3])),
      ...bytes(11, ...tensor('images', [1, 3, 640, 640])),
    ];
    expect(onnxHeaderOf(modelOf(...graph)).inputs.map(({ name }) => name)).toEqual(['images']);
  });

  const outside = [...bytes(13, ...text(1, 'location'), ...text(2, '../secret.key'))];
  it.each([
    { name: 'a weight', graph: bytes(5, ...text(8, 'w'), ...outside) },
    { name: 'a weight that only says so', graph: bytes(5, ...text(8, 'w'), ...number(14, 1)) },
    {
      name: 'a constant',
      graph: bytes(1, ...text(4, 'Constant'), ...bytes(5, ...bytes(5, ...outside))),
    },
    {
      name: 'a constant of a branch',
      graph: bytes(1, ...text(4, 'If'), ...bytes(5, ...bytes(6, ...bytes(5, ...outside)))),
    },
  ])('notices $name that lies in another file', ({ graph }) => {
    expect(onnxHeaderOf(modelOf(...graph)).isWhole).toBe(false);
    expect(onnxHeaderOf(modelOf(...bytes(5, ...text(8, 'w')))).isWhole).toBe(true);
  });

  it('does not read for ever what was made to be endless or bottomless', () => {
    const endless = new Uint8Array(8_000_000).fill(8);
    const graph = [...varint(7 * 8 + 2), ...varint(endless.length)];
    expect(() => onnxHeaderOf(new Uint8Array([...graph, ...endless]))).toThrow(RangeError);
    let deep: number[] = text(4, 'If');
    for (let i = 0; i < 12; i++) deep = bytes(1, ...bytes(5, ...bytes(6, ...deep)));
    expect(() => onnxHeaderOf(modelOf(...deep))).toThrow(RangeError);
  });

  it('refuses what is no model with a RangeError, whatever the bytes', () => {
    expect(() => onnxHeaderOf(new TextEncoder().encode('<html>not found</html>'))).toThrow(
      RangeError,
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        try {
          onnxHeaderOf(noise);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
