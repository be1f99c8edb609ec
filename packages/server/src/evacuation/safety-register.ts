import type { Building, Incident, IncidentLine } from '@vigie/contracts/evacuation';
import type { DrillDue, RegisterEntry } from '@vigie/contracts/report';
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

/**
 * When each building needs its next drill: six months after the last that was ended; a fire or a test is no drill.
 * Source: Code du travail, article R4227-39: at least every six months.
 */
export const drillsDue = (
  buildings: readonly Building[],
  lastDrills: ReadonlyMap<string, string>,
  now: Date,
): DrillDue[] =>
  buildings.map(({ id, name }) => {
    const lastDrillAt = lastDrills.get(id) ?? null;
    const dueAt = lastDrillAt && sixMonthsAfter(lastDrillAt);
    const isOverdue = dueAt === null || Date.parse(dueAt) <= now.getTime();
    return { buildingId: id, buildingName: name, lastDrillAt, dueAt, isOverdue };
  });

/** The same day six months later, or the last one of a month that is shorter. */
function sixMonthsAfter(at: string): string {
  const due = new Date(at);
  const day = due.getUTCDate();
  due.setUTCMonth(due.getUTCMonth() + 6);
  if (due.getUTCDate() !== day) due.setUTCDate(0);
  return due.toISOString();
}
