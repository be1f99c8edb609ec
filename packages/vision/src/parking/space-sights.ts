import type { NormPolygon, WatchedSpace } from '@vigie/contracts/vision';
import { type Corners, type Detection, iouOf, type Size } from '../detector/boxes.ts';
import type { Thresholds } from '../detector/detector.ts';

/** How vehicles are looked for over parking spaces; measured, see docs/parking-cameras.md. */
export const VEHICLE_LOOK: Thresholds = { conf: 0.1, iou: 0.6 };
/** Intersection over union of a vehicle and a space from which the space is taken; measured, see docs/parking-cameras.md. */
const TAKEN_OVERLAP = 0.2;

/** A space that is less high or wide, in pixels of the picture, cannot be judged; measured, see docs/parking-cameras.md. */
const LEAST_SIDE = 12;

/** What one look says of a space. `score` 0..1: overlap with the vehicle that fits it best. */
export interface SpaceSight {
  readonly spaceId: string;
  readonly occupied: boolean;
  readonly score: number;
}

interface Pair {
  readonly space: number;
  readonly vehicle: number;
  readonly overlap: number;
}

/** The smallest upright box around a polygon, in pixels of a picture of that size. */
function boxAround(polygon: NormPolygon, { width, height }: Size): Corners {
  const xs = polygon.map(([x]) => x * width);
  const ys = polygon.map(([, y]) => y * height);
  return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}

const isLarge = ({ x1, y1, x2, y2 }: Corners): boolean => Math.min(x2 - x1, y2 - y1) >= LEAST_SIDE;

function pairsOf(boxes: readonly Corners[], vehicles: readonly Detection[]): Pair[] {
  return boxes.flatMap((box, space) =>
    vehicles.map((found, vehicle) => ({ space, vehicle, overlap: iouOf(box, found) })),
  );
}

/**
 * Which spaces are taken, in their order; one that is too small to be judged is left out: nobody would see its car. The vehicle and the space that share most belong together, then the next pair: each
 * vehicle takes one space, so that a car which hides part of its neighbour's space does not take it, too.
 * Vehicles in pixels of a picture of that size.
 */
export function sightsOf(
  spaces: readonly WatchedSpace[],
  vehicles: readonly Detection[],
  size: Size,
): SpaceSight[] {
  const known = spaces
    .map(({ spaceId, polygon }) => ({ spaceId, box: boxAround(polygon, size) }))
    .filter(({ box }) => isLarge(box));
  const boxes = known.map(({ box }) => box);
  const pairs = pairsOf(boxes, vehicles).sort((a, b) => b.overlap - a.overlap);
  const parked = new Set<number>();
  /** overlap by number of the space */
  const scores = new Map<number, number>();
  for (const { space, vehicle, overlap } of pairs) {
    if (scores.has(space) || parked.has(vehicle)) continue;
    scores.set(space, overlap);
    if (overlap >= TAKEN_OVERLAP) parked.add(vehicle);
  }
  return known.map(({ spaceId }, space) => {
    const score = scores.get(space) ?? 0;
    return { spaceId, occupied: score >= TAKEN_OVERLAP, score };
  });
}
