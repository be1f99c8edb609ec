import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipTo, coveredShare, type Detection, grow, iouOf, pixelBoxOf } from './boxes.ts';
import { suppressOverlaps } from './nms.ts';

const corner = fc.double({ min: 0, max: 500, noNaN: true });
const side = fc.double({ min: 1, max: 200, noNaN: true });
const detection: fc.Arbitrary<Detection> = fc
  .record({
    x: corner,
    y: corner,
    w: side,
    h: side,
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ x, y, w, h, score }) => ({ x1: x, y1: y, x2: x + w, y2: y + h, score }));

describe('overlap of boxes', () => {
  const unit = { x1: 0, y1: 0, x2: 10, y2: 10 };
  it.each([
    { name: 'the same box', other: unit, iou: 1, covered: 1 },
    { name: 'a box beside it', other: { x1: 10, y1: 0, x2: 20, y2: 10 }, iou: 0, covered: 0 },
    { name: 'half of it', other: { x1: 0, y1: 0, x2: 10, y2: 5 }, iou: 0.5, covered: 0.5 },
    { name: 'a box round it', other: { x1: -5, y1: 0, x2: 15, y2: 10 }, iou: 0.5, covered: 1 },
    { name: 'an empty box', other: { x1: 5, y1: 5, x2: 5, y2: 5 }, iou: 0, covered: 0 },
  ])('of $name is $iou', ({ other, iou, covered }) => {
    expect(iouOf(unit, other)).toBeCloseTo(iou, 9);
    expect(coveredShare(unit, other)).toBeCloseTo(covered, 9);
  });

  it('does not depend on the order of the two boxes', () => {
    fc.assert(
      fc.property(detection, detection, (a, b) => {
        expect(iouOf(a, b)).toBeCloseTo(iouOf(b, a), 9);
      }),
    );
  });
});

describe('suppression of overlapping boxes', () => {
  it('keeps no two boxes that overlap too much, and drops only what a better kept box covers', () => {
    fc.assert(
      fc.property(fc.array(detection, { maxLength: 30 }), (found) => {
        const kept = suppressOverlaps(found, 0.5);
        for (const [i, box] of kept.entries()) {
          expect(kept.slice(i + 1).every((other) => iouOf(box, other) <= 0.5)).toBe(true);
        }
        for (const dropped of found.filter((box) => !kept.includes(box))) {
          const better = kept.some((k) => k.score >= dropped.score && iouOf(k, dropped) > 0.5);
          expect(better).toBe(true);
        }
      }),
    );
  });

  it('says the same of its own result', () => {
    fc.assert(
      fc.property(fc.array(detection, { maxLength: 30 }), (found) => {
        const once = suppressOverlaps(found, 0.4);
        expect(suppressOverlaps(once, 0.4)).toEqual(once);
      }),
    );
  });

  it('gives the best box first', () => {
    const weak = { x1: 0, y1: 0, x2: 10, y2: 10, score: 0.3 };
    const strong = { x1: 100, y1: 0, x2: 110, y2: 10, score: 0.9 };
    expect(suppressOverlaps([weak, strong], 0.5)).toEqual([strong, weak]);
  });
});

it('cuts a box at the border of the picture and keeps its score', () => {
  const box = { x1: -5, y1: 10, x2: 700, y2: 400, score: 0.7 };
  expect(clipTo(box, { width: 640, height: 360 })).toEqual({
    x1: 0,
    y1: 10,
    x2: 640,
    y2: 360,
    score: 0.7,
  });
});

it('grows a box by a share of its own size on every side', () => {
  expect(grow({ x1: 10, y1: 10, x2: 30, y2: 50 }, 0.5)).toEqual({ x1: 0, y1: -10, x2: 40, y2: 70 });
});

it('writes a box as corner and size in tenths of a pixel', () => {
  expect(pixelBoxOf({ x1: 1.04, y1: 2.06, x2: 11.04, y2: 4.06 })).toEqual([1, 2.1, 10, 2]);
});
