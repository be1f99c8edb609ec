import * as z from 'zod';
import { CameraLogin, CameraSource, TypedSource } from './camera-address.ts';
import { Accuracy } from './commissioning.ts';
import { Id } from './ids.ts';
import { AssembledPeople, AssemblyTally, Sweep } from './sweeps.ts';
import { Instant } from './time.ts';
import { CameraWarning, Markings, NO_MARKINGS, WatchMode } from './vision.ts';

/** Nature of an incident. To the outside a drill says `Exercise`, a test `Test`: neither is a call for help. */
export const IncidentKind = z.enum(['fire', 'drill', 'test']);
export type IncidentKind = z.infer<typeof IncidentKind>;

/**
 * State of a room. `people`: somebody is seen, or was seen to come in and not to leave. `empty`: every camera of the room has seen nobody for the
 * settling time. `unknown`: anything else, `reason` says why; never shown as zero.
 */
export const RoomStateName = z.enum(['people', 'empty', 'unknown']);
export type RoomStateName = z.infer<typeof RoomStateName>;

/**
 * Why nothing is known. `doors-only`: by its doors nobody is inside, but nobody looked. `doors-drift`: people left who
 * never came. `doors-unwatched`: somebody may have passed unseen. `doors-disagree`: cameras see nobody, but somebody came
 * in and did not leave.
 */
export const UnknownReason = z.enum([
  'no-camera',
  'no-headcount-yet',
  'camera-lost',
  'camera-late',
  'camera-blind',
  'camera-smoke',
  'camera-moved',
  'no-model',
  'settling',
  'doors-unwatched',
  'doors-drift',
  'doors-only',
  'doors-disagree',
]);
export type UnknownReason = z.infer<typeof UnknownReason>;

/** What one camera contributes to its room. */
export const RoomSource = z.object({
  cameraId: Id,
  health: z.string(),
  warnings: z
    .array(CameraWarning)
    .default([])
    .describe('What hampers it although its count stands'),
  count: z.int().nonnegative().nullable(),
  at: Instant.nullable(),
});
export type RoomSource = z.infer<typeof RoomSource>;

/**
 * People of a room by the crossings at its doors since it was last known to be empty. `drift`: by how many `inside` may be
 * wrong either way; it grows with every crossing.
 */
export const DoorCount = z.object({
  in: z.int().nonnegative(),
  out: z.int().nonnegative(),
  inside: z.int().nonnegative(),
  drift: z.int().nonnegative(),
  unexplained: z
    .int()
    .nonnegative()
    .describe('So many left a room in which nobody was known to be: their coming was missed'),
  knownEmptyAt: Instant.nullable().describe('null: never, so the number says nothing'),
  isWatched: z.boolean().describe('false: since then a door was not seen for a while'),
});
export type DoorCount = z.infer<typeof DoorCount>;

/** `rooms/{id}/state`, server → anyone, retained; also the `room` live event. */
export const RoomState = z
  .object({
    v: z.literal(1),
    roomId: Id,
    state: RoomStateName,
    reason: UnknownReason.nullable(),
    count: z.int().nonnegative().nullable().describe('null whenever the state is unknown'),
    min: z.int().nonnegative().nullable(),
    max: z.int().nonnegative().nullable(),
    since: Instant.describe('When this state began'),
    at: Instant.nullable().describe('Newest look that supports it'),
    lastSeenAt: Instant.nullable().describe('When somebody was last seen'),
    sources: z.array(RoomSource),
    doors: DoorCount.optional().describe('Where a camera watches a door of the room'),
  })
  .refine(({ state, count }) => (state === 'unknown') === (count === null), {
    path: ['count'],
    message: 'an unknown room has no count, any other has one',
  });
export type RoomState = z.infer<typeof RoomState>;

