import { and, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { type OldData, oldRows } from '../platform/old-data.ts';
import {
  boardLinks,
  cameraViews,
  capMessages,
  incidentFindings,
  incidentLog,
  incidentRooms,
  incidents,
  knownEmpties,
  plannedDrills,
} from './evacuation.tables.ts';

const isOldIncident = (until: Date) =>
  and(isNotNull(incidents.endedAt), lt(incidents.endedAt, until));

/**
 * What this feature deletes when it is old. An incident goes whole: a report without the states would say that nothing had
 * changed; plans of drills that are as old go with them. Crossings go by themselves when their room is known to be empty; the newest such moment of a room stays.
 */
export const evacuationOldData: readonly OldData[] = [
  oldRows('incidents', incidents, {
    isOld: isOldIncident,
    before: async (until: Date, tx: Database) => {
      for (const table of [boardLinks, capMessages, incidentFindings, incidentLog, incidentRooms]) {
        const old = tx.select({ id: incidents.id }).from(incidents).where(isOldIncident(until));
        await tx.delete(table).where(inArray(table.incidentId, old));
      }
      await tx.delete(plannedDrills).where(lt(plannedDrills.at, until));
    },
  }),
  oldRows('camera-views', cameraViews, { isOld: (until) => lt(cameraViews.startedAt, until) }),
  oldRows('known-empties', knownEmpties, {
    isOld: (until) =>
      and(
        lt(knownEmpties.at, until),
        sql`exists (select 1 from known_empties newer where newer.room_id = ${knownEmpties.roomId} and newer.at > ${knownEmpties.at})`,
      ),
  }),
];
