import type { NormPolygon } from '@vigie/contracts/vision';
import { middleOf, movedTo } from '../cameras/index.ts';

const FIRST: NormPolygon = [
  [0.4, 0.4],
  [0.6, 0.4],
  [0.6, 0.6],
  [0.4, 0.6],
];

/** Where a new outline begins: beside the one drawn last, with its shape, because spaces stand in rows. */
export function nextOutline(last: NormPolygon | undefined): NormPolygon {
  if (!last) return FIRST;
  const xs = last.map(([x]) => x);
  const width = Math.max(...xs) - Math.min(...xs);
  const hasRoom = Math.max(...xs) + width <= 1;
  const [x, y] = middleOf(last);
  return movedTo(last, [hasRoom ? x + width : x - width, y]);
}
