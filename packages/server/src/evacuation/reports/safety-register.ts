import type { Building, Incident, IncidentLine } from '@vigie/contracts/evacuation';
import type { DrillDue, RegisterEntry } from '@vigie/contracts/report';
import { monthsAfter } from '@vigie/contracts/wall-clock';
import { endReasonOf, observationsOf, secondsBetween } from './report.ts';

/** An incident as the safety register holds it. Source: Code du travail, article R4227-39. */
export const registerEntry = (
  incident: Incident,
  lines: readonly IncidentLine[],
): RegisterEntry => ({
  incident,
  durationSeconds: incident.endedAt ? secondsBetween(incident.startedAt, incident.endedAt) : null,
  endReason: endReasonOf(lines),
  observations: observationsOf(lines),
  isSigned: lines.some(({ what }) => what === 'signed'),
});

/** How often a building needs a drill, by the town's calendar. `timeZone`: IANA name. */
export interface DrillRule {
  months: number;
  timeZone: string;
}

/**
 * When each building needs its next drill: so many months after the last that was ended; a fire or a test is no drill.
 * Source: Code du travail, article R4227-39: at least every six months.
 */
export const drillsDue = (
  buildings: readonly Building[],
  lastDrills: ReadonlyMap<string, string>,
  { now, months, timeZone }: DrillRule & { now: Date },
): DrillDue[] =>
  buildings.map(({ id, name }) => {
    const lastDrillAt = lastDrills.get(id) ?? null;
    const dueAt = lastDrillAt && monthsAfter(new Date(lastDrillAt), months, timeZone).toISOString();
    const isOverdue = dueAt === null || Date.parse(dueAt) <= now.getTime();
    return { buildingId: id, buildingName: name, lastDrillAt, dueAt, isOverdue };
  });
