import * as z from 'zod';
import { Id } from './ids.ts';
import { isSimplePolygon, polygonArea, turnsOf } from './polygon.ts';
import { Instant } from './time.ts';

/** `[x, y, w, h]` in pixels of the original picture, origin top left. */
export const PixelBox = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type PixelBox = z.infer<typeof PixelBox>;

/** `[x, y, w, h]`, each 0..1 of the frame, origin top left. */
export const NormBox = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type NormBox = z.infer<typeof NormBox>;

/** A point in 0..1 of the frame. */
export const NormPoint = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);
export type NormPoint = z.infer<typeof NormPoint>;

/**
 * Health of a camera as its worker sees it. Only `ok` may ever support "seen empty".
 * `lost`: no stream. `late`: newest frame older than the limit. `no-model`: no weights. `starting`: not yet counted.
 * `moved`: it looks elsewhere than before, until the old view is back or a person confirms the new one.
 */
export const CameraHealth = z.enum([
  'ok',
  'starting',
  'lost',
  'late',
  'frozen',
  'covered',
  'dark',
  'blurred',
  'smoke',
  'moved',
  'no-model',
]);
export type CameraHealth = z.infer<typeof CameraHealth>;

/**
 * What hampers a camera whose count stands. `slow`: less than half the looks that were asked for. The others: people are seen
 * in a bad view, so at least they are there; nobody knows how many more, `max` is null.
 */
export const CameraWarning = z.enum(['slow', 'covered', 'dark', 'blurred', 'smoke']);
export type CameraWarning = z.infer<typeof CameraWarning>;

/** One human. `score` 0..1; `track` is a number that is stable while the person is followed. */
export const Person = z.object({
  box: NormBox,
  score: z.number().min(0).max(1),
  track: z.int().optional(),
});
export type Person = z.infer<typeof Person>;

/** `cameras/{id}/headcount`, worker → server, retained. `count` is null unless `health` is `ok`. */
export const Headcount = z
  .object({
    v: z.literal(1),
    at: Instant.describe('Capture time of the newest frame that was counted'),
    count: z.int().nonnegative().nullable(),
    min: z.int().nonnegative().nullable(),
    max: z.int().nonnegative().nullable(),
    boxes: z.array(Person).optional().describe('People seen in that frame who count'),
    health: CameraHealth,
    warnings: z.array(CameraWarning).default([]),
    fps: z.number().nonnegative().describe('Frames counted per second'),
    ageMs: z.number().nonnegative().describe('Age of that frame when this was published'),
    worker: z.string(),
  })
  .refine(({ health, count }) => health === 'ok' || count === null, {
    path: ['count'],
    message: 'a camera that does not see counts nobody: null',
  });
export type Headcount = z.infer<typeof Headcount>;

/** The point of a person's box that says where the person is: `feet` bottom centre, `head` top centre. */
export const Anchor = z.enum(['feet', 'centre', 'head']);
export type Anchor = z.infer<typeof Anchor>;

/** The point of the box that says where the person is, in 0..1 of the frame. */
export function anchorOf([x, y, w, h]: NormBox, anchor: Anchor): [x: number, y: number] {
  const share = { head: 0, centre: 0.5, feet: 1 }[anchor];
  return [x + w / 2, y + h * share];
}

/** Least area of a zone, as a share of the frame. */
const LEAST_ZONE = 0.0005;
/** Least length of a line, in frame widths or heights. */
const LEAST_LINE = 0.02;

/**
 * A part of the picture. People count within any `include` zone, or everywhere where there is none, but for those
 * wholly within one `exclude` zone.
 */
export const CountingZone = z.object({
  id: Id,
  kind: z.enum(['include', 'exclude']),
  points: z
    .array(NormPoint)
    .min(3, 'a zone needs three corners or more')
    .max(40)
    .refine((points) => isSimplePolygon(points), 'the edges of a zone must not cross each other')
    .refine((points) => polygonArea(points) >= LEAST_ZONE, 'the zone is too small to hold anybody'),
});
export type CountingZone = z.infer<typeof CountingZone>;

/**
 * A line across a door. Whoever goes from `from` to `to` in mind has "in" on the right hand, as seen on the picture;
 * "out" leads back.
 */
