import { type Point, segmentsMeet, sideOf } from '@vigie/contracts/polygon';
import type { Crossing } from '@vigie/contracts/vision';

/** A line in pixels of the picture; "in" is to the right of the way `from` → `to`, as seen on the picture. */
export interface Line {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
}

/** Somebody who is being followed. `anchor` and `height` of the box in pixels of the picture. */
export interface Walker {
  readonly track: number;
  readonly anchor: Point;
  readonly height: number;
  /** seen in this look; `false`: `anchor` is of an older one */
  readonly isSeen: boolean;
  /** seen well enough to be a person */
  readonly isPerson: boolean;
}

/** Somebody went through a door; `at` in milliseconds. */
export interface Passage extends Pick<Crossing, 'lineId' | 'direction' | 'track'> {
  readonly at: number;
}

type Side = -1 | 0 | 1;

/** One person at one line. `held`: the side that is beyond doubt; `since`: on `side` without a break, milliseconds. */
interface Place {
  readonly side: Side;
  readonly since: number;
  readonly held: Side;
  /** passed the line away from the side held, and does not hold the other one yet */
  readonly passage: Passage | undefined;
}

interface Path {
  readonly at: number;
  readonly anchor: Point;
  readonly isPerson: boolean;
  /** by id of the line */
  readonly places: ReadonlyMap<string, Place>;
}

/** What is remembered of everybody who is being followed, by number of the track. */
export type Paths = ReadonlyMap<number, Path>;

export const NO_PATHS: Paths = new Map();

/** Who stays on one side for this long, in milliseconds, and is so many heights of the box away, is beyond doubt there. */
const HOLD_MS = 300;
const NEAR_HEIGHTS = 0.15;
/** So is at once who is this many heights away: no box trembles as far, and a runner is seen but once. */
const CLEAR_HEIGHTS = 0.3;

function sideAt(line: Line, anchor: Point): { side: Side; distance: number } {
  const turn = sideOf(line.from, line.to, anchor);
  const length = Math.hypot(line.to[0] - line.from[0], line.to[1] - line.from[1]);
  return { side: Math.sign(turn) as Side, distance: Math.abs(turn) / length };
}

/** When the way from one anchor to the next passes the line, in milliseconds. */
function passedAt(line: Line, before: Path, walker: Walker, at: number): number {
  const from = Math.abs(sideOf(line.from, line.to, before.anchor));
  const to = Math.abs(sideOf(line.from, line.to, walker.anchor));
  return before.at + (at - before.at) * (from / (from + to));
}

/** The place after the person changed sides. Whoever comes back over the line has not passed it. */
function changed(place: Place, passage: Passage | undefined, at: number): Place {
  const isFirst = place.passage === undefined && place.held === place.side;
  return {
    side: (0 - place.side) as Side,
    since: at,
    held: place.held,
    passage: isFirst ? passage : undefined,
  };
}

function stepOver(line: Line, walker: Walker, before: Path | undefined, at: number): Place {
  const { side, distance } = sideAt(line, walker.anchor);
  const known = before?.places.get(line.id);
  const heights = distance / walker.height;
  const held = (place: Place): Place => {
    const needed = at - place.since >= HOLD_MS ? NEAR_HEIGHTS : CLEAR_HEIGHTS;
    return heights >= needed ? { ...place, held: place.side } : place;
  };
  if (!before || !known || known.side === 0)
    return held({ side, since: at, held: 0, passage: undefined });
  if (side === 0 || side === known.side) return held(known);
  const isOver = segmentsMeet([before.anchor, walker.anchor], [line.from, line.to]);
  const passage: Passage = {
    lineId: line.id,
    direction: side > 0 ? 'in' : 'out',
    at: passedAt(line, before, walker, at),
    track: walker.track,
  };
  return held(changed(known, isOver ? passage : undefined, at));
}

/** What is beyond doubt now is taken out of the path. */
function settled(path: Path): { path: Path; passages: Passage[] } {
  if (!path.isPerson) return { path, passages: [] };
  const passages: Passage[] = [];
  const places = new Map<string, Place>();
  for (const [id, place] of path.places) {
    const isDone = place.passage !== undefined && place.held === place.side;
    if (isDone && place.passage) passages.push(place.passage);
    places.set(id, isDone ? { ...place, passage: undefined } : place);
  }
  return { path: { ...path, places }, passages };
}

/** Whoever is forgotten beyond the line was not seen to come back over it. */
const lastPassages = ({ isPerson, places }: Path): Passage[] =>
  isPerson ? [...places.values()].flatMap(({ passage }) => passage ?? []) : [];

/**
 * One more look at everybody who is being followed. A passage counts when the way of a person's anchor crosses the line
 * between its ends, and the person was on the one side and then is on the other one beyond doubt. Who trembles on the
 * line, turns back on it or walks round its end has not passed; who was not seen well enough to be a person neither.
 * Looks must come in order of time.
 */
export function passDoors(
  before: Paths,
  { at, walkers }: { at: number; walkers: readonly Walker[] },
  lines: readonly Line[],
): { paths: Paths; passages: Passage[] } {
  const paths = new Map<number, Path>();
  const passages: Passage[] = [];
  for (const walker of walkers) {
    const known = before.get(walker.track);
    if (!walker.isSeen) {
      if (known) paths.set(walker.track, known);
      continue;
    }
    const places = new Map(
      lines.map((line) => [line.id, stepOver(line, walker, known, at)] as const),
    );
    const { anchor, isPerson } = walker;
    const step = settled({ at, anchor, isPerson, places });
    paths.set(walker.track, step.path);
    passages.push(...step.passages);
  }
  for (const [track, path] of before) if (!paths.has(track)) passages.push(...lastPassages(path));
  return { paths, passages: passages.sort((a, b) => a.at - b.at) };
}
