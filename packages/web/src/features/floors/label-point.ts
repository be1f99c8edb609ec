import { edgesOf, type Point, polygonHolds } from '@vigie/contracts/polygon';

/** So many places are tried along each side. */
const tries = 25;

/** Of two places about as far from the walls, the one nearer the middle is taken. */
const asGood = 0.9;

/**
 * Where a name stands best within an outline: far from the walls, then near the middle, in the units of the outline. A room
 * may be bent, so its middle may lie outside.
 */
export function labelPoint(outline: readonly Point[]): Point {
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const middle: Point = [left + width / 2, top + height / 2];
  const edges = edgesOf(outline);
  const places = Array.from({ length: tries ** 2 }, (_, i): Point => {
    const [row, column] = [Math.floor(i / tries), i % tries];
    return [left + (width * (column + 1)) / (tries + 1), top + (height * (row + 1)) / (tries + 1)];
  })
    .filter((point) => polygonHolds(outline, point))
    .map((point) => ({
      point,
      fromWalls: Math.min(...edges.map((edge) => distanceTo(edge, point))),
      fromMiddle: Math.hypot(point[0] - middle[0], point[1] - middle[1]),
    }));
  const most = Math.max(...places.map(({ fromWalls }) => fromWalls));
  const [best] = places
    .filter(({ fromWalls }) => fromWalls >= most * asGood)
    .sort((a, b) => a.fromMiddle - b.fromMiddle);
  return best?.point ?? middle;
}

function distanceTo([a, b]: readonly [Point, Point], [x, y]: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a[0] - share * dx, y - a[1] - share * dy);
}