export const DoorLine = z
  .object({ id: Id, from: NormPoint, to: NormPoint })
  .refine(({ from, to }) => Math.hypot(to[0] - from[0], to[1] - from[1]) >= LEAST_LINE, {
    path: ['to'],
    message: 'the ends of a line must lie further apart',
  });
export type DoorLine = z.infer<typeof DoorLine>;

/** A point of the floor plan in metres, from an origin that all cameras of a room share. */
export const PlanPoint = z.tuple([
  z.number().min(-10_000).max(10_000),
  z.number().min(-10_000).max(10_000),
]);
export type PlanPoint = z.infer<typeof PlanPoint>;

/** Triangles below this are flat: a share of the frame, and square metres on the plan. */
const FLAT = { image: 0.0005, plan: 0.02 };

const areFlat = (points: readonly (readonly [number, number])[], least: number): boolean =>
  turnsOf(points).some((turn) => Math.abs(turn) / 2 < least);

/** A floor that is seen from above keeps the turns of its corners, or mirrors all of them. */
function isSeenFromAbove(points: readonly { image: NormPoint; plan: PlanPoint }[]): boolean {
  const plan = turnsOf(points.map((point) => point.plan));
  const agree = turnsOf(points.map((point) => point.image)).map(
    (turn, i) => Math.sign(turn) === Math.sign(plan[i] ?? 0),
  );
  return agree.every(Boolean) || !agree.some(Boolean);
}

/** Four points of the floor, each on the picture and on the plan: together they place people on the plan. */
export const Calibration = z
  .array(z.object({ image: NormPoint, plan: PlanPoint }))
  .length(4, 'a calibration needs exactly four points')
  .refine(
    (points) =>
      !areFlat(
        points.map(({ image }) => image),
        FLAT.image,
      ),
    'three of the four points lie on one line of the picture; choose the corners of a large rectangle on the floor',
  )
  .refine(
    (points) =>
      !areFlat(
        points.map(({ plan }) => plan),
        FLAT.plan,
      ),
    'three of the four points lie on one line of the plan; choose the corners of a large rectangle on the floor',
  )
  .refine(isSeenFromAbove, 'the points of picture and plan do not match: check their order');
export type Calibration = z.infer<typeof Calibration>;

const areUnique = (things: readonly { id: string }[]): boolean =>
  new Set(things.map(({ id }) => id)).size === things.length;

/** What is drawn on the picture of a camera, all in 0..1 of the frame; body of `PUT /api/v1/cameras/{id}/markings`. */
export const Markings = z.object({
  anchor: Anchor.default('feet'),
  zones: z.array(CountingZone).max(20).refine(areUnique, 'two zones have the same id').default([]),
  lines: z.array(DoorLine).max(8).refine(areUnique, 'two lines have the same id').default([]),
  calibration: Calibration.nullable().default(null),
});
export type Markings = z.infer<typeof Markings>;

/** A camera on whose picture nothing is drawn. */
export const NO_MARKINGS: Markings = { anchor: 'feet', zones: [], lines: [], calibration: null };

/** `cameras/{id}/crossings`, worker → server, QoS 1: somebody went through a door. */
export const Crossing = z.object({
  v: z.literal(1),
  id: z.uuid().describe('Of this crossing; a message that comes twice counts once'),
  lineId: Id,
  direction: z.enum(['in', 'out']),
  at: Instant.describe('When the line was passed, between two looks'),
  track: z.int().describe('Number of the person while followed on this camera'),
});
export type Crossing = z.infer<typeof Crossing>;
/** Least area of a polygon, in shares of the frame: whoever draws less drew by accident. */
const LEAST_AREA = 1e-5;

/** Area within a polygon that does not cross itself, 0..1 of the frame. Source: Meister's shoelace formula. */
function areaWithin(polygon: readonly NormPoint[]): number {
  let doubled = 0;
  for (const [i, [x, y]] of polygon.entries()) {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length] as NormPoint;
    doubled += x * nextY - nextX * y;
  }
  return Math.abs(doubled) / 2;
}

