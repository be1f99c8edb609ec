import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CountedBy, type Evaluation, evaluateCoco } from '../index.ts';
import { findWeights, MEDIA, missingMedia } from '../testing/weights.ts';

const ANNOTATIONS = join(MEDIA, 'annotations_person.json');
const weights = await findWeights();
const missing = weights.missing ?? missingMedia(ANNOTATIONS);
const hasNano = weights.models.some(({ name }) => name === 'yolov8n.onnx');

/** Evaluates on one in so many pictures of each subset; on all of them `vigie evaluate` does. */
function evaluate(
  oneIn: Readonly<Record<string, number>>,
  by: CountedBy,
  model?: string,
): Promise<Evaluation> {
  const all = JSON.parse(readFileSync(ANNOTATIONS, 'utf8')) as { images: { subset: string }[] };
  const images = Object.entries(oneIn).flatMap(([wanted, n]) =>
    all.images.filter(({ subset }) => subset === wanted).filter((_, i) => i % n === 0),
  );
  const { folders } = weights;
  const options = { folder: MEDIA, folders, model, onProgress() {} };
  return evaluateCoco({ ...all, images }, by, options);
}

describe.skipIf(missing)(`on annotated pictures${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('the count is right to half a person, in crowded rooms to two, and its range holds', {
    timeout: 600_000,
  }, async () => {
    const oneIn = { coco_train2017: 2, cctv_rooms: 1, derived_smoke: 1 };
    const found = await evaluate(oneIn, { profile: 'standard' });
    const { coco_train2017: photographs, cctv_rooms: rooms, derived_smoke: smoke } = found.subsets;
    expect(photographs?.count.mae).toBeLessThanOrEqual(0.45);
    expect(rooms?.count.mae).toBeLessThanOrEqual(2);
    expect(smoke?.count.mae).toBeLessThanOrEqual(2.2);
    for (const figures of [photographs, rooms, smoke]) {
      expect(figures?.count.falseEmptyRate).toBe(0);
      expect(figures?.count.inRange).toBeGreaterThanOrEqual(0.9);
    }
  });

  it.skipIf(!hasNano)(
    'the precision is that of other programs with the same weights',
    { timeout: 600_000 },
    async () => {
      const oneIn = { coco_train2017: 1, cctv_rooms: 1 };
      const plain = { conf: 0.25, iou: 0.7 };
      const { subsets: found } = await evaluate(oneIn, plain, 'yolov8n.onnx');
      // As OpenCV DNN and ONNX Runtime from Python have it, to the third digit; per cent.
      const theirs = { coco_train2017: [76.6, 55.2], cctv_rooms: [70.7, 35.8] };
      for (const [subset, [ap50 = 0, ap5095 = 0]] of Object.entries(theirs)) {
        expect(Math.abs((found[subset]?.ap50 ?? 0) * 100 - ap50)).toBeLessThanOrEqual(0.5);
        expect(Math.abs((found[subset]?.ap5095 ?? 0) * 100 - ap5095)).toBeLessThanOrEqual(0.5);
      }
    },
  );
});
