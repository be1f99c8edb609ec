import { type Detection, iouOf } from './boxes.ts';

/**
 * Greedy non-maximum suppression: the best box stays, every later one that overlaps a kept box by more than `iou` goes.
 * Order of the result: best score first. `iou` 0..1; 1 keeps everything.
 */
export function suppressOverlaps(detections: readonly Detection[], iou: number): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of [...detections].sort((a, b) => b.score - a.score)) {
    if (kept.every((better) => iouOf(better, candidate) <= iou)) kept.push(candidate);
  }
  return kept;
}
