import type { NormPoint } from '@vigie/contracts/vision';

/** Within the picture, to a thousandth. */
export const onPicture = (x: number, y: number): NormPoint => [
  Math.round(Math.min(Math.max(x, 0), 1) * 1000) / 1000,
  Math.round(Math.min(Math.max(y, 0), 1) * 1000) / 1000,
];

const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where an arrow key moves a point: a two-hundredth of the frame, or a twentieth; `undefined` for other keys. */
export function nudged([x, y]: NormPoint, key: string, isFar: boolean): NormPoint | undefined {
  const step = steps[key];
  const length = isFar ? 0.05 : 0.005;
  return step && onPicture(x + step[0] * length, y + step[1] * length);
}

/** The middle of the corners. */
export const middleOf = (points: readonly NormPoint[]): NormPoint => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

/** All points moved alike, so that their middle comes to `at`, as far as the picture lets them. */
export function movedTo(points: readonly NormPoint[], at: NormPoint): NormPoint[] {
  const middle = middleOf(points);
  const way = (axis: 0 | 1): number => {
    const values = points.map((point) => point[axis]);
    return Math.min(
      Math.max(at[axis] - middle[axis], -Math.min(...values)),
      1 - Math.max(...values),
    );
  };
  const [across, down] = [way(0), way(1)];
  return points.map(([x, y]) => onPicture(x + across, y + down));
}

/** The middle of each edge of a closed polygon; the corner that is put there comes at the index given. */
export const middlesOf = (points: readonly NormPoint[]): { index: number; point: NormPoint }[] =>
  points.map((point, i) => {
    const next = points[(i + 1) % points.length] ?? point;
    return { index: i + 1, point: onPicture(...middleOf([point, next])) };
  });
