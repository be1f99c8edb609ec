import * as z from 'zod';
import { Id } from './ids.ts';
import { isSimplePolygon, polygonArea } from './polygon.ts';
import { NormPoint } from './vision.ts';

/** Largest picture of a plan, in bytes as it is uploaded. */
export const PLAN_BYTES = 8 * 1_048_576;

/** The picture of a plan on its way. PNG or SVG; what could act or load anything is taken out of it. */
export const PlanPicture = z.object({
  mediaType: z.enum(['image/png', 'image/svg+xml']),
  base64: z
    .base64()
    .min(1)
    .max(Math.ceil((PLAN_BYTES * 4) / 3) + 4, 'the plan is larger than 8 MiB'),
});
export type PlanPicture = z.infer<typeof PlanPicture>;

/** Least area of a room, as a share of the plan. */
const LEAST_ROOM = 0.0001;
/** Least length of a door or of a camera's view, in plan widths or heights. */
const LEAST_LENGTH = 0.004;

const areApart = (a: NormPoint, b: NormPoint): boolean =>
  Math.hypot(b[0] - a[0], b[1] - a[1]) >= LEAST_LENGTH;

/** Where a room lies on the plan. Points are 0..1 of the plan's picture, also below. */
export const DrawnRoom = z.object({
  roomId: Id,
  outline: z
    .array(NormPoint)
    .min(3, 'a room needs three corners or more')
    .max(60)
    .refine((points) => isSimplePolygon(points), 'the walls of a room must not cross each other')
    .refine((points) => polygonArea(points) >= LEAST_ROOM, 'the room is too small to be seen'),
});
export type DrawnRoom = z.infer<typeof DrawnRoom>;

/** Where a camera hangs, and a point in the middle of what it sees. */
export const DrawnCamera = z
  .object({ cameraId: Id, at: NormPoint, towards: NormPoint })
  .refine(({ at, towards }) => areApart(at, towards), {
    path: ['towards'],
    message: 'a camera must look away from where it hangs',
  });
export type DrawnCamera = z.infer<typeof DrawnCamera>;

/** The opening of a door. `exit` leads out of the building. */
export const DrawnDoor = z
  .object({ id: Id, kind: z.enum(['door', 'exit']), from: NormPoint, to: NormPoint })
  .refine(({ from, to }) => areApart(from, to), {
    path: ['to'],
    message: 'the sides of a door must lie further apart',
  });
export type DrawnDoor = z.infer<typeof DrawnDoor>;

const eachOnce = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** Everything that is drawn on the plan of one floor. */
export const PlanDrawing = z.object({
  rooms: z
    .array(DrawnRoom)
    .max(300)
    .refine((all) => eachOnce(all.map(({ roomId }) => roomId)), 'a room is drawn twice')
    .default([]),
  cameras: z
    .array(DrawnCamera)
    .max(500)
    .refine((all) => eachOnce(all.map(({ cameraId }) => cameraId)), 'a camera is drawn twice')
    .default([]),
  doors: z
    .array(DrawnDoor)
    .max(500)
    .refine((all) => eachOnce(all.map(({ id }) => id)), 'a door is there twice')
    .default([]),
  assemblyPoints: z
    .array(z.object({ id: Id, at: NormPoint }))
    .max(20)
    .refine((all) => eachOnce(all.map(({ id }) => id)), 'an assembly point is drawn twice')
    .default([]),
});
export type PlanDrawing = z.infer<typeof PlanDrawing>;

/** On which nothing is drawn yet. */
export const NO_DRAWING: PlanDrawing = { rooms: [], cameras: [], doors: [], assemblyPoints: [] };

/** A storey of a building. Rooms name it by `name`, which is unique within the building. */
export const Floor = z.object({
  id: Id,
  buildingId: Id,
  name: z.string().min(1).max(40),
  level: z.int().min(-20).max(200).describe('0: ground floor; below zero: underground'),
});
export type Floor = z.infer<typeof Floor>;

/** A floor as it is written in. */
export const NewFloor = Floor.extend({
  plan: PlanPicture.nullable().optional().describe('Absent: the plan stays; null: it is removed'),
  drawing: PlanDrawing.optional().describe('Absent: what is drawn stays'),
});
export type NewFloor = z.infer<typeof NewFloor>;

/** Body of `PUT /api/v1/floors/{id}`: everything about a floor in one go; all of it is taken, or nothing. */
export const FloorChange = NewFloor.pick({ plan: true }).extend({
  name: Floor.shape.name,
  level: Floor.shape.level,
  drawing: PlanDrawing,
  revision: z.int().nonnegative().describe('Of the floor as it was when the change was begun'),
});
export type FloorChange = z.infer<typeof FloorChange>;

/** A floor as it is. The picture itself is at `GET /api/v1/floors/{id}/plan`. */
export const FloorView = Floor.extend({
  drawing: PlanDrawing,
  plan: z
    .object({
      width: z.number().positive(),
      height: z.number().positive(),
      digest: z.string().describe('Changes with the picture'),
    })
    .nullable()
    .describe('Size of the picture in its own units; null: no plan yet'),
  revision: z.int().nonnegative().describe('Grows with every change'),
});
export type FloorView = z.infer<typeof FloorView>;

/** Where people gather outside. */
export const AssemblyPoint = z.object({
  id: Id,
  buildingId: Id,
  name: z.string().min(1).max(80),
  place: z.string().max(200).default(''),
});
export type AssemblyPoint = z.infer<typeof AssemblyPoint>;

/**
 * Somebody with a task in an evacuation: `guide` (guide-file) leads people out, `sweeper` (serre-file) closes the march and
 * checks every room. A deputy has the places of whom they stand in for besides their own. Source: Code du travail, R4227-38.
 */
export const Warden = z.object({
  id: Id,
  buildingId: Id,
  name: z.string().min(1).max(80),
  role: z.enum(['guide', 'sweeper']),
  username: z.string().max(64).nullable().default(null).describe('Account; null: without one'),
  phone: z.string().max(40).default('').describe('Empty: none, or not for whoever asked'),
  deputyOf: Id.nullable().default(null).describe('Warden whose deputy this is; null: nobody’s'),
  floors: z.array(Id).max(50).default([]).describe('Ids of whole floors'),
  rooms: z.array(Id).max(300).default([]).describe('Ids of further rooms'),
});
export type Warden = z.infer<typeof Warden>;

/** `GET /api/v1/evacuation-plan`: floors from the lowest up, then who and where. */
export const EvacuationPlan = z.object({
  floors: z.array(FloorView),
  assemblyPoints: z.array(AssemblyPoint),
  wardens: z.array(Warden),
});
export type EvacuationPlan = z.infer<typeof EvacuationPlan>;

/**
 * `GET /api/v1/incidents/{id}/plan`, and `/api/v1/board-by-link/plan` by the link to a board: the floors of the building
 * that is evacuated, from the lowest up.
 */
export const BoardPlan = EvacuationPlan.pick({ floors: true, assemblyPoints: true });
export type BoardPlan = z.infer<typeof BoardPlan>;
