import type { NormPolygon } from '@vigie/contracts/vision';

/** A way to move, in 0..1 of the frame. */
export interface Shift {
  dx: number;
  dy: number;
}

const within = (value: number): number => Math.min(Math.max(value, 0), 1);

/** Four digits place a corner within a pixel of any camera. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const FIRST: NormPolygon = [
  [0.4, 0.4],
  [0.6, 0.4],
  [0.6, 0.6],
  [0.4, 0.6],
];

/** The outline with all its corners moved, as far as the frame lets it. */
export function movedOutline(outline: NormPolygon, { dx, dy }: Shift): NormPolygon {
  const limited = (values: number[], by: number): number =>
    Math.min(Math.max(by, -Math.min(...values)), 1 - Math.max(...values));
  const across = limited(
    outline.map(([x]) => x),
    dx,
  );
  const down = limited(
    outline.map(([, y]) => y),
    dy,
  );
  return outline.map(([x, y]) => [rounded(x + across), rounded(y + down)]);
}

/** The outline with one corner moved, within the frame. */
export const withCornerMoved = (
  outline: NormPolygon,
  corner: number,
  { dx, dy }: Shift,
): NormPolygon =>
  outline.map(([x, y], i) =>
    i === corner ? [rounded(within(x + dx)), rounded(within(y + dy))] : [x, y],
  );

/** Where a new outline begins: beside the one drawn last, with its shape, because spaces stand in rows. */
export function nextOutline(last: NormPolygon | undefined): NormPolygon {
  if (!last) return FIRST;
  const xs = last.map(([x]) => x);
  const width = Math.max(...xs) - Math.min(...xs);
  const hasRoom = Math.max(...xs) + width <= 1;
  return movedOutline(last, { dx: hasRoom ? width : -width, dy: 0 });
}

/** Where the name of an outline stands: the middle of its corners. */
export const middleOf = (outline: NormPolygon): { x: number; y: number } => ({
  x: outline.reduce((sum, [x]) => sum + x, 0) / outline.length,
  y: outline.reduce((sum, [, y]) => sum + y, 0) / outline.length,
});

/** How far an arrow key moves, 0..1 of the frame; with Shift ten times as far. */
const STEP = 0.002;

/** Which way a key moves; `undefined`: it is no arrow. */
export function shiftOfKey(key: string, isFar: boolean): Shift | undefined {
  const step = isFar ? STEP * 10 : STEP;
  const ways: Record<string, Shift> = {
    ArrowLeft: { dx: -step, dy: 0 },
    ArrowRight: { dx: step, dy: 0 },
    ArrowUp: { dx: 0, dy: -step },
    ArrowDown: { dx: 0, dy: step },
  };
  return ways[key];
}
