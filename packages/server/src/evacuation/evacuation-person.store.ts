import { or, sql } from 'drizzle-orm';
import { namedRows, ownRows, type PersonData } from '../platform/person-data.ts';
import {
  boardLinks,
  cameraViews,
  incidentFindings,
  incidentLog,
  incidents,
  knownEmpties,
  plannedDrills,
  wardens,
} from './evacuation.tables.ts';

const key = 'username';

/**
 * Where people are named. What tells of an incident stays, under a pseudonym: the register of drills is kept for the inspector.
 * Source: code du travail, R4227-39.
 */
export const evacuationPersonData: readonly PersonData[] = [
  namedRows('camera-views', cameraViews, {
    key,
    columns: [cameraViews.username],
    blank: [cameraViews.reason],
  }),
  namedRows('known-empties', knownEmpties, { key, columns: [knownEmpties.declaredBy] }),
  namedRows('incidents', incidents, {
    key,
    columns: [incidents.startedBy, incidents.endedBy],
    json: [incidents.sources],
  }),
  namedRows('incidents', incidentLog, {
    key,
    columns: [incidentLog.actor],
    json: [incidentLog.data],
  }),
  namedRows('incidents', incidentFindings, { key, columns: [], json: [incidentFindings.finding] }),
  namedRows('incidents', boardLinks, { key, columns: [boardLinks.drawnBy] }),
  namedRows('incidents', plannedDrills, {
    key,
    columns: [plannedDrills.plannedBy, plannedDrills.closedBy],
  }),
  ownRows('wardens', wardens, ({ username, name }) =>
    or(
      sql`lower(${wardens.username}) = lower(${username})`,
      sql`lower(${wardens.name}) = lower(${name})`,
    ),
  ),
];