export const Camera = z.object({
  id: Id,
  roomId: Id,
  name: z.string().min(1).max(80),
  profile: z.enum(['quick', 'standard', 'crowded']).default('standard'),
  fps: z.number().positive().max(30).default(5),
  staleMs: z.int().min(500).max(60_000).default(3000),
  watches: z
    .enum(['room', 'door'])
    .default('room')
    .describe('door: only those who cross its lines count, in a room that may not be filmed'),
  markings: Markings.default(NO_MARKINGS),
});
export type Camera = z.infer<typeof Camera>;

/** A camera as it is written in; the URL is a secret and never comes back. */
export const NewCamera = Camera.extend({
  source: CameraSource.describe(
    'rtsp, rtsps, http, https; browser: for a telephone or laptop; file for tests and the demo; sealed: as this town exported it',
  ),
  watches: Camera.shape.watches.unwrap().optional().describe('Absent: as it was, else room'),
  markings: Markings.optional().describe('Absent: what is drawn on the picture stays'),
});
export type NewCamera = z.infer<typeof NewCamera>;

/** Body of `PUT /api/v1/cameras/{id}`. What is absent stays as it was; of a new camera it is as in `Camera`. */
export const CameraChange = z.object({
  name: Camera.shape.name,
  roomId: Camera.shape.roomId,
  profile: Camera.shape.profile.unwrap().optional(),
  fps: Camera.shape.fps.unwrap().optional(),
  staleMs: Camera.shape.staleMs.unwrap().optional(),
  watches: Camera.shape.watches.unwrap().optional(),
  source: TypedSource.optional(),
  login: CameraLogin.optional().describe('Absent: as in the address, else as it was'),
});
export type CameraChange = z.infer<typeof CameraChange>;

/** Body of `POST /api/v1/rooms/{id}/browser-cameras`: a telephone or laptop becomes a camera of the room. */
export const NewBrowserCamera = Camera.pick({ name: true });
export type NewBrowserCamera = z.infer<typeof NewBrowserCamera>;

/** The link by which a browser becomes a camera; its token is shown this once. */
export const CameraLink = z.object({
  cameraId: Id,
  token: z.string(),
  path: z.string().describe('Page to open on the telephone'),
  until: Instant.describe('Then the link opens nothing any more'),
});
export type CameraLink = z.infer<typeof CameraLink>;

/** `GET /api/v1/camera-feed/about`: what a browser films by its link. */
export const CameraFeedView = z.object({
  camera: z.string(),
  room: z.string(),
  building: z.string(),
  until: Instant,
});
export type CameraFeedView = z.infer<typeof CameraFeedView>;

/** What whoever leads people out of a room must know; either text may be empty. */
export const Instructions = z.object({
  fr: z.string().max(1000).default(''),
  en: z.string().max(1000).default(''),
});
export type Instructions = z.infer<typeof Instructions>;

export const Room = z.object({
  id: Id,
  buildingId: Id,
  name: z.string().min(1).max(80),
  floor: z.string().max(40).default('').describe('Name of a floor of its building; empty: none'),
  capacity: z.int().positive().nullable().default(null),
  emptyDailyAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullish()
    .describe('Hour of the town at which nobody is inside; the count at the doors begins anew'),
  use: z.string().max(80).nullish().describe('What the room is for, in the town’s words'),
  isFilmFree: z.boolean().nullish().describe('true: no camera may look into it, only at its doors'),
  instructions: Instructions.nullish(),
  assemblyPointId: Id.nullish().describe(
    'It is no room but the place of this assembly point: whoever is seen there is outside',
  ),
});
export type Room = z.infer<typeof Room>;

export const Building = z.object({
  id: Id,
  name: z.string().min(1).max(120),
  address: z.string().max(200).default(''),
});
export type Building = z.infer<typeof Building>;

/** `GET /api/v1/rooms/{id}`: a room, its cameras and its state now. */
export const RoomView = Room.extend({
  cameras: z.array(
    Camera.extend({ accuracy: Accuracy.nullable().describe('null: not measured yet') }),
  ),
  live: RoomState,
});
export type RoomView = z.infer<typeof RoomView>;

