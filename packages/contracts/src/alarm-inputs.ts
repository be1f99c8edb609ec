import * as z from 'zod';
import { IncidentKind } from './evacuation.ts';
import { Id } from './ids.ts';
import { Instant } from './time.ts';

/**
 * Contact of a fire panel on an I/O module that is read by Modbus TCP. A `normally-closed` contact opens to alarm, so that a
 * cut line alarms, too. Source: Modbus application protocol 1.1b3, clauses 6.1 to 6.4.
 */
export const AlarmInput = z.object({
  id: Id,
  buildingId: Id,
  name: z.string().min(1).max(80),
  host: z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'a host name or an IP address'),
  port: z.int().min(1).max(65_535).default(502),
  unit: z.int().min(0).max(255).default(1),
  register: z
    .enum(['discrete-input', 'coil', 'input-register', 'holding-register'])
    .default('discrete-input'),
  address: z.int().min(0).max(65_535).describe('As on the wire: the first one is 0'),
  bit: z
    .int()
    .min(0)
    .max(15)
    .nullable()
    .default(null)
    .describe('Of a register; null: any number but 0 means closed'),
  contact: z.enum(['normally-open', 'normally-closed']),
  kind: IncidentKind.default('fire'),
});
export type AlarmInput = z.infer<typeof AlarmInput>;

/** Body of `PUT /api/v1/alarm-inputs/{id}`. */
export const AlarmInputSettings = AlarmInput.omit({ id: true });
export type AlarmInputSettings = z.infer<typeof AlarmInputSettings>;

/** Answer to `POST /api/v1/alarm-input-trials`: the contact is read once; nothing is kept and nothing alarms. */
export const AlarmInputTrial = z.object({
  isActive: z.boolean().nullable().describe('Whether it would alarm now; null: it cannot be read'),
  problem: z.string().nullable().describe('What the module or the network said, in English'),
});
export type AlarmInputTrial = z.infer<typeof AlarmInputTrial>;

/** `GET /api/v1/alarm-inputs`. `fault`: nothing is known of the contact; never to be read as "no alarm". */
export const AlarmInputView = AlarmInput.extend({
  state: z.enum(['rest', 'active', 'fault']),
  readAt: Instant.nullable().describe('When the contact was last read; null: never'),
  problem: z.string().nullable().describe('What the module or the network said last, in English'),
});
export type AlarmInputView = z.infer<typeof AlarmInputView>;
