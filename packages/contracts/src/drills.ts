import * as z from 'zod';
import { Id } from './ids.ts';
import { DrillDue } from './report.ts';
import { Instant } from './time.ts';

/** Body of `POST /api/v1/buildings/{id}/drills` and `PUT …/{drillId}`. */
export const NewDrill = z.object({
  at: Instant.describe('When it is to begin'),
  startsItself: z
    .boolean()
    .default(false)
    .describe('false: a person starts it when its hour has come'),
  note: z.string().trim().max(500).default('').describe('For those who observe it'),
});
export type NewDrill = z.infer<typeof NewDrill>;

/**
 * Where a plan stands. `due`: its hour has come, it may be started. `missed`: nobody started it; it stays until somebody
 * moves or cancels it.
 */
export const DrillState = z.enum(['ahead', 'due', 'missed']);
export type DrillState = z.infer<typeof DrillState>;

/** A drill that was neither started nor cancelled. */
export const PlannedDrill = NewDrill.extend({
  id: z.uuid(),
  buildingId: Id,
  buildingName: z.string(),
  plannedBy: z.string().describe('Who planned it or changed it last'),
  state: DrillState,
});
export type PlannedDrill = z.infer<typeof PlannedDrill>;

/** `GET /api/v1/drills`: which buildings need one and by when, and what is planned, earliest first. */
export const Drills = z.object({ due: z.array(DrillDue), planned: z.array(PlannedDrill) });
export type Drills = z.infer<typeof Drills>;
