import type { Space } from '@vigie/contracts/parking';

/** Size of the map in its own units; the page stretches it. */
export const mapWidth = 360;
export const mapHeight = 240;

/** A space whose place is known, degrees WGS84. */
export interface Located {
  latitude: number;
  longitude: number;
}

/** Metres to the north and to the east. */
interface Offset {
  north: number;
  east: number;
}

/** Metres per degree of latitude on the sphere of the mean radius 6,371,009 m; over a few streets it is exact to 1 %. */
const metresPerDegree = 111_195;

/** How far `to` lies from `from`, on the plane that touches the earth there. */
export function offsetOf(from: Located, to: Located): Offset {
  const narrowing = Math.cos((from.latitude * Math.PI) / 180);
  return {
    north: (to.latitude - from.latitude) * metresPerDegree,
    east: (to.longitude - from.longitude) * metresPerDegree * narrowing,
  };
}

export const winds = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type Wind = (typeof winds)[number];

/** A neighbour as one would tell the way: so many metres in that direction. */
export interface Neighbour {
  space: Space & Located;
  metres: number;
  wind: Wind;
  offset: Offset;
}

/** The neighbours whose place is known, nearest first. */
export function neighboursOf(centre: Located, spaces: readonly Space[]): Neighbour[] {
  return spaces
    .flatMap((space) => {
      const { latitude, longitude } = space;
      if (latitude === null || longitude === null) return [];
      const offset = offsetOf(centre, { latitude, longitude });
      const metres = Math.hypot(offset.north, offset.east);
      return [{ space: { ...space, latitude, longitude }, metres, wind: windOf(offset), offset }];
    })
    .sort((a, b) => a.metres - b.metres);
}

function windOf({ north, east }: Offset): Wind {
  const eighths = Math.round((Math.atan2(east, north) / Math.PI) * 4);
  return winds[(eighths + 8) % 8] ?? 'n';
}

/** A neighbour on the map, in units from its left and its top. */
export interface MapPlace {
  neighbour: Neighbour;
  x: number;
  y: number;
  /** `false` where its label would stand on another one. */
  hasLabel: boolean;
}

/** The map around a space, which lies in its middle; north is up. */
export interface SpaceMap {
  places: MapPlace[];
  /** Length of the scale bar. */
  bar: { metres: number; units: number };
}

/** So many neighbours the map is to reach, but not across a gap as wide as so many times the way to the ones before. */
const wanted = 5;
const widestGap = 4;
/** Metres from the middle to the upper edge, at least and at most. */
const nearest = 12;
const farthest = 300;
/** Room that a label takes, in units. */
const labelRoom = { x: 40, y: 13 };

export function mapOf(neighbours: readonly Neighbour[]): SpaceMap {
  const unitsPerMetre = mapHeight / 2 / reachOf(neighbours);
  const places: MapPlace[] = [];
  const taken = [{ x: mapWidth / 2, y: mapHeight / 2 }];
  for (const neighbour of neighbours) {
    const x = mapWidth / 2 + neighbour.offset.east * unitsPerMetre;
    const y = mapHeight / 2 - neighbour.offset.north * unitsPerMetre;
    if (x < 8 || x > mapWidth - labelRoom.x || y < 8 || y > mapHeight - 8) continue;
    const hasLabel = taken.every(
      (other) => Math.abs(other.x - x) >= labelRoom.x || Math.abs(other.y - y) >= labelRoom.y,
    );
    if (hasLabel) taken.push({ x, y });
    places.push({ neighbour, x, y, hasLabel });
  }
  return { places, bar: barFor(unitsPerMetre) };
}

/** How far the map reaches, in metres: a few neighbours that can be told apart, not a street beyond the next block. */
function reachOf(neighbours: readonly Neighbour[]): number {
  const ways = neighbours.slice(0, wanted).map(({ metres }) => metres);
  const gap = ways.findIndex(
    (way, index) => index > 0 && way > widestGap * Math.max(3, ways[index - 1] ?? 0),
  );
  const last = ways.at(gap === -1 ? -1 : gap - 1) ?? 0;
  return Math.min(farthest, Math.max(nearest, last * 1.2));
}

/** The longest round length (1, 2 or 5 times a power of ten) that fits a quarter of the width. */
function barFor(unitsPerMetre: number): SpaceMap['bar'] {
  const most = mapWidth / 4 / unitsPerMetre;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return { metres, units: metres * unitsPerMetre };
}
