import * as z from 'zod';
import { Id } from './ids.ts';
import { DayRule, DisplayState, HexColour } from './parking.ts';

/**
 * `GET /api/v1/public/spaces/{id}`: what the bollard shows to anybody who stands before it, and why. No hour of arrival,
 * no case, no history.
 */
export const PublicSpace = z.object({
  id: Id,
  label: z.string(),
  address: z.string(),
  zoneName: z.string(),
  state: DisplayState,
  day: z.int().positive().nullable().describe('1 = day of arrival; null when nobody is parked'),
  colour: HexColour.nullable(),
  colourNameFr: z.string().nullable(),
  colourNameEn: z.string().nullable(),
  daysLeft: z
    .int()
    .nonnegative()
    .nullable()
    .describe('Coloured days after this one; null unless the state is parked'),
  blackOn: z.iso
    .date()
    .nullable()
    .describe(
      'Civil date, in the zone’s time zone, on which black begins; null when nobody is parked',
    ),
  allowedDays: z.int().min(1).max(366),
  dayRule: DayRule,
  legalBasis: z.string(),
});
export type PublicSpace = z.infer<typeof PublicSpace>;
