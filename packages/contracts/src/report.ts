import * as z from 'zod';
import {
  Incident,
  IncidentKind,
  Room,
  RoomStanding,
  RoomStateName,
  UnknownReason,
} from './evacuation.ts';
import { Id } from './ids.ts';
import { SweepResult } from './sweeps.ts';
import { Instant } from './time.ts';

const People = z.int().nonnegative();

/** A span of a room's time in which its state and its count stayed the same. `max` null: no upper limit is known. */
export const ReportPeriod = z.object({
  from: Instant,
  until: Instant,
  state: RoomStateName,
  reason: UnknownReason.or(z.literal('not-recorded'))
    .nullable()
    .describe('not-recorded: the server was down'),
  count: People.nullable(),
  min: People.nullable(),
  max: People.nullable(),
});
export type ReportPeriod = z.infer<typeof ReportPeriod>;

/** One room from T0 to the end, without a gap: the first period is what was frozen at T0. */
export const ReportRoom = z.object({
  room: Room,
  confirmedEmptyAt: Instant.nullable(),
  sweptClearAt: Instant.nullable(),
  periods: z.array(ReportPeriod).min(1),
  standings: z
    .array(z.object({ at: Instant, standing: RoomStanding }))
    .describe(
      'From the first finding on: what cameras and people together made of it, as it changed',
    ),
});
export type ReportRoom = z.infer<typeof ReportRoom>;

/** People remaining from `at` on. `max` null: some room is unknown, so no upper limit is known. */
export const RemainingPoint = z.object({
  at: Instant,
  seconds: z.int().nonnegative().describe('Since T0'),
  min: People,
  max: People.nullable(),
  roomsUnknown: People,
});
export type RemainingPoint = z.infer<typeof RemainingPoint>;

/** A time since T0, rounded up to whole seconds: no evacuation looks quicker than it was. */
export const ReportMoment = z.object({ at: Instant, seconds: z.int().nonnegative() });
export type ReportMoment = z.infer<typeof ReportMoment>;

/** Nothing was known of a room (`cameraId` null), or one camera of it did not see. `why`: the reason or the health. */
export const BlindPeriod = z.object({
  roomId: Id,
  cameraId: Id.nullable(),
  from: Instant,
  until: Instant,
  why: z.string(),
});
export type BlindPeriod = z.infer<typeof BlindPeriod>;

/** What a warden found in a room. */
export const ReportSweep = z.object({
  at: Instant,
  by: z.string(),
  roomId: Id,
  result: SweepResult,
  people: People.nullable(),
});
export type ReportSweep = z.infer<typeof ReportSweep>;

/**
 * Cameras and a warden disagreed about a room: `said` clear, and cameras saw somebody at `at`, or `said` people, and cameras
 * saw nobody. Who overrode it by name, if anybody did.
 */
export const ReportContradiction = z.object({
  at: Instant,
  roomId: Id,
  said: z.enum(['clear', 'people']),
  by: z.string().describe('The warden'),
  override: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
});
export type ReportContradiction = z.infer<typeof ReportContradiction>;

/** People counted at an assembly point. */
export const ReportAssembly = z.object({
  at: Instant,
  by: z.string(),
  point: z.string(),
  people: People,
});
export type ReportAssembly = z.infer<typeof ReportAssembly>;

/** What somebody saw, in their own words. */
export const Observation = z.object({ at: Instant, by: z.string(), text: z.string() });
export type Observation = z.infer<typeof Observation>;

/** Body of `POST /api/v1/incidents/{id}/observations`; stays for ever as it is written. */
export const NewObservation = z.object({ text: z.string().trim().min(1).max(2000) });
export type NewObservation = z.infer<typeof NewObservation>;

/** `GET /api/v1/incidents/{id}/report`: an incident from T0 to its end; while it goes on, until now. */
export const IncidentReport = z.object({
  incident: Incident,
  until: Instant.describe('The end, or the moment of the report'),
  durationSeconds: z.int().nonnegative(),
  endReason: z.string().nullable(),
  start: z.object({ people: People, roomsUnknown: People }).describe('Frozen at T0'),
  inputs: z
    .array(z.object({ at: Instant, by: z.string(), what: z.string(), origin: z.string() }))
    .describe('Alarms, further alarms, resets of the panel, restarts, the end'),
  rooms: z.array(ReportRoom),
  curve: z.array(RemainingPoint),
  out: z
    .object({
      half: ReportMoment.nullable(),
      ninety: ReportMoment.nullable(),
      all: ReportMoment.nullable(),
    })
    .describe('By the upper limit, for good; null: never, or nobody knows'),
  firstOut: ReportMoment.nullable(),
  lastOut: ReportMoment.nullable(),
  neverConfirmed: z.array(Id).describe('Rooms neither seen empty nor swept clear since T0'),
  blind: z.array(BlindPeriod),
  sweeps: z.array(ReportSweep),
  contradictions: z.array(ReportContradiction),
  assembly: z.array(ReportAssembly),
  observations: z.array(Observation),
  signatures: z.array(z.object({ at: Instant, by: z.string() })),
});
export type IncidentReport = z.infer<typeof IncidentReport>;

/** One drill or incident of the safety register. Source: Code du travail, article R4227-39. */
export const RegisterEntry = z.object({
  incident: Incident,
  durationSeconds: z.int().nonnegative().nullable().describe('null: it goes on'),
  endReason: z.string().nullable(),
  observations: z.array(Observation),
  isSigned: z.boolean(),
});
export type RegisterEntry = z.infer<typeof RegisterEntry>;

/** When a building needs its next drill. `dueAt` null: no drill is known, so one is due now. */
export const DrillDue = z.object({
  buildingId: Id,
  buildingName: z.string(),
  lastDrillAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  isOverdue: z.boolean(),
});
export type DrillDue = z.infer<typeof DrillDue>;

/** `GET /api/v1/safety-register`: newest first, and the six-month rule for every building. */
export const SafetyRegister = z.object({
  entries: z.array(RegisterEntry),
  drills: z.array(DrillDue),
});
export type SafetyRegister = z.infer<typeof SafetyRegister>;

/** Query of the safety register: all that began in [from, to). */
export const RegisterFilter = z.object({
  building: Id.optional(),
  kind: IncidentKind.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});
export type RegisterFilter = z.infer<typeof RegisterFilter>;
