import { edgesOf, type Point, polygonHolds, segmentsMeet } from '@vigie/contracts/polygon';
import { anchorOf, type Markings, type NormBox } from '@vigie/contracts/vision';

/**
 * Where somebody stands by the zones of a camera. `inside`: the anchor is where people count. `astride`: it is not, but
 * a part of the box is: counts too, not surely. `outside`: nothing of the box is.
 */
export type Standing = 'inside' | 'astride' | 'outside';

/** A point on the rim of the picture would be on the rim of a zone that reaches there, so neither in nor out. */
const RIM = 1e-4;
const withinRim = ([x, y]: Point): Point => [
  Math.min(Math.max(x, RIM), 1 - RIM),
  Math.min(Math.max(y, RIM), 1 - RIM),
];

const cornersOf = ([x, y, w, h]: NormBox): Point[] =>
  [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ].map(([cx = 0, cy = 0]) => withinRim([cx, cy]));

const rimsMeet = (zone: readonly Point[], box: readonly Point[]): boolean =>
  edgesOf(zone).some((edge) => edgesOf(box).some((side) => segmentsMeet(edge, side)));

const isWithin = (zone: readonly Point[], box: readonly Point[]): boolean =>
  box.every((corner) => polygonHolds(zone, corner)) && !rimsMeet(zone, box);

const touches = (zone: readonly Point[], box: readonly Point[]): boolean =>
  rimsMeet(zone, box) ||
  box.some((corner) => polygonHolds(zone, corner)) ||
  zone.some((corner) => polygonHolds(box, corner));

/** Where the box stands. Whoever is not wholly outside counts: a wrong zero is worse than one too many. */
export function standingOf(
  box: NormBox,
  { anchor, zones }: Pick<Markings, 'anchor' | 'zones'>,
): Standing {
  const include = zones.filter(({ kind }) => kind === 'include').map(({ points }) => points);
  const exclude = zones.filter(({ kind }) => kind === 'exclude').map(({ points }) => points);
  const corners = cornersOf(box);
  if (exclude.some((zone) => isWithin(zone, corners))) return 'outside';
  if (include.length > 0 && !include.some((zone) => touches(zone, corners))) return 'outside';
  const point = withinRim(anchorOf(box, anchor));
  const isIncluded = include.length === 0 || include.some((zone) => polygonHolds(zone, point));
  const isExcluded = exclude.some((zone) => polygonHolds(zone, point));
  return isIncluded && !isExcluded ? 'inside' : 'astride';
}
