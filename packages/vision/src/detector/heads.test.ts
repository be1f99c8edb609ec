import { describe, expect, it } from 'vitest';
import { declaredHead, findsIn, headOf, tellsApart } from './heads.ts';

const humans = (conf: number) => ({ kind: 'humans', conf }) as const;
const vehicles = (conf: number) => ({ kind: 'vehicles', conf }) as const;

const square = { width: 640, height: 640 };

describe('a model is recognised by its output', () => {
  it.each([
    { name: 'YOLOv8, 80 classes', shape: [1, 84, 8400], input: square, head: 'yolov8' },
    { name: 'YOLOv8, persons only', shape: [1, 5, 8400], input: square, head: 'yolov8' },
    {
      name: 'YOLO11 at 384x640',
      shape: [1, 84, 5040],
      input: { width: 640, height: 384 },
      head: 'yolov8',
    },
    { name: 'end-to-end', shape: [1, 300, 6], input: square, head: 'end-to-end' },
    { name: 'YOLOX nano', shape: [1, 3549, 85], input: { width: 416, height: 416 }, head: 'yolox' },
    { name: 'a classifier', shape: [1, 1000], input: square, head: undefined },
    { name: 'two pictures at once', shape: [2, 84, 8400], input: square, head: undefined },
    { name: 'a mask', shape: [1, 32, 160, 160], input: square, head: undefined },
  ])('$name', ({ shape, input, head }) => {
    expect(headOf(shape, input)).toBe(head);
  });
});

describe('a file tells its family before it runs', () => {
  it.each([
    { name: 'YOLOv8 of one size', dims: [1, 84, 8400], input: square, head: 'yolov8' },
    { name: 'YOLOv8 of any size', dims: [null, 84, null], input: null, head: 'yolov8' },
    { name: 'end-to-end', dims: [1, 300, 6], input: square, head: 'end-to-end' },
    { name: 'end-to-end, any number', dims: [1, null, 6], input: square, head: 'end-to-end' },
    { name: 'YOLOX', dims: [1, 3549, 85], input: { width: 416, height: 416 }, head: 'yolox' },
    { name: 'YOLOX of any size', dims: [null, null, 85], input: null, head: 'yolox' },
    { name: 'a classifier', dims: [1, 1000], input: square, head: undefined },
    { name: 'a mask', dims: [1, 32, 160, 160], input: square, head: undefined },
    { name: 'pictures by twos', dims: [2, 84, null], input: null, head: undefined },
    { name: 'nothing at all', dims: [1, null, null], input: null, head: undefined },
  ])('$name', ({ dims, input, head }) => {
    expect(declaredHead(dims, input)).toBe(head);
  });
});

describe('reading an output', () => {
  it('takes persons only from a YOLOv8 output', () => {
    // [1, 4 + 2 classes, 3 cells]: a person, a car, a weak person.
    const data = Float32Array.from([
      50, 200, 300, 40, 200, 300, 20, 30, 40, 60, 30, 40, 0.9, 0.1, 0.2, 0.05, 0.95, 0.1,
    ]);
    const found = findsIn('yolov8', { data, shape: [1, 6, 3] }, square, humans(0.5));
    expect(found).toEqual([
      { x1: 40, y1: 10, x2: 60, y2: 70, score: expect.closeTo(0.9, 5) as number },
    ]);
  });

  it('takes corners and class from an end-to-end output', () => {
    const data = Float32Array.from([1, 2, 3, 4, 0.75, 0, 5, 6, 7, 8, 0.75, 2, 0, 0, 0, 0, 0, 0]);
    const found = findsIn('end-to-end', { data, shape: [1, 3, 6] }, square, humans(0.25));
    expect(found).toEqual([{ x1: 1, y1: 2, x2: 3, y2: 4, score: 0.75 }]);
  });

  it('decodes the grid of a YOLOX output, finest stride first', () => {
    // 32x32 input: 16 cells of stride 8, 4 of 16, 1 of 32; columns dx dy log w log h objectness person.
    const input = { width: 32, height: 32 };
    const data = new Float32Array(21 * 6);
    data.set([0.5, 0.25, 0, Math.log(2), 0.5, 0.5], 6 * 6);
    data.set([0, 0, 0, 0, 1, 1], 20 * 6);
    const found = findsIn('yolox', { data, shape: [1, 21, 6] }, input, humans(0.2));
    // Cell 6 of stride 8 is column 2 of row 1.
    expect(found[0]).toMatchObject({ x1: 16, x2: 24, score: 0.25 });
    expect(found[0]?.y1).toBeCloseTo(2, 5);
    expect(found[0]?.y2).toBeCloseTo(18, 5);
    expect(found[1]).toMatchObject({ x1: -16, x2: 16, y1: -16, y2: 16, score: 1 });
    expect(found).toHaveLength(2);
  });

  it('takes the best of the vehicle classes, and no person', () => {
    // [1, 4 + 8 classes, 2 cells]: a person, then something between a car and a truck.
    const data = new Float32Array(12 * 2);
    data.set([50, 50, 40, 40, 20, 20, 10, 10]);
    data.set([0.9, 0], 4 * 2);
    data.set([0.05, 0.3], 6 * 2);
    data.set([0, 0.6], 11 * 2);
    const found = findsIn('yolov8', { data, shape: [1, 12, 2] }, square, vehicles(0.1));
    expect(found.map(({ score }) => score)).toEqual([expect.closeTo(0.6, 5)]);
  });
});

describe('vehicles are looked for only where the classes are known', () => {
  it.each([
    { name: 'YOLOv8 with the classes of COCO', head: 'yolov8', shape: [1, 84, 8400], can: true },
    { name: 'YOLOX with the classes of COCO', head: 'yolox', shape: [1, 3549, 85], can: true },
    { name: 'a model of persons', head: 'yolov8', shape: [1, 5, 8400], can: false },
    { name: 'a model with other classes', head: 'yolov8', shape: [1, 14, 8400], can: false },
    { name: 'an end-to-end model', head: 'end-to-end', shape: [1, 300, 6], can: false },
  ] as const)('$name', ({ head, shape, can }) => {
    expect(tellsApart('vehicles', head, shape)).toBe(can);
    expect(tellsApart('humans', head, shape)).toBe(true);
  });
});
