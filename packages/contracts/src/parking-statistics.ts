import * as z from 'zod';
import { Id } from './ids.ts';
import { CaseStatus } from './parking.ts';
import { Instant, TimeZone } from './time.ts';

/** Longest period that is summed up at once, in civil days. */
const mostDays = 732;

/** Query of `GET /api/v1/parking/statistics`: civil dates of the town, both included; `zone` missing: all zones. */
export const StatisticsQuery = z
  .object({ from: z.iso.date(), to: z.iso.date(), zone: Id.optional() })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < mostDays * 86_400_000, {
    path: ['to'],
    error: `at most ${mostDays} days`,
  });
export type StatisticsQuery = z.infer<typeof StatisticsQuery>;

/** Length of one bucket: hours of real time, or civil days of the town (23 h and 25 h included). */
export const StatisticsStep = z.enum(['hour', 'day']);
export type StatisticsStep = z.infer<typeof StatisticsStep>;

/** Upper limits of the classes of stay lengths, in hours, each excluded; the last class, beyond them, has none. */
export const lengthLimitsHours = [1, 4, 12, 24, 48, 72, 168, 336, 720, 1440] as const;

const Count = z.int().nonnegative();

/** Time within one bucket, in ms, summed over the spaces. A space is observed from its first message on. */
export const OccupiedTime = z.object({ occupiedMs: Count, observedMs: Count });
export type OccupiedTime = z.infer<typeof OccupiedTime>;

/** How long the stays lasted that ended in the period, in ms; median and p90 to 5 minutes, beyond a day to an hour. */
export const StayLengths = z.object({ mean: Count, median: Count, p90: Count, longest: Count });
export type StayLengths = z.infer<typeof StayLengths>;

export const ZoneStatistics = z.object({
  zoneId: Id,
  zoneName: z.string(),
  spaces: Count,
  occupancy: z.array(OccupiedTime).describe('One for each bucket'),
  stays: Count.describe('Begun in the period'),
  overstays: Count.describe('Turned black in the period: each opened one case'),
  ended: Count.describe('Ended in the period; the lengths are theirs'),
  lengthMs: StayLengths.nullable().describe('null when no stay ended'),
  lengths: z
    .array(Count)
    .length(lengthLimitsHours.length + 1)
    .describe('Number of stays in each class of length'),
});
export type ZoneStatistics = z.infer<typeof ZoneStatistics>;

/** What an officer may establish about a case. */
export const CaseOutcome = CaseStatus.exclude([
  'open',
  'sent',
  'acknowledged',
  'inspecting',
  'closed',
]);
export type CaseOutcome = z.infer<typeof CaseOutcome>;

/** `battery-low`: answers, but not for long. `never-heard`: has not sent anything since it was registered. */
export const SensorState = z.enum(['ok', 'battery-low', 'offline', 'never-heard']);
export type SensorState = z.infer<typeof SensorState>;

/** A sensor of a space as an officer needs it: can what the space says be believed? */
export const SpaceSensor = z.object({
  bollardId: Id,
  health: SensorState,
  lastSeenAt: Instant.nullable(),
  batteryPercent: z.number().min(0).max(100).nullable(),
});
export type SpaceSensor = z.infer<typeof SpaceSensor>;

/** `GET /api/v1/parking/statistics`. */
export const ParkingStatistics = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  timeZone: TimeZone,
  step: StatisticsStep.describe('hour up to 8 days, day beyond'),
  starts: z.array(Instant).describe('Beginning of each bucket; none lies in the future'),
  until: Instant.describe('End of the last bucket'),
  zones: z.array(ZoneStatistics),
  outcomes: z
    .array(z.object({ outcome: CaseOutcome.nullable(), count: Count }))
    .nullable()
    .describe('Cases opened in the period; outcome null: awaited. null without the right to cases'),
  sensors: z
    .record(SensorState, Count)
    .nullable()
    .describe('Of now, not of the period. null without the right to devices'),
});
export type ParkingStatistics = z.infer<typeof ParkingStatistics>;
