import {
  anchorOf,
  type Calibration,
  type Markings,
  type NormBox,
  type PlanPoint,
} from '@vigie/contracts/vision';

type Vector = readonly [number, number, number];
/** Rows of a 3×3 matrix. */
type Matrix = readonly [Vector, Vector, Vector];

/** Where a box stands on the floor plan, metres; `undefined`: at or above the horizon, or too far to be placed. */
export type PlaceOf = (box: NormBox) => PlanPoint | undefined;

/** A place further from the middle of the four points than this many times their own distance is not to be trusted. */
const REACH = 5;

/**
 * How people of a camera are placed on the floor plan; `undefined` where the camera is not calibrated. Of the anchor
 * `head` and `centre` the place is off by the tilt of the camera: calibrate at that height.
 * Source: Hartley and Zisserman, Multiple View Geometry, 2nd edition, clause 4.1 (a plane by four points).
 */
export function placingBy({ calibration, anchor }: Markings): PlaceOf | undefined {
  if (!calibration) return undefined;
  const toPlan = homographyFrom(calibration);
  const front = Math.sign(weightAt(toPlan, calibration[0]?.image ?? [0, 0]));
  const isNear = reachOf(calibration);
  return (box) => {
    const [x, y] = anchorOf(box, anchor);
    const [px, py, weight] = times(toPlan, [x, y, 1]);
    if (Math.sign(weight) !== front) return undefined;
    const place: PlanPoint = [px / weight, py / weight];
    return isNear(place) ? place : undefined;
  };
}

/** Maps 0..1 of the frame to metres of the plan. */
function homographyFrom(points: Calibration): Matrix {
  const image = basisOf(points.map(({ image: point }) => point));
  const plan = basisOf(points.map(({ plan: point }) => point));
  return product(plan, adjugate(image));
}

/** Maps the axes and their sum to the four points. */
function basisOf(points: readonly (readonly [number, number])[]): Matrix {
  const [a, b, c, d] = points.map(([x, y]): Vector => [x, y, 1]);
  if (!a || !b || !c || !d) throw new RangeError('a calibration has four points');
  const columns = transposed([a, b, c]);
  const [u, v, w] = times(adjugate(columns), d);
  return transposed([scaled(a, u), scaled(b, v), scaled(c, w)]);
}

function reachOf(points: Calibration): (place: PlanPoint) => boolean {
  const mean = (axis: 0 | 1) =>
    points.reduce((sum, { plan }) => sum + plan[axis], 0) / points.length;
  const middle: PlanPoint = [mean(0), mean(1)];
  const reach = REACH * Math.max(...points.map(({ plan }) => metresBetween(plan, middle)));
  return (place) => metresBetween(place, middle) <= reach;
}

/** Distance of two places on the plan. */
export const metresBetween = (a: PlanPoint, b: PlanPoint): number =>
  Math.hypot(a[0] - b[0], a[1] - b[1]);

const weightAt = (matrix: Matrix, [x, y]: readonly [number, number]): number =>
  times(matrix, [x, y, 1])[2];
const scaled = ([x, y, z]: Vector, factor: number): Vector => [x * factor, y * factor, z * factor];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const times = ([a, b, c]: Matrix, vector: Vector): Vector => [
  dot(a, vector),
  dot(b, vector),
  dot(c, vector),
];
const transposed = ([a, b, c]: Matrix): Matrix => [
  [a[0], b[0], c[0]],
  [a[1], b[1], c[1]],
  [a[2], b[2], c[2]],
];
/** The inverse but for a factor, which does not matter here. */
const adjugate = ([a, b, c]: Matrix): Matrix => transposed([cross(b, c), cross(c, a), cross(a, b)]);
function product(a: Matrix, b: Matrix): Matrix {
  const [x, y, z] = transposed(b);
  return transposed([times(a, x), times(a, y), times(a, z)]);
}
