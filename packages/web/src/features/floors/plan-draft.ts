import {
  FloorChange,
  type FloorView,
  type PlanDrawing,
  type PlanPicture,
} from '@vigie/contracts/floors';
import type { NormPoint } from '@vigie/contracts/vision';

/** A plan that was chosen, with its proportions. */
export interface GivenPlan {
  picture: PlanPicture;
  width: number;
  height: number;
}

/** What is edited: a floor without what nobody edits. `plan` undefined: the one that is stored stays. */
export interface FloorDraft {
  name: string;
  level: number;
  drawing: PlanDrawing;
  plan: GivenPlan | undefined;
}

/** A thing on the plan. */
export interface Mark {
  kind: 'room' | 'camera' | 'door' | 'assembly';
  id: string;
}

export const draftOf = ({ name, level, drawing }: FloorView): FloorDraft => ({
  name,
  level,
  drawing,
  plan: undefined,
});

export const isSameMark = (a: Mark | undefined, b: Mark): boolean =>
  a?.kind === b.kind && a.id === b.id;

/** Its points on the plan: a room closed, a camera from where it hangs to where it looks; none: it is not drawn. */
export function pointsOf(drawing: PlanDrawing, { kind, id }: Mark): readonly NormPoint[] {
  if (kind === 'room') return drawing.rooms.find(({ roomId }) => roomId === id)?.outline ?? [];
  if (kind === 'camera') {
    const camera = drawing.cameras.find(({ cameraId }) => cameraId === id);
    return camera ? [camera.at, camera.towards] : [];
  }
  if (kind === 'door') {
    const door = drawing.doors.find((one) => one.id === id);
    return door ? [door.from, door.to] : [];
  }
  const point = drawing.assemblyPoints.find((one) => one.id === id);
  return point ? [point.at] : [];
}

/** With other points for a thing, be it drawn already or not. A door that is new is a door, no exit. */
export function withPoints(
  drawing: PlanDrawing,
  mark: Mark,
  points: readonly NormPoint[],
): PlanDrawing {
  const { kind, id } = mark;
  const [first, second] = points;
  if (!first) return drawing;
  if (kind === 'room')
    return {
      ...drawing,
      rooms: put(drawing.rooms, { roomId: id, outline: [...points] }, 'roomId'),
    };
  if (kind === 'assembly')
    return { ...drawing, assemblyPoints: put(drawing.assemblyPoints, { id, at: first }, 'id') };
  if (!second) return drawing;
  if (kind === 'camera') {
    const camera = { cameraId: id, at: first, towards: second };
    return { ...drawing, cameras: put(drawing.cameras, camera, 'cameraId') };
  }
  const known = drawing.doors.find((one) => one.id === id);
  const door = { id, kind: known?.kind ?? 'door', from: first, to: second };
  return { ...drawing, doors: put(drawing.doors, door, 'id') };
}

/** In its place where it was, else at the end. */
function put<K extends string, T extends Record<K, string>>(
  things: readonly T[],
  thing: T,
  key: K,
): T[] {
  const at = things.findIndex((one) => one[key] === thing[key]);
  return at === -1 ? [...things, thing] : things.with(at, thing);
}

/** Whether a door leads out of the building. */
export const withDoorKind = (
  drawing: PlanDrawing,
  id: string,
  kind: 'door' | 'exit',
): PlanDrawing => ({
  ...drawing,
  doors: drawing.doors.map((door) => (door.id === id ? { ...door, kind } : door)),
});

/** Without one thing; it can be drawn again. */
export const withoutMark = (drawing: PlanDrawing, { kind, id }: Mark): PlanDrawing => ({
  rooms: drawing.rooms.filter(({ roomId }) => kind !== 'room' || roomId !== id),
  cameras: drawing.cameras.filter(({ cameraId }) => kind !== 'camera' || cameraId !== id),
  doors: drawing.doors.filter((door) => kind !== 'door' || door.id !== id),
  assemblyPoints: drawing.assemblyPoints.filter((point) => kind !== 'assembly' || point.id !== id),
});

/** A first shape near the middle, not on top of another of its kind. */
export function firstPoints({ kind }: Mark, nth: number): readonly NormPoint[] {
  const shift = (nth % 6) * 0.04;
  const [x, y] = [0.35 + shift, 0.35 + shift];
  if (kind === 'assembly') return [[x, y]];
  if (kind === 'camera')
    return [
      [x, y],
      [x + 0.12, y + 0.08],
    ];
  if (kind === 'door')
    return [
      [x, y],
      [x + 0.06, y],
    ];
  return rectangle([x, y], [x + 0.2, y + 0.2]);
}

/** What is drawn by pulling from one point to another. */
export const pulledPoints = (
  { kind }: Mark,
  from: NormPoint,
  to: NormPoint,
): readonly NormPoint[] => {
  if (kind === 'room') return rectangle(from, to);
  return kind === 'assembly' ? [to] : [from, to];
};

const rectangle = ([x1, y1]: NormPoint, [x2, y2]: NormPoint): NormPoint[] => [
  [x1, y1],
  [x2, y1],
  [x2, y2],
  [x1, y2],
];

/** An id that no door of the drawing has. */
export function freshDoorId({ doors }: PlanDrawing): string {
  let n = doors.length + 1;
  while (doors.some(({ id }) => id === `door-${n}`)) n++;
  return `door-${n}`;
}

const kindOf = {
  rooms: 'room',
  cameras: 'camera',
  doors: 'door',
  assemblyPoints: 'assembly',
} as const;

/** Things that cannot be stored as they are drawn. */
export function wrongMarks(drawing: PlanDrawing): Mark[] {
  const parsed = FloorChange.shape.drawing.safeParse(drawing);
  const marks = parsed.success
    ? []
    : parsed.error.issues.flatMap(({ path: [list, index] }) => markAt(drawing, list, index));
  return marks.filter((mark, i) => marks.findIndex((one) => isSameMark(one, mark)) === i);
}

function markAt(drawing: PlanDrawing, list: unknown, index: unknown): Mark[] {
  if (typeof index !== 'number' || typeof list !== 'string' || !(list in kindOf)) return [];
  const name = list as keyof typeof kindOf;
  const ids = {
    rooms: drawing.rooms[index]?.roomId,
    cameras: drawing.cameras[index]?.cameraId,
    doors: drawing.doors[index]?.id,
    assemblyPoints: drawing.assemblyPoints[index]?.id,
  };
  const id = ids[name];
  return id === undefined ? [] : [{ kind: kindOf[name], id }];
}
