import * as z from 'zod';
import { Id } from './ids.ts';
import { Instant } from './time.ts';
import { CameraHealth } from './vision.ts';

/** A measured figure with its 95 % interval; `low` ≤ `value` ≤ `high`. */
export const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof Estimate>;

/**
 * How well one camera counts where it hangs, measured on moments that people labelled. Errors are in people, rates 0..1;
 * a rate is null while no moment with people was labelled.
 */
export const Accuracy = z.object({
  moments: z.int().positive().describe('Moments that were labelled and counted'),
  unknown: z.int().nonnegative().describe('Labelled moments at which the camera gave no count'),
  meanError: Estimate.describe('Mean distance between count and truth'),
  bias: Estimate.describe('Mean of count minus truth; below zero: it misses people'),
  missRate: Estimate.nullable().describe('Share of the people that were not counted'),
  falseEmptyRate: Estimate.nullable().describe('Share of moments with people that counted nobody'),
  inRange: Estimate.describe('Share of moments whose truth lay within the range'),
  until: Instant.describe('The newest moment'),
});
export type Accuracy = z.infer<typeof Accuracy>;

/** People that somebody counted with their own eyes, at a time of the server's clock. */
export const Label = z.object({ at: Instant, people: z.int().min(0).max(500) });
export type Label = z.infer<typeof Label>;

/** Body of `POST /api/v1/cameras/{id}/moments`: all are taken, or none. */
export const NewMoments = z.object({ moments: z.array(Label).min(1).max(200) });
export type NewMoments = z.infer<typeof NewMoments>;

/** A label beside what the camera said at that time. No picture is kept. */
export const Moment = Label.extend({
  id: z.string(),
  count: z.int().nonnegative().nullable(),
  min: z.int().nonnegative().nullable(),
  max: z.int().nonnegative().nullable(),
  health: CameraHealth,
});
export type Moment = z.infer<typeof Moment>;

/** `GET /api/v1/cameras/{id}/commissioning`. */
export const Commissioning = z.object({
  cameraId: Id,
  now: Instant.describe('Time of the server: labels are at times of this clock'),
  accuracy: Accuracy.nullable().describe('null: fewer than 5 moments since the view was confirmed'),
  viewSince: Instant.nullable().describe('When a person last confirmed the view'),
  moments: z.array(Moment).describe('Since then, newest first'),
});
export type Commissioning = z.infer<typeof Commissioning>;
