import { edgesOf, type Point, polygonHolds } from '@vigie/contracts/polygon';

/** So many places are tried along each side. */
const tries = 24;

/**
 * Where a name stands best within an outline: as far from the walls as possible, in the units of the outline. A room may
 * be bent, so its middle may lie outside.
 */
export function labelPoint(outline: readonly Point[]): Point {
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  let best: Point = [left + width / 2, top + height / 2];
  let farthest = -1;
  for (let row = 1; row < tries; row++) {
    for (let column = 1; column < tries; column++) {
      const point: Point = [left + (width * column) / tries, top + (height * row) / tries];
      if (!polygonHolds(outline, point)) continue;
      const distance = Math.min(...edgesOf(outline).map((edge) => distanceTo(edge, point)));
      if (distance <= farthest + 1e-9) continue;
      farthest = distance;
      best = point;
    }
  }
  return best;
}

function distanceTo([a, b]: readonly [Point, Point], [x, y]: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a[0] - share * dx, y - a[1] - share * dy);
}
