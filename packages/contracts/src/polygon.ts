/** A point of a plane; the unit is that of whoever asks. */
export type Point = readonly [x: number, y: number];

/** Twice the signed area of the triangle: which side of the way `a` → `b` the point is on; 0 on the straight line through both. */
export const sideOf = (a: Point, b: Point, point: Point): number =>
  (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]);

const isBetween = (a: Point, b: Point, point: Point): boolean =>
  Math.min(a[0], b[0]) <= point[0] &&
  point[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= point[1] &&
  point[1] <= Math.max(a[1], b[1]);

/** `true` when the two segments share a point, be it an end. */
export function segmentsMeet([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]) {
  const ofAb = [sideOf(a, b, c), sideOf(a, b, d)] as const;
  const ofCd = [sideOf(c, d, a), sideOf(c, d, b)] as const;
  if (ofAb[0] * ofAb[1] < 0 && ofCd[0] * ofCd[1] < 0) return true;
  return (
    (ofAb[0] === 0 && isBetween(a, b, c)) ||
    (ofAb[1] === 0 && isBetween(a, b, d)) ||
    (ofCd[0] === 0 && isBetween(c, d, a)) ||
    (ofCd[1] === 0 && isBetween(c, d, b))
  );
}

/** The edges of a polygon, the closing one last. */
export const edgesOf = (polygon: readonly Point[]): [Point, Point][] =>
  polygon.map((point, i) => [point, polygon[(i + 1) % polygon.length] ?? point]);

/** Area in square units, whichever way round the corners are listed. */
export const polygonArea = (polygon: readonly Point[]): number =>
  Math.abs(edgesOf(polygon).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0)) / 2;

/** `true` when no edge touches another one but at the corner they share. */
export function isSimplePolygon(polygon: readonly Point[]): boolean {
  const edges = edgesOf(polygon);
  return edges.every((edge, i) =>
    edges.slice(i + 1).every((other, gap) => {
      const isNext = gap === 0;
      const isLast = i === 0 && gap === edges.length - 2;
      if (!isNext && !isLast) return !segmentsMeet(edge, other);
      const [from, corner, to] = isNext
        ? [edge[0], edge[1], other[1]]
        : [other[0], other[1], edge[1]];
      // Two edges at one corner touch elsewhere only when the second runs back over the first.
      return sideOf(from, corner, to) !== 0 || isAhead(from, corner, to);
    }),
  );
}

const isAhead = (from: Point, corner: Point, to: Point): boolean =>
  (corner[0] - from[0]) * (to[0] - corner[0]) + (corner[1] - from[1]) * (to[1] - corner[1]) > 0;

/** `true` when the point lies inside, by the number of edges a ray from it passes; points on an edge may fall either way. */
export const polygonHolds = (polygon: readonly Point[], [x, y]: Point): boolean =>
  edgesOf(polygon).filter(
    ([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax),
  ).length %
    2 ===
  1;

/** Signs of the four triangles that four points make. */
export const turnsOf = (corners: readonly Point[]): number[] =>
  corners.map((_, leftOut) => {
    const [a, b, c] = corners.filter((__, i) => i !== leftOut);
    return a && b && c ? sideOf(a, b, c) : 0;
  });
