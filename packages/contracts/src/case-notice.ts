import * as z from 'zod';
import { Id } from './ids.ts';
import { Gap, HexColour } from './parking.ts';
import { Instant, TimeZone } from './time.ts';

/**
 * Why a recipient is told: `opened` first; `reminder` to the same one; `escalated` to the next of the chain, since
 * nobody acknowledged; `gone`: the car left first, nobody needs to go.
 */
export const CaseMessageKind = z.enum(['opened', 'reminder', 'escalated', 'gone']);
export type CaseMessageKind = z.infer<typeof CaseMessageKind>;

/** How the sensor of a space is. */
export const SensorHealth = z.object({
  lastHeardAt: Instant.nullable().describe('null: never'),
  batteryPercent: z.number().min(0).max(100).nullable().describe('null: it does not say'),
});
export type SensorHealth = z.infer<typeof SensorHealth>;

/**
 * All that a recipient is told about a case, for machines: payload of the topic `vigie/cases/{zoneId}`, QoS 1, and `data`
 * of a webhook. The same `id` again is the same message. No plate, no picture: there are none.
 */
export const CaseNotice = z.object({
  v: z.literal(1),
  id: z.string().describe('Of the message'),
  kind: CaseMessageKind,
  caseId: z.string(),
  number: z.int().positive().describe('Running number for people'),
  zone: z.object({
    id: Id,
    name: z.string(),
    allowedDays: z.int().positive(),
    timeZone: TimeZone,
    legalBasis: z.string().describe('Empty: the zone names none'),
  }),
  space: z.object({
    id: Id,
    label: z.string(),
    address: z.string(),
    latitude: z.number().nullable().describe('WGS84, degrees'),
    longitude: z.number().nullable().describe('WGS84, degrees'),
  }),
  since: Instant.describe('Arrival'),
  sinceUncertaintySeconds: z.number().nonnegative().nullable().describe('null: not known'),
  sinceBy: z
    .enum(['device', 'receipt'])
    .nullable()
    .describe('Whose clock the arrival is by; receipt: the device’s was wrong; null: not known'),
  days: z.int().positive(),
  colour: HexColour,
  colourName: z.object({ fr: z.string(), en: z.string() }),
  gaps: z.array(Gap).nullable().describe('Oldest first; null: not recorded'),
  sensor: SensorHealth.nullable().describe('null: not known'),
  link: z.url().nullable().describe('Opens the case; needs sign-in'),
});
export type CaseNotice = z.infer<typeof CaseNotice>;

/**
 * Body of a webhook about a case, signed as Standard Webhooks says. `source` + `id` are unique; the same `id` when re-sent.
 * Source: CloudEvents 1.0.2, JSON format, structured mode.
 */
export const CaseEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string().describe('Public address of this Vigie'),
  type: z.string().regex(/^vigie[.]case[.](?:opened|reminder|escalated|gone)$/),
  subject: z.string().describe('Id of the case'),
  time: Instant.describe('When the message was written'),
  datacontenttype: z.literal('application/json'),
  data: CaseNotice,
});
export type CaseEvent = z.infer<typeof CaseEvent>;
