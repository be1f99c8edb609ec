import * as z from 'zod';
import { CameraLogin, CameraSource, TypedSource } from './camera-address.ts';
import { Id } from './ids.ts';
import { Instant } from './time.ts';
import { CameraHealth, SpaceOccupancy, WatchedSpace } from './vision.ts';

/** Spaces of a camera, each once. */
export const WatchedSpaces = z
  .array(WatchedSpace)
  .max(200)
  .refine(
    (spaces) => new Set(spaces.map(({ spaceId }) => spaceId)).size === spaces.length,
    'a space is drawn twice',
  );
export type WatchedSpaces = z.infer<typeof WatchedSpaces>;

const facts = {
  id: Id,
  name: z.string().min(1).max(80),
  fps: z.number().min(0.1).max(5).default(0.5).describe('Looks per second'),
  staleMs: z
    .int()
    .min(1000)
    .max(60_000)
    .default(15_000)
    .describe('Older than this, all is unknown'),
};

/** A camera in the town's file; the URL is a secret and never comes back. */
export const NewParkingCamera = z.object({
  ...facts,
  source: CameraSource,
  spaces: WatchedSpaces.optional().describe('Absent: those that were drawn before stay'),
});
export type NewParkingCamera = z.infer<typeof NewParkingCamera>;

/** Body of `PUT /api/v1/parking-cameras/{id}`. What is absent stays as it was; of a new camera it is as in `ParkingCamera`. */
export const ParkingCameraChange = z.object({
  name: facts.name,
  fps: facts.fps.unwrap().optional(),
  staleMs: facts.staleMs.unwrap().optional(),
  spaces: WatchedSpaces.optional(),
  source: TypedSource.optional(),
  login: CameraLogin.optional().describe('Absent: as in the address, else as it was'),
});
export type ParkingCameraChange = z.infer<typeof ParkingCameraChange>;

/** A camera that watches parking spaces, and what it says now. */
export const ParkingCamera = z.object({
  ...facts,
  spaces: z.array(WatchedSpace),
  health: CameraHealth.nullable().describe('null: nothing was heard of it lately'),
  heardAt: Instant.nullable(),
  occupancy: z.array(SpaceOccupancy).describe('In the order of the spaces'),
  viewSince: Instant.nullable().describe('When a person confirmed the view; null: never'),
});
export type ParkingCamera = z.infer<typeof ParkingCamera>;