/** A place on a camera's picture: its corners in their order, the last joins the first. */
export const NormPolygon = z
  .array(NormPoint)
  .min(3)
  .max(16)
  .refine((polygon) => areaWithin(polygon) >= LEAST_AREA, 'the outline encloses nothing');
export type NormPolygon = z.infer<typeof NormPolygon>;

/** A parking space as a camera sees it. */
export const WatchedSpace = z.object({ spaceId: Id, polygon: NormPolygon });
export type WatchedSpace = z.infer<typeof WatchedSpace>;

/** The camera tells which parking spaces are taken, and counts nobody. */
export const ParkingTask = z.object({
  kind: z.literal('parking'),
  spaces: z.array(WatchedSpace).max(200),
});
export type ParkingTask = z.infer<typeof ParkingTask>;

/** `cameras/{id}/config`, server → workers, retained; an empty payload removes the camera. */
export const CameraConfig = z.object({
  v: z.literal(1),
  source: z.string().describe('Sealed URL, see `seal.ts`; only workers can open it'),
  profile: z.enum(['quick', 'standard', 'crowded']).default('standard'),
  fps: z.number().positive().max(30).default(5).describe('Frames to count per second'),
  alarmFps: z
    .number()
    .positive()
    .max(30)
    .optional()
    .describe('The same while an incident goes on where the camera stands; absent: none does'),
  isWithheld: z
    .boolean()
    .optional()
    .describe('true: no picture leaves the worker, whoever asks; it counts alone'),
  staleMs: z.int().positive().default(3000).describe('Older than this, a count is unknown'),
  markings: Markings.default(NO_MARKINGS),
  viewSince: Instant.nullable()
    .default(null)
    .describe('When a person confirmed the view; a change makes the worker learn the scene anew'),
  task: ParkingTask.optional().describe('What it is looked at for; absent: people are counted'),
});
export type CameraConfig = z.infer<typeof CameraConfig>;

/** Frames to count per second now. An incident never slows a camera down. */
export const wantedFps = ({ fps, alarmFps = 0 }: Pick<CameraConfig, 'fps' | 'alarmFps'>): number =>
  Math.max(fps, alarmFps);

/**
 * One space in an `Occupancy`. `occupied` null: unknown. `score` 0..1: how much of the space and of the vehicle that fits it
 * best is shared by both; from 0.2 on a look calls it taken.
 */
export const SpaceOccupancy = z.object({
  spaceId: Id,
  occupied: z.boolean().nullable(),
  score: z.number().min(0).max(1),
  since: Instant.nullable().describe('The first look that said so; null: unknown'),
  seenAt: Instant.nullable().describe('The newest look that said so; null: unknown'),
});
export type SpaceOccupancy = z.infer<typeof SpaceOccupancy>;

/**
 * `cameras/{id}/occupancy`, worker → server, of a camera that watches parking spaces; at every change and every minute. Every
 * space is unknown unless `health` is `ok`.
 */
export const Occupancy = z
  .object({
    v: z.literal(1),
    at: Instant.describe('Capture time of the newest frame that was looked at'),
    health: CameraHealth,
    spaces: z.array(SpaceOccupancy).max(200),
    fps: z.number().nonnegative().describe('Frames looked at per second'),
    ageMs: z.number().nonnegative().describe('Age of that frame when this was published'),
    worker: z.string(),
  })
  .refine(
    ({ health, spaces }) => health === 'ok' || spaces.every(({ occupied }) => occupied === null),
    { path: ['spaces'], message: 'a camera that does not see calls no space free or taken: null' },
  );
export type Occupancy = z.infer<typeof Occupancy>;

/** `cameras/{id}/watch`, server → worker: send frames until `until`. `private` pixelates people at the worker. */
export const WatchMode = z.enum(['private', 'clear']);
export type WatchMode = z.infer<typeof WatchMode>;
export const Watch = z.object({ mode: WatchMode, until: Instant });
export type Watch = z.infer<typeof Watch>;

/** What weights are for: a profile of counting, or parking spaces. */
export const ModelUse = z.enum(['quick', 'standard', 'crowded', 'parking']);
export type ModelUse = z.infer<typeof ModelUse>;

