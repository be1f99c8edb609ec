import * as z from 'zod';
import { CameraLogin, TypedSource } from './camera-address.ts';
import { Id } from './ids.ts';

/** Body of `POST /api/v1/camera-enquiries`: a worker looks where cameras are, for the server may not reach them. */
export const NewCameraEnquiry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('try'),
    cameraId: Id.optional().describe('A camera that is there: what is absent is as it is of it'),
    source: TypedSource.optional(),
    login: CameraLogin.optional(),
    roomId: Id.optional().describe('Where the camera is to stand'),
  }),
  z.object({ kind: z.literal('discover') }),
  z.object({
    kind: z.literal('streams'),
    service: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .describe('Device service of ONVIF'),
    login: CameraLogin.optional(),
  }),
]);
export type NewCameraEnquiry = z.infer<typeof NewCameraEnquiry>;

const asked = { v: z.literal(1), id: z.uuid() };

/** `vision/{worker}/enquiry`, server → worker. Addresses are sealed, see `seal.ts`. */
export const WorkerEnquiry = z.discriminatedUnion('kind', [
  z.object({
    ...asked,
    kind: z.literal('try'),
    source: z.string(),
    isWithheld: z
      .boolean()
      .optional()
      .describe('Pictures of it are kept for incidents: none is made'),
  }),
  z.object({ ...asked, kind: z.literal('discover') }),
  z.object({ ...asked, kind: z.literal('streams'), service: z.string() }),
]);
export type WorkerEnquiry = z.infer<typeof WorkerEnquiry>;

/**
 * Why an enquiry brought nothing. `forbidden`: the address leads where no camera is looked for; `silent`: nobody answers in
 * time; `login`: name or password are wrong or missing; `path`: there is a camera, but nothing at this path; `elsewhere`: it
 * sends elsewhere; `codec`: the picture cannot be decoded; `not-onvif`: no device service of ONVIF is there; `no-worker`: no
 * vision worker takes it; `busy`: the worker is on too many enquiries; `unreadable`: anything else.
 */
export const EnquiryTrouble = z.enum([
  'forbidden',
  'name-unknown',
  'refused',
  'silent',
  'login',
  'path',
  'elsewhere',
  'no-video',
  'codec',
  'not-onvif',
  'no-worker',
  'busy',
  'unreadable',
]);
export type EnquiryTrouble = z.infer<typeof EnquiryTrouble>;

/** What a camera sends, with one coarse picture of it that shows no face. `fps` null: a still picture, or too slow to say. */
export const CameraTrial = z.object({
  codec: z.string().describe('As FFmpeg calls it: h264, hevc, mjpeg, …'),
  width: z.int().positive(),
  height: z.int().positive(),
  fps: z.number().positive().nullable(),
  jpeg: z
    .string()
    .max(200_000)
    .nullable()
    .describe('Base64; lives in memory only. null: pictures are kept for incidents'),
});
export type CameraTrial = z.infer<typeof CameraTrial>;

/** A camera that answered on the network of a worker. `isForbidden`: it may not be spoken to, see `VIGIE_CAMERA_ALLOW`. */
export const FoundDevice = z.object({
  service: z.url().describe('Its device service of ONVIF'),
  host: z.string(),
  name: z.string().describe('Empty: it does not say'),
  hardware: z.string().describe('Empty: it does not say'),
  isForbidden: z.boolean(),
});
export type FoundDevice = z.infer<typeof FoundDevice>;

/** One of the streams of a camera. `source` null: `trouble` says why it may not be opened. */
export const DeviceStream = z.object({
  name: z.string(),
  codec: z.string().describe('As the camera calls it; empty: it does not say'),
  width: z.int().nonnegative(),
  height: z.int().nonnegative(),
  fps: z.number().nonnegative(),
  shown: z.string().describe('Its address, without login and query'),
  source: z.string().nullable().describe('sealed:, with the login'),
  snapshot: z.string().nullable().describe('sealed:, of single pictures by HTTP; null: none'),
  trouble: EnquiryTrouble.nullable(),
});
export type DeviceStream = z.infer<typeof DeviceStream>;

/** Who made a camera, by its own word. */
export const DeviceMake = z.object({
  maker: z.string(),
  model: z.string(),
  firmware: z.string(),
});
export type DeviceMake = z.infer<typeof DeviceMake>;

const outcome = {
  step: z.enum(['asked', 'connecting', 'reading', 'done']),
  trouble: EnquiryTrouble.nullable(),
  trial: CameraTrial.nullable(),
  make: DeviceMake.nullable(),
  streams: z.array(DeviceStream).max(64),
};

/** `vision/{worker}/answer`, worker → server: what it knows so far; the last one is `done`. */
export const WorkerAnswer = z.object({
  ...asked,
  ...outcome,
  found: z.array(FoundDevice).max(256),
});
export type WorkerAnswer = z.infer<typeof WorkerAnswer>;

/** `GET /api/v1/camera-enquiries/{id}`: how far it is. Kept for minutes, in memory only. */
export const CameraEnquiry = z.object({
  id: z.uuid(),
  ...outcome,
  found: z
    .array(FoundDevice.extend({ cameraIds: z.array(Id).describe('Ours at the same host') }))
    .max(2048),
});
export type CameraEnquiry = z.infer<typeof CameraEnquiry>;
