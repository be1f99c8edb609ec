import * as z from 'zod';
import { Instant } from './time.ts';
import { Sha256, WorkerModel } from './vision.ts';

/** Largest file of weights that is taken by the browser, in bytes: the largest YOLOv8 in 32 bits fits. */
export const MODEL_BYTES = 300 * 1_048_576;

/** File name of weights that are taken. */
export const ModelName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.onnx$/, 'letters, digits, . _ - and then .onnx');
export type ModelName = z.infer<typeof ModelName>;

/**
 * What the hash of a file tells: `known`, `renamed` (known under another name), `other` (not the file that is known by this
 * name), `unknown`.
 */
export const ModelStanding = z.enum(['known', 'renamed', 'other', 'unknown']);
export type ModelStanding = z.infer<typeof ModelStanding>;

/** What a file of weights says of itself, without being run. */
export const ModelFacts = z.object({
  name: z.string(),
  sha256: Sha256,
  bytes: z.int().nonnegative(),
  head: z
    .enum(['yolov8', 'end-to-end', 'yolox'])
    .nullable()
    .describe('Family of its output; null: its shapes do not tell before it runs'),
  input: z
    .object({ width: z.int().positive(), height: z.int().positive() })
    .nullable()
    .describe('Pixels; null: any'),
  isQuantised: z.boolean().describe('8-bit weights'),
  standing: ModelStanding,
  licence: z.string().nullable().describe('null: not known'),
});
export type ModelFacts = z.infer<typeof ModelFacts>;

/** Weights in one of the server's model folders. */
export const InstalledModel = ModelFacts.extend({
  isOwn: z.boolean().describe('In the folder that Vigie keeps itself; others are removed by hand'),
});
export type InstalledModel = z.infer<typeof InstalledModel>;

/** Weights that came and wait for a person to trust them. */
export const WaitingModel = ModelFacts.extend({ id: z.string(), by: z.string(), at: Instant });
export type WaitingModel = z.infer<typeof WaitingModel>;

/** Answer to `PUT /api/v1/models/{name}`. */
export const ModelReceipt = z.discriminatedUnion('is', [
  z.object({ is: z.literal('installed'), model: InstalledModel }),
  z.object({ is: z.literal('waiting'), model: WaitingModel }),
]);
export type ModelReceipt = z.infer<typeof ModelReceipt>;

/** Body of `POST /api/v1/model-uploads/{id}/trust`: the hash that the person compared. */
export const ModelTrust = z.object({ sha256: Sha256 });
export type ModelTrust = z.infer<typeof ModelTrust>;

/** A worker that is there, and the weights that it has. */
export const ModelWorker = z.object({
  id: z.string(),
  capacityFps: z.number().nonnegative(),
  models: z.array(WorkerModel),
});
export type ModelWorker = z.infer<typeof ModelWorker>;

/** `GET /api/v1/models`. */
export const ModelsView = z.object({
  installed: z
    .array(InstalledModel)
    .nullable()
    .describe('null: this server has no model folders; each worker has its own'),
  unusable: z.array(z.string()).describe('One sentence for each file that cannot be used'),
  waiting: z.array(WaitingModel),
  workers: z.array(ModelWorker),
});
export type ModelsView = z.infer<typeof ModelsView>;
