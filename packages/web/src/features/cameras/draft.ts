import {
  type Calibration,
  type CountingZone,
  type DoorLine,
  Markings,
  type NormPoint,
} from '@vigie/contracts/vision';
import { onPicture } from './points.ts';

/** A group of points on the picture, 0..1 of the frame. A `polygon` is closed and may get further corners. */
export interface Shape {
  id: string;
  kind: 'polygon' | 'line' | 'points';
  points: readonly NormPoint[];
}

/** What can be wrong with a draft before it is sent. */
export type Wrong = 'zones' | 'lines' | 'calibration';

const freshId = (stem: string, taken: readonly { id: string }[]): string => {
  let n = taken.length + 1;
  while (taken.some(({ id }) => id === `${stem}-${n}`)) n++;
  return `${stem}-${n}`;
};

/** Not on top of what is there already: points that lie on each other cannot be taken. */
const shiftFor = (things: readonly unknown[]): number => (things.length % 6) * 0.05;

/** A zone near the middle of the picture, to be pulled where it belongs. */
export function withNewZone(draft: Markings, kind: CountingZone['kind']): Markings {
  const left = 0.3 + shiftFor(draft.zones);
  const top = 0.2 + shiftFor(draft.zones);
  const zone: CountingZone = {
    id: freshId('zone', draft.zones),
    kind,
    points: [
      onPicture(left, top),
      onPicture(left + 0.3, top),
      onPicture(left + 0.3, top + 0.4),
      onPicture(left, top + 0.4),
    ],
  };
  return { ...draft, zones: [...draft.zones, zone] };
}

export function withNewLine(draft: Markings): Markings {
  const y = 0.55 + shiftFor(draft.lines);
  const id = freshId('line', draft.lines);
  const line: DoorLine = { id, from: onPicture(0.37, y), to: onPicture(0.67, y) };
  return { ...draft, lines: [...draft.lines, line] };
}

/** The other side of the line is inside. */
export const withLineTurned = (draft: Markings, id: string): Markings => ({
  ...draft,
  lines: draft.lines.map((line) =>
    line.id === id ? { ...line, from: line.to, to: line.from } : line,
  ),
});

/** Four points as a floor often shows them; on the plan a square of four metres. */
export const firstCalibration: Calibration = [
  { image: [0.35, 0.45], plan: [0, 0] },
  { image: [0.65, 0.45], plan: [4, 0] },
  { image: [0.85, 0.85], plan: [4, 4] },
  { image: [0.15, 0.85], plan: [0, 4] },
];

const calibrationId = 'plan';

/** Everything that has points, in the order of the lists. */
export const shapesOf = ({ zones, lines, calibration }: Markings): Shape[] => [
  ...zones.map(({ id, points }): Shape => ({ id, kind: 'polygon', points })),
  ...lines.map(({ id, from, to }): Shape => ({ id, kind: 'line', points: [from, to] })),
  ...(calibration
    ? [
        {
          id: calibrationId,
          kind: 'points',
          points: calibration.map(({ image }) => image),
        } satisfies Shape,
      ]
    : []),
];

/** The draft with other points for one shape; a line keeps two points, a calibration its places on the plan. */
export function withPoints(draft: Markings, id: string, points: readonly NormPoint[]): Markings {
  const [from, to] = points;
  return {
    ...draft,
    zones: draft.zones.map((zone) => (zone.id === id ? { ...zone, points: [...points] } : zone)),
    lines: draft.lines.map((line) => (line.id === id && from && to ? { ...line, from, to } : line)),
    calibration:
      id === calibrationId && draft.calibration
        ? draft.calibration.map((point, i) => ({ ...point, image: points[i] ?? point.image }))
        : draft.calibration,
  };
}

/** The draft without a zone or a line. */
export const without = (draft: Markings, id: string): Markings => ({
  ...draft,
  zones: draft.zones.filter((zone) => zone.id !== id),
  lines: draft.lines.filter((line) => line.id !== id),
});

/** What keeps the draft from being saved. */
export function wrongIn(draft: Markings): Wrong[] {
  const parsed = Markings.safeParse(draft);
  const places = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]);
  return (['zones', 'lines', 'calibration'] as const).filter((part) => places.includes(part));
}