/** SHA-256 of a file, hexadecimal, small letters. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');
export type Sha256 = z.infer<typeof Sha256>;

/** Weights that a worker has. */
export const WorkerModel = z.object({
  name: z.string().max(200),
  sha256: Sha256,
  msPerLook: z
    .number()
    .positive()
    .describe('Milliseconds of one core for a look there; measured with weights of its kind'),
  isMeasured: z.boolean().describe('false: nothing of its kind could be run there, an estimate'),
  uses: z.array(ModelUse).describe('What it is chosen for with pictures of 16:9'),
});
export type WorkerModel = z.infer<typeof WorkerModel>;

/** `vision/{worker}/status`, will, retained. */
export const WorkerStatus = z.object({
  online: z.boolean(),
  cameras: z.array(Id).default([]),
  capacityFps: z
    .number()
    .nonnegative()
    .default(0)
    .describe('Frames per second it could count in all'),
  model: z.string().nullable().default(null).describe('File name of the weights; null: none found'),
  models: z.array(WorkerModel).max(100).default([]).describe('All weights found'),
});
export type WorkerStatus = z.infer<typeof WorkerStatus>;

/** Header of a `cameras/{id}/frame` message: the boxes belong to exactly this picture. */
export const FrameHeader = z.object({
  at: Instant,
  width: z.int().positive(),
  height: z.int().positive(),
  mode: WatchMode,
  count: z.int().nonnegative().nullable(),
  people: z.array(Person),
});
export type FrameHeader = z.infer<typeof FrameHeader>;

/** Wire form of a frame: uint32 big-endian header length, JSON header in UTF-8, JPEG. */
export function encodeFrame(header: FrameHeader, jpeg: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const out = new Uint8Array(4 + head.length + jpeg.length);
  new DataView(out.buffer).setUint32(0, head.length);
  out.set(head, 4);
  out.set(jpeg, 4 + head.length);
  return out;
}

/**
 * Reads what `encodeFrame` wrote; the JPEG is a view on the same memory.
 * @throws RangeError when the message is shorter than it says; SyntaxError when the header is no JSON; ZodError when it
 * is no header of a frame.
 */
export function decodeFrame(message: Uint8Array): { header: FrameHeader; jpeg: Uint8Array } {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const length = view.getUint32(0);
  if (4 + length > message.byteLength)
    throw new RangeError('frame header is longer than the message');
  const head = new TextDecoder().decode(message.subarray(4, 4 + length));
  return { header: FrameHeader.parse(JSON.parse(head)), jpeg: message.subarray(4 + length) };
}

/** A picture that a browser films. `ageMs`: its age when the server handed it on, at most. */
export interface FedPicture {
  readonly ageMs: number;
  readonly jpeg: Uint8Array;
}

/** Wire form of a picture that a browser films: uint32 big-endian age in milliseconds, JPEG. */
export function encodeFedPicture({ ageMs, jpeg }: FedPicture): Uint8Array {
  const out = new Uint8Array(4 + jpeg.length);
  new DataView(out.buffer).setUint32(0, ageMs);
  out.set(jpeg, 4);
  return out;
}

/** Reads what `encodeFedPicture` wrote; the JPEG is a view on the same memory. @throws RangeError when it is too short. */
export function decodeFedPicture(message: Uint8Array): FedPicture {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  return { ageMs: view.getUint32(0), jpeg: message.subarray(4) };
}

/**
 * One line of `vigie detect --json`. `t` in seconds from the start; `count`: the detections of this frame; `ms` are
 * milliseconds spent.
 */
export const DetectLine = z.object({
  source: z.string(),
  frame: z.int().nonnegative(),
  t: z.number().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  count: z.int().nonnegative(),
  detections: z.array(z.object({ box: PixelBox, score: z.number(), track: z.int().optional() })),
  headcount: z
    .object({
      count: z.int().nonnegative(),
      min: z.int().nonnegative(),
      max: z.int().nonnegative(),
    })
    .nullable()
    .optional()
    .describe('As a camera would publish it; null: too early to say; absent with --conf or --iou'),
  ms: z.object({
    decode: z.number(),
    prepare: z.number(),
    infer: z.number(),
    post: z.number(),
  }),
});
export type DetectLine = z.infer<typeof DetectLine>;
