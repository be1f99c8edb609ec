import { type Corners, coveredShare, type Detection, iouOf } from '../detector/boxes.ts';

/** A human that was marked in a picture. `isCrowd`: a mark round many, which is neither asked for nor held against a find. */
export interface Marked extends Corners {
  readonly isCrowd: boolean;
}

/** What was found and what is there in one picture, both in its pixels. */
export interface Compared {
  readonly found: readonly Detection[];
  readonly marked: readonly Marked[];
}

/** At most so many finds of a picture are judged, best first. */
const MOST_FINDS = 100;
const RECALLS = Array.from({ length: 101 }, (_, i) => i / 100);
/** Overlaps of the mean: 0.50, 0.55 … 0.95. */
const OVERLAPS = Array.from({ length: 10 }, (_, i) => 0.5 + i * 0.05);

interface Judged {
  readonly score: number;
  readonly isRight: boolean;
}

/** Finds of one picture, best first, each paired with the free mark it fits best; those on a crowd are left out. */
function judge({ found, marked }: Compared, overlap: number): Judged[] {
  const single = marked.filter(({ isCrowd }) => !isCrowd);
  const crowds = marked.filter(({ isCrowd }) => isCrowd);
  const taken = new Set<Marked>();
  const best = [...found].sort((a, b) => b.score - a.score).slice(0, MOST_FINDS);
  return best.flatMap((find) => {
    let match: Marked | undefined;
    let least = Math.min(overlap, 1 - 1e-10);
    for (const mark of single) {
      const iou = iouOf(find, mark);
      if (taken.has(mark) || iou < least) continue;
      match = mark;
      least = iou;
    }
    if (match) taken.add(match);
    const inCrowd = !match && crowds.some((crowd) => coveredShare(find, crowd) >= overlap);
    return inCrowd ? [] : [{ score: find.score, isRight: match !== undefined }];
  });
}

/**
 * Average precision of one class at one overlap, 0..1, over all pictures together; `undefined` where nobody is marked.
 * Source: COCO evaluation (Lin et al., ECCV 2014): greedy pairing by score, precision made monotone, mean at 101 recalls.
 */
export function averagePrecision(
  pictures: readonly Compared[],
  overlap: number,
): number | undefined {
  const total = pictures.flatMap(({ marked }) => marked).filter(({ isCrowd }) => !isCrowd).length;
  if (total === 0) return undefined;
  const judged = pictures
    .flatMap((picture) => judge(picture, overlap))
    .sort((a, b) => b.score - a.score);
  let right = 0;
  const curve = judged.map(({ isRight }, i) => {
    if (isRight) right++;
    return { recall: right / total, precision: right / (i + 1) };
  });
  for (let i = curve.length - 2; i >= 0; i--) {
    const here = curve[i];
    const later = curve[i + 1];
    if (here && later) here.precision = Math.max(here.precision, later.precision);
  }
  let at = 0;
  const precisions = RECALLS.map((recall) => {
    while ((curve[at]?.recall ?? 1) < recall && at < curve.length) at++;
    return curve[at]?.precision ?? 0;
  });
  return precisions.reduce((sum, precision) => sum + precision, 0) / RECALLS.length;
}

/** Mean of the average precision over the overlaps 0.50 to 0.95. */
export function meanAveragePrecision(pictures: readonly Compared[]): number | undefined {
  const values = OVERLAPS.map((overlap) => averagePrecision(pictures, overlap));
  const sum = values.reduce((total: number, value) => total + (value ?? 0), 0);
  return values[0] === undefined ? undefined : sum / OVERLAPS.length;
}

/** Share of the marked people whom a find shows, overlap at least 0.5; `undefined` where nobody is marked. */
export function foundShare(pictures: readonly Compared[]): number | undefined {
  const total = pictures.flatMap(({ marked }) => marked).filter(({ isCrowd }) => !isCrowd).length;
  const right = pictures.flatMap((picture) => judge(picture, 0.5)).filter(({ isRight }) => isRight);
  return total === 0 ? undefined : right.length / total;
}
