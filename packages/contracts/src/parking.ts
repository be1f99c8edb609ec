import * as z from 'zod';
import { Id } from './ids.ts';
import { Message } from './notifications.ts';
import { ChainLink, Recipient } from './recipients.ts';
import { Instant, ParkingClock, TimeZone } from './time.ts';

/**
 * When a new parking day begins. `arrival`: spans of 24 h since arrival (the law's "more than seven
 * consecutive days"). `midnight`: civil days in the zone's time zone, days of 23 h and 25 h included.
 */
export const DayRule = z.enum(['arrival', 'midnight']);
export type DayRule = z.infer<typeof DayRule>;

/** `free`, `parked` (coloured), `overstay` (black), `unknown` (sensor silent: stage frozen), `fault`. */
export const DisplayState = z.enum(['free', 'parked', 'overstay', 'unknown', 'fault']);
export type DisplayState = z.infer<typeof DisplayState>;

/** `#rrggbb`, lower case, sRGB. */
export const HexColour = z.string().regex(/^#[0-9a-f]{6}$/);
export type HexColour = z.infer<typeof HexColour>;

/** Why a device speaks. `change` and `heartbeat` move the state of a space; all are signs of life. */
export const ReportKind = z.enum(['change', 'heartbeat', 'startup', 'registration', 'debug']);
export type ReportKind = z.infer<typeof ReportKind>;

/** `bollards/{id}/state`, bollard → server, QoS 1. `at` is the device's own time of the event. */
export const BollardState = z.object({
  v: z.literal(1),
  occupied: z.boolean(),
  at: Instant,
  kind: ReportKind.optional().describe('Without it a change'),
  seq: z.int().nonnegative().max(4_294_967_295).optional(),
  previousStateMs: z
    .int()
    .nonnegative()
    .optional()
    .describe('How long the state before lasted; repairs a lost message'),
  isNewVehicle: z.boolean().optional().describe('The sensor knows that this is another car'),
  batteryPercent: z.number().min(0).max(100).optional(),
  rssiDbm: z.number().optional(),
  temperatureC: z.number().optional(),
  firmware: z.string().max(40).optional(),
  fault: z.string().max(200).optional().describe('A fault the device reports, in its own words'),
});
export type BollardState = z.infer<typeof BollardState>;

/** `bollards/{id}/display`, server → bollard, retained, QoS 1. */
export const Display = z.object({
  v: z.literal(1),
  state: DisplayState,
  day: z.int().positive().nullable().describe('1 = day of arrival; null when nobody is parked'),
  colour: HexColour.nullable().describe('null when free, unknown without a stay, or faulty'),
  label: z.string().describe('Short text beside the colour: the day number, or empty'),
  since: Instant.nullable().describe('Arrival; null when nobody is parked'),
  until: Instant.nullable().describe('Moment at which black begins; null when nobody is parked'),
  allowedDays: z.int().min(1).max(366),
  dayRule: DayRule,
  timeZone: TimeZone.default('UTC').describe('Days of the midnight rule are counted in it'),
  paletteVersion: z.string(),
  exemptUntil: Instant.nullable()
    .optional()
    .describe('An authorised stay: black does not begin before'),
});
export type Display = z.infer<typeof Display>;

/** A time of day, `HH:MM`, 00:00 to 23:59. */
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:00');

/** Hours of the day in which nobody is written to, in the zone's time zone; past midnight when `from` is later than `to`. */
export const QuietHours = z.object({ from: TimeOfDay, to: TimeOfDay });
export type QuietHours = z.infer<typeof QuietHours>;

/** A parking zone and its rules. Legal texts are settings, never hard-coded. */
export const Zone = z.object({
  id: Id,
  name: z.string().min(1).max(120),
  allowedDays: z.int().min(1).max(366),
  dayRule: DayRule.default('arrival'),
  timeZone: TimeZone.default('Europe/Paris'),
  holdMs: z
    .int()
    .nonnegative()
    .default(300_000)
    .describe('A free span shorter than this does not end a stay'),
  legalBasis: z.string().max(500).default(''),
  recipients: z
    .array(z.union([z.email(), Recipient]))
    .max(10)
    .default([])
    .describe('Police station first, then fallbacks; a bare text is a mail address'),
  remindAfterHours: z
    .number()
    .positive()
    .max(720)
    .default(24)
    .describe('Without acknowledgement the same recipient is reminded this long after a message'),
  escalateAfterHours: z
    .number()
    .positive()
    .max(720)
    .default(48)
    .describe(
      'Without acknowledgement the next recipient is told this long after the last one was',
    ),
  quietHours: QuietHours.nullable()
    .default(null)
    .describe('Messages wait for their end; null: none'),
});
export type Zone = z.infer<typeof Zone>;

/** Body of `PUT /api/v1/zones/{id}`: its rules from a moment on; without `appliesFrom` from now on. */
export const ZoneChange = Zone.omit({ id: true }).extend({ appliesFrom: Instant.optional() });
export type ZoneChange = z.infer<typeof ZoneChange>;

/** One line of `GET /api/v1/zones/{id}/rules`, oldest first. What was before a line's moment stays as it was. */
export const ZoneRulesFrom = z.object({
  appliesFrom: Instant.nullable().describe('null: from the beginning'),
  rules: Zone,
  changedBy: z.string(),
  changedAt: Instant,
});
export type ZoneRulesFrom = z.infer<typeof ZoneRulesFrom>;

/** A car that other rules would turn black, or back. `day`: at the moment of the change. */
const PreviewedCar = z.object({ spaceId: Id, label: z.string(), day: z.int().positive() });

/** `POST /api/v1/zones/{id}/preview`: what a change would do to the cars that stand there now, if they stayed until then. */
export const ZonePreview = z.object({
  appliesFrom: Instant,
  spaces: z.int().nonnegative(),
  parked: z.int().nonnegative().describe('Cars that stand in the zone now'),
  turnsBlack: z.array(PreviewedCar).describe('Black at once, coloured without the change'),
  blackNoMore: z.array(PreviewedCar).describe('Coloured again, black without the change'),
  blackEarlier: z.int().nonnegative().describe('Not black yet, but sooner than without the change'),
  blackLater: z.int().nonnegative(),
  silent: z.int().nonnegative().describe('Sensor silent: nothing changes before it is heard'),
  givesWay: z.array(Instant).describe('Moments of announced changes that this one would replace'),
});
export type ZonePreview = z.infer<typeof ZonePreview>;

/** Body of `POST /api/v1/spaces/{id}/exemptions`: a stay that is authorised, why, and until when. */
export const NewExemption = z.object({
  until: Instant,
  reason: z.string().trim().min(5).max(300),
});
export type NewExemption = z.infer<typeof NewExemption>;

/** An authorised stay. `endedAt`: withdrawn before its time. */
export const Exemption = NewExemption.extend({
  id: z.string(),
  spaceId: Id,
  from: Instant,
  by: z.string(),
  endedAt: Instant.nullable(),
});
export type Exemption = z.infer<typeof Exemption>;

/** A parking space. History stays with the space when its bollard is replaced. */
export const Space = z.object({
  id: Id,
  zoneId: Id,
  label: z.string().min(1).max(40),
  address: z.string().max(200).default(''),
  latitude: z.number().min(-90).max(90).nullable().default(null),
  longitude: z.number().min(-180).max(180).nullable().default(null),
});
export type Space = z.infer<typeof Space>;

/** One row of the parking list, and the payload of the `space` live event. */
export const SpaceView = Space.extend({
  zoneName: z.string(),
  display: Display,
  caseId: z.string().nullable().describe('Open case of the current stay'),
});
export type SpaceView = z.infer<typeof SpaceView>;

/** A time in which the sensor was not heard. `until` null: it still is not. */
export const Gap = z.object({ from: Instant, until: Instant.nullable() });
export type Gap = z.infer<typeof Gap>;

/**
 * `GET /api/v1/displays/{bollardId}`, and the `display` event of its stream: what the bollard shows, and all that a
 * screen needs to move on by itself through an outage.
 */
export const DisplayView = z.object({
  bollardId: Id,
  spaceLabel: z.string(),
  display: Display,
  colours: z.array(HexColour).min(2).describe('One a day, then black'),
  clock: ParkingClock,
});
export type DisplayView = z.infer<typeof DisplayView>;

/** One uninterrupted presence of a car. `id` = space id + `@` + start. `until` null: still there. */
export const Stay = z.object({
  id: z.string(),
  spaceId: Id,
  since: Instant,
  until: Instant.nullable(),
  days: z.int().positive().describe('Days begun, in the sense of the zone’s day rule'),
  gaps: z.array(Gap).describe('Silences of the sensor, oldest first'),
  isArrivalInferred: z
    .boolean()
    .describe('The arrival was missed; it follows from what the sensor said later'),
});
export type Stay = z.infer<typeof Stay>;

/** One line of a legend. `name` is what a person would call the colour. */
export const LegendDay = z.object({
  day: z.int().positive(),
  colour: HexColour,
  nameFr: z.string(),
  nameEn: z.string(),
});
export type LegendDay = z.infer<typeof LegendDay>;

/** A figure for each kind of eyes: normal, or without one of the three cone types. */
const PerVision = z.object({
  normal: z.number(),
  protan: z.number(),
  deutan: z.number(),
  tritan: z.number(),
});

/** `GET /api/v1/palettes/{allowedDays}`: the colours of a period and how far apart they are (CIEDE2000). */
export const PaletteView = z.object({
  allowedDays: z.int().min(1).max(366),
  version: z.string(),
  legend: z.array(LegendDay).describe('One line a day; the last is black'),
  leastDeltaE00: PerVision.describe('Between any two colours'),
  nextDayDeltaE00: PerVision.describe('Between a colour and the next one'),
});
export type PaletteView = z.infer<typeof PaletteView>;

/** `GET /api/v1/spaces/{id}`. Stays newest first, at most 100; the legend ends with black. */
export const SpaceDetail = SpaceView.extend({
  zone: Zone,
  legend: z.array(LegendDay),
  stays: z.array(Stay),
  bollardIds: z.array(Id),
  heardAt: Instant.nullable().describe('Newest sign of life of a sensor'),
  exemption: Exemption.nullable().describe('In force now'),
});
export type SpaceDetail = z.infer<typeof SpaceDetail>;

/** Steps of a police case. */
export const CaseStatus = z.enum([
  'open',
  'sent',
  'acknowledged',
  'inspecting',
  'stolen',
  'wreck',
  'nuisance',
  'legitimate',
  'gone',
  'sensor-error',
  'closed',
]);
export type CaseStatus = z.infer<typeof CaseStatus>;

/** One appended line of a case: who, when, why. `actor` is a user name or `system`. */
export const CaseStep = z.object({
  status: CaseStatus,
  at: Instant,
  actor: z.string(),
  reason: z.string(),
});
export type CaseStep = z.infer<typeof CaseStep>;

/** One case per stay, opened when the space turns black. `id` is stable: derived from the stay. */
export const Case = z.object({
  id: z.string(),
  number: z.int().positive().describe('Running number for people'),
  spaceId: Id,
  spaceLabel: z.string(),
  address: z.string(),
  zoneId: Id,
  zoneName: z.string(),
  since: Instant.describe('Arrival of the car'),
  days: z.int().positive(),
  openedAt: Instant,
  status: CaseStatus,
  nextStatuses: z.array(CaseStatus).describe('Steps that are allowed now'),
  steps: z.array(CaseStep).describe('Oldest first'),
  messages: z.array(Message).default([]).describe('Oldest first'),
  chain: z.array(ChainLink).default([]).describe('Whom the zone names, in order'),
  nextLookAt: Instant.nullable()
    .default(null)
    .describe('Real time at which a message may fall due; null: none will'),
});
export type Case = z.infer<typeof Case>;

/** Body of `POST /api/v1/cases/{id}/steps`. */
export const NewCaseStep = z.object({
  status: CaseStatus,
  reason: z.string().max(500).default(''),
});
export type NewCaseStep = z.infer<typeof NewCaseStep>;
