import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averagePrecision,
  foundShare,
  type Marked,
  meanAveragePrecision,
} from './average-precision.ts';
import { togetherScore } from './clip-score.ts';
import { readClipTruth } from './clip-truth.ts';
import { readCoco } from './coco.ts';
import { countErrorOf } from './count-error.ts';

const mark = (x: number, isCrowd = false): Marked => ({
  x1: x,
  y1: 0,
  x2: x + 10,
  y2: 10,
  isCrowd,
});
const find = (x: number, score: number) => ({ x1: x, y1: 0, x2: x + 10, y2: 10, score });

describe('average precision', () => {
  it.each([
    {
      name: 'everybody found, nobody else',
      found: [find(0, 0.9), find(50, 0.8)],
      marked: [mark(0), mark(50)],
      ap: 1,
    },
    { name: 'nothing found', found: [], marked: [mark(0)], ap: 0 },
    { name: 'one of two found', found: [find(0, 0.9)], marked: [mark(0), mark(50)], ap: 51 / 101 },
    {
      name: 'a wrong find behind a right one',
      found: [find(0, 0.9), find(90, 0.5)],
      marked: [mark(0)],
      ap: 1,
    },
    {
      name: 'a wrong find before a right one',
      found: [find(90, 0.9), find(0, 0.5)],
      marked: [mark(0)],
      ap: 0.5,
    },
    {
      name: 'the same person found twice',
      found: [find(0, 0.9), find(1, 0.8), find(50, 0.7)],
      marked: [mark(0), mark(50)],
      ap: (51 + 50 * (2 / 3)) / 101,
    },
    {
      name: 'a find in a crowd',
      found: [find(90, 0.95), find(0, 0.9)],
      marked: [mark(0), mark(90, true)],
      ap: 1,
    },
    {
      name: 'a crowd nobody found',
      found: [find(0, 0.9)],
      marked: [mark(0), mark(90, true)],
      ap: 1,
    },
  ])('of $name', ({ found, marked, ap }) => {
    expect(averagePrecision([{ found, marked }], 0.5)).toBeCloseTo(ap, 9);
  });

  it('is asked of all pictures together, in the order of the scores', () => {
    const pictures = [
      { found: [find(0, 0.6)], marked: [mark(0)] },
      { found: [find(0, 0.9)], marked: [mark(50)] },
    ];
    // First the wrong 0.9, then the right 0.6: precision 1/2 up to half the recall.
    expect(averagePrecision(pictures, 0.5)).toBeCloseTo((51 * 0.5) / 101, 9);
  });

  it('is not defined where nobody is marked', () => {
    expect(averagePrecision([{ found: [find(0, 0.9)], marked: [] }], 0.5)).toBeUndefined();
    expect(meanAveragePrecision([{ found: [], marked: [] }])).toBeUndefined();
  });

  it('counts a shifted find at low overlaps only', () => {
    // 2 of 10 pixels aside: overlap 8/12 = 0.667, right at 0.50, 0.55, 0.60 and 0.65.
    expect(meanAveragePrecision([{ found: [find(2, 0.9)], marked: [mark(0)] }])).toBeCloseTo(
      0.4,
      9,
    );
  });

  it('lies from 0 to 1 and does not grow with the overlap that is asked', () => {
    const box = fc.record({ x: fc.nat(60), score: fc.double({ min: 0.01, max: 1, noNaN: true }) });
    const picture = fc.record({
      found: fc.array(
        box.map(({ x, score }) => find(x, score)),
        { maxLength: 6 },
      ),
      marked: fc.array(
        fc.nat(60).map((x) => mark(x)),
        { minLength: 1, maxLength: 6 },
      ),
    });
    fc.assert(
      fc.property(fc.array(picture, { minLength: 1, maxLength: 5 }), (pictures) => {
        const mean = meanAveragePrecision(pictures) ?? -1;
        expect(mean).toBeGreaterThanOrEqual(0);
        expect(mean).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe('the share of people found', () => {
  it('is of single marks, each found once, whatever the scores', () => {
    const found = [find(0, 0.2), find(1, 0.9), find(90, 0.9)];
    const marked = [mark(0), mark(50), mark(90, true)];
    expect(foundShare([{ found, marked }])).toBe(0.5);
    expect(foundShare([{ found, marked: [] }])).toBeUndefined();
  });
});

describe('the error of the count', () => {
  it('tells missed people from invented ones, and empty pictures from emptied ones', () => {
    const pictures = [
      { persons: 4, count: 2, min: 1, max: 3 },
      { persons: 1, count: 0, min: 0, max: 1 },
      { persons: 0, count: 1, min: 1, max: 1 },
      { persons: 3, count: 3, min: 2, max: 6 },
    ];
    expect(countErrorOf(pictures)).toEqual({
      mae: 1,
      bias: -0.5,
      falseEmptyRate: 1 / 3,
      inRange: 0.5,
      rangeWidth: 1.75,
    });
  });

  it('has no rate of false empties where nobody is', () => {
    expect(countErrorOf([{ persons: 0, count: 0, min: 0, max: 0 }]).falseEmptyRate).toBeNull();
  });
});

describe('annotations', () => {
  const categories = [
    { id: 1, name: 'person' },
    { id: 3, name: 'car' },
  ];
  const images = [
    { id: 7, file_name: 'a.jpg', subset: 'rooms' },
    { id: 8, file_name: 'b.jpg', person_count: 5 },
  ];

  it('are read for persons only, with corners, crowds and counts', () => {
    const annotations = [
      { image_id: 7, category_id: 1, bbox: [10, 20, 30, 40] },
      { image_id: 7, category_id: 3, bbox: [0, 0, 5, 5] },
      { image_id: 7, category_id: 1, bbox: [0, 0, 90, 90], iscrowd: 1 },
    ];
    expect(readCoco({ images, annotations, categories })).toEqual([
      {
        fileName: 'a.jpg',
        subset: 'rooms',
        persons: 1,
        marked: [
          { x1: 10, y1: 20, x2: 40, y2: 60, isCrowd: false },
          { x1: 0, y1: 0, x2: 90, y2: 90, isCrowd: true },
        ],
      },
      { fileName: 'b.jpg', subset: undefined, persons: 5, marked: [] },
    ]);
  });

  it.each([
    { name: 'no object', json: 3, says: /no COCO annotations/ },
    { name: 'no list of pictures', json: { annotations: [], categories }, says: /images/ },
    {
      name: 'no class "person"',
      json: { images, annotations: [], categories: [{ id: 1, name: 'face' }] },
      says: /"person"/,
    },
  ])('with $name are refused', ({ json, says }) => {
    expect(() => readCoco(json)).toThrow(says);
  });
});

describe('the truth of clips', () => {
  it('is read by file name', () => {
    const count_intervals = [{ from: 0, to: 2.5, persons: 1 }];
    const videos = { 'a.mp4': { source: 'somewhere', count_intervals } };
    expect(readClipTruth({ how: 'by eye', videos })).toEqual([
      { fileName: 'a.mp4', truth: count_intervals },
    ]);
  });

  it.each([
    { name: 'no object', json: [], says: /no truth of clips/ },
    { name: 'a clip without counts', json: { videos: { 'a.mp4': {} } }, says: /count_intervals/ },
  ])('with $name is refused', ({ json, says }) => {
    expect(() => readClipTruth(json)).toThrow(says);
  });
});

describe('the score of several clips', () => {
  it('weighs each by its looks with a count', () => {
    const long = { right: 1, inRange: 1, looks: 100, unknown: 10, longestFalseZero: 0 };
    const short = { right: 0, inRange: 0.5, looks: 10, unknown: 0, longestFalseZero: 0.4 };
    expect(togetherScore([long, short])).toEqual({
      right: 0.9,
      inRange: 0.95,
      looks: 110,
      unknown: 10,
      longestFalseZero: 0.4,
    });
  });
});
