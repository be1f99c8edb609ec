import { describe, expect, it } from 'vitest';
import {
  chooseForVehicles,
  chooseModel,
  type ModelFile,
  paced,
  samplesOf,
} from './choose-model.ts';

const model = (name: string, bytes: number, width: number, height: number): ModelFile => ({
  path: `/models/${name}`,
  name,
  bytes,
  input: { width, height },
  quantised: name.includes('int8'),
});

const all = [
  model('yolov8n-384x640', 12_772_868, 640, 384),
  model('yolov8n-int8-384x640', 3_626_103, 640, 384),
  model('yolov8n-int8-736x1280', 3_968_827, 1280, 736),
  model('yolov8n-int8', 3_706_743, 640, 640),
  model('yolov8n', 12_853_508, 640, 640),
  model('yolov8s-int8-384x640', 11_741_053, 640, 384),
  model('yolov8s-int8', 11_821_693, 640, 640),
  model('yolox_nano', 3_660_092, 416, 416),
];
const wide = { width: 1920, height: 1080 };
const upright = { width: 810, height: 1080 };

describe('the choice of weights', () => {
  it.each([
    {
      name: 'standard, 16:9 camera',
      profile: 'standard',
      picture: wide,
      is: 'yolov8s-int8-384x640',
    },
    {
      name: 'standard, upright picture',
      profile: 'standard',
      picture: upright,
      is: 'yolov8s-int8',
    },
    { name: 'quick, 16:9 camera', profile: 'quick', picture: wide, is: 'yolov8n-int8-384x640' },
    { name: 'quick, upright picture', profile: 'quick', picture: upright, is: 'yolov8n-int8' },
    { name: 'crowded, 16:9 camera', profile: 'crowded', picture: wide, is: 'yolov8s-int8-384x640' },
  ] as const)('$name', ({ profile, picture, is }) => {
    expect(chooseModel(all, profile, picture)?.name).toBe(is);
  });

  it('does not depend on the order in which the files were found', () => {
    for (const profile of ['quick', 'standard', 'crowded'] as const) {
      expect(chooseModel([...all].reverse(), profile, wide)).toEqual(
        chooseModel(all, profile, wide),
      );
    }
  });

  it('takes a stronger model for crowded rooms once it is brought', () => {
    const medium = model('yolov8m', 104_000_000, 640, 640);
    expect(chooseModel([...all, medium], 'crowded', wide)).toBe(medium);
    expect(chooseModel([...all, medium], 'standard', wide)?.name).toBe('yolov8s-int8-384x640');
  });

  it('for vehicles takes the most detail of those that know vehicles, and others only alone', () => {
    const blind = { ...model('end-to-end', 12_000_000, 1920, 1080), knowsVehicles: false };
    expect(chooseForVehicles([blind, ...all], wide)?.name).toBe('yolov8n-int8-736x1280');
    expect(chooseForVehicles([blind], wide)).toBe(blind);
  });

  it('takes what there is', () => {
    const nano = all.filter(({ name }) => name === 'yolox_nano');
    expect(chooseModel(nano, 'standard', wide)?.name).toBe('yolox_nano');
    expect(chooseModel([], 'standard', wide)).toBeUndefined();
  });

  it('counts a model of any input size as 640x640', () => {
    const free = { ...model('free', 12_000_000, 0, 0), input: null };
    expect(chooseModel([free], 'standard', upright)).toBe(free);
  });

  it('takes float weights where 8-bit ones are slow, and weaker ones where all are', () => {
    const [float, eightBit] = samplesOf(all);
    const measured = (floatMs: number, eightBitMs: number) =>
      paced(all, [
        { model: float as ModelFile, ms: floatMs },
        { model: eightBit as ModelFile, ms: eightBitMs },
      ]);
    const chosen = (models: readonly ModelFile[]) =>
      (['quick', 'standard', 'crowded'] as const).map((p) => chooseModel(models, p, wide)?.name);
    expect([float?.name, eightBit?.name]).toEqual(['yolov8n-384x640', 'yolov8s-int8-384x640']);
    const usual = ['yolov8n-int8-384x640', 'yolov8s-int8-384x640', 'yolov8s-int8-384x640'];
    expect(chosen(measured(54, 57))).toEqual(usual);
    expect(chosen(measured(54, 230))).toEqual([
      'yolov8n-384x640',
      'yolov8n-384x640',
      'yolov8s-int8-384x640',
    ]);
    expect(chosen(measured(200, 200))[1]).toBe('yolov8n-int8-384x640');
  });
});