/** `GET /api/v1/buildings`. */
export const BuildingView = Building.extend({
  rooms: z.array(RoomView),
  activeIncidentId: z.string().nullable(),
});
export type BuildingView = z.infer<typeof BuildingView>;

/** `buildings/{id}/alarm`, panel → server, QoS 1. */
export const AlarmSignal = z.object({
  v: z.literal(1),
  active: z.boolean(),
  kind: IncidentKind.default('fire'),
  at: Instant,
});
export type AlarmSignal = z.infer<typeof AlarmSignal>;

/** Where an alarm came from. `plan`: a planned drill that starts itself. */
export const AlarmOrigin = z.enum(['button', 'webhook', 'mqtt', 'modbus', 'plan']);
export type AlarmOrigin = z.infer<typeof AlarmOrigin>;

/** One of those who sounded an incident; each is listed once, with its first time. `name`: a user, a panel or an input. */
export const AlarmSource = z.object({
  origin: AlarmOrigin,
  name: z.string(),
  kind: IncidentKind,
  at: Instant,
});
export type AlarmSource = z.infer<typeof AlarmSource>;

export const Incident = z.object({
  id: z.string(),
  buildingId: Id,
  buildingName: z.string(),
  kind: IncidentKind,
  origin: AlarmOrigin,
  startedBy: z.string(),
  startedAt: Instant.describe('T0: the counts are frozen here'),
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
  sources: z.array(AlarmSource).default([]).describe('Who sounded it, first first'),
});
export type Incident = z.infer<typeof Incident>;

/** Body of `POST /api/v1/buildings/{id}/incidents`: the button. */
export const NewIncident = z.object({ kind: IncidentKind });
export type NewIncident = z.infer<typeof NewIncident>;

/** Body of `POST /api/v1/incidents/{id}/end`. */
export const EndIncident = z.object({ reason: z.string().min(1).max(500) });
export type EndIncident = z.infer<typeof EndIncident>;

/**
 * What is held of a room during an incident, by cameras and people together. `people`: seen by cameras, or by a warden (`by`).
 * `contradiction`: cameras and wardens say different things, somebody must look again. `swept`: a person answers for it
 * that nobody is inside. `empty`: cameras alone have seen nobody for the settling time. Times are the server's.
 */
export const RoomStanding = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('people'),
    by: z.string().nullable().describe('The warden who saw them; null: cameras alone'),
    min: z.int().positive(),
    max: z.int().positive().nullable(),
    at: Instant.nullable(),
  }),
  z.object({
    kind: z.literal('contradiction'),
    by: z.string().describe('The warden'),
    sweptAt: Instant,
    said: z.enum(['clear', 'people']),
    seenAt: Instant.describe('When cameras saw somebody after all, or nobody'),
  }),
  z.object({ kind: z.literal('unknown'), reason: UnknownReason }),
  z.object({
    kind: z.literal('swept'),
    by: z.string(),
    at: Instant,
    reason: z.string().nullable().describe('Of an override; null: a sweep'),
  }),
  z.object({ kind: z.literal('empty'), at: Instant.nullable() }),
]);
export type RoomStanding = z.infer<typeof RoomStanding>;

/** One room on the board: frozen at T0 beside live, and what both cameras and wardens make of it. */
export const BoardRoom = z.object({
  room: Room,
  frozen: RoomState,
  live: RoomState,
  standing: RoomStanding,
  sweep: Sweep.nullable().describe('The newest, whatever it found; null: nobody went there'),
  confirmedEmptyAt: Instant.nullable().describe('First moment since T0 at which it was seen empty'),
  cameraIds: z.array(Id),
});
export type BoardRoom = z.infer<typeof BoardRoom>;

/** A camera of the building that does not see now. `health`: why. */
export const BlindCamera = z.object({
  cameraId: Id,
  name: z.string(),
  roomId: Id,
  health: z.string(),
});
export type BlindCamera = z.infer<typeof BlindCamera>;

/**
 * `GET /api/v1/incidents/{id}/board` and the `board` live event. Rooms in order of need, by fact:
 * people (most first), contradiction, unknown, empty, swept; then by name.
 */
export const Board = z.object({
  incident: Incident,
  rooms: z.array(BoardRoom),
  totals: z.object({
    peopleMin: z.int().nonnegative(),
    peopleMax: z
      .int()
      .nonnegative()
      .nullable()
      .describe('null: a room is unknown, no upper limit known'),
    roomsWithPeople: z.int().nonnegative(),
    roomsInContradiction: z.int().nonnegative(),
    roomsUnknown: z.int().nonnegative(),
    roomsSwept: z.int().nonnegative(),
    roomsEmpty: z.int().nonnegative(),
    frozenPeople: z.int().nonnegative(),
    frozenMax: z.int().nonnegative().nullable().describe('null: a room was unknown at T0'),
  }),
  blind: z.array(BlindCamera).describe('In the order of the rooms'),
  assembled: z.array(AssembledPeople).describe('By point, in order of their names'),
  tally: AssemblyTally,
  logDelayedSince: Instant.nullable()
    .default(null)
    .describe('Since when the log waits for the database; it loses nothing. null: it is stored'),
});
export type Board = z.infer<typeof Board>;

/**
 * One appended line of an incident: who, when, what. `what`: `started`, `repeated` (a further alarm joined),
 * `escalated` (its kind became graver), `panel-reset`, `room` (a room's state, count or the health of its cameras
 * changed), `resumed` (the server was restarted meanwhile; nothing was recorded since `recordedUntil`), `standing` (a room
 * came to or from `swept`, `contradiction` or a warden's `people`), `sweep`, `override`, `assembly` (somebody said so),
 * `link-drawn`, `link-opened`, `link-revoked`, `ended`, `observation` (somebody wrote what they saw), `signed` (the report
 * was signed).
 */
export const IncidentLine = z.object({
  at: Instant,
  actor: z.string(),
  what: z.enum([
    'started',
    'repeated',
    'escalated',
    'panel-reset',
    'room',
    'resumed',
    'standing',
    'sweep',
    'override',
    'assembly',
    'link-drawn',
    'link-opened',
    'link-revoked',
    'ended',
    'observation',
    'signed',
  ]),
  data: z.record(z.string(), z.unknown()),
});
export type IncidentLine = z.infer<typeof IncidentLine>;

/**
 * Answer to `POST /api/v1/alarms/{buildingId}`. `known`: this webhook was taken before, nothing happened;
 * `noted`: the panel is back to rest, which ends no incident: people do.
 */
export const AlarmAnswer = z.object({
  outcome: z.enum(['started', 'repeated', 'escalated', 'noted', 'known']),
  incident: Incident.nullable(),
});
export type AlarmAnswer = z.infer<typeof AlarmAnswer>;

/** `GET /api/v1/camera-views`: who watched which camera. `until` null: still watching, or the server was stopped hard. */
export const CameraView = z.object({
  id: z.string(),
  cameraId: Id,
  username: z.string(),
  mode: WatchMode,
  reason: z.string(),
  incidentId: z.string().nullable().describe('The incident that opened the clear view'),
  from: Instant,
  until: Instant.nullable(),
});
export type CameraView = z.infer<typeof CameraView>;

/** Text message of `GET /api/v1/cameras/{id}/live` beside the binary frames (see `decodeFrame`). */
export const LiveNotice = z.object({
  withheld: z
    .boolean()
    .describe('true: somebody watches the clear picture, which a private view does not get'),
});
export type LiveNotice = z.infer<typeof LiveNotice>;
