import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { type OldData, oldRows } from '../platform/old-data.ts';
import { caseSteps, cases, occupancyEvents, stays } from './parking.tables.ts';

const isOldCase = (until: Date) => and(eq(cases.status, 'closed'), lt(cases.openedAt, until));

/** What this feature deletes when it is old. The events of a stay that goes on stay: its days are counted from them. */
export const parkingOldData: readonly OldData[] = [
  oldRows('parking-events', occupancyEvents, {
    isOld: (until) =>
      and(
        lt(occupancyEvents.at, until),
        sql`not exists (select 1 from stays open where open.space_id = ${occupancyEvents.spaceId} and open.until is null and open.since <= ${occupancyEvents.at})`,
      ),
  }),
  oldRows('cases', cases, {
    isOld: isOldCase,
    before: (until, tx) => {
      const old = tx.select({ id: cases.id }).from(cases).where(isOldCase(until));
      return tx.delete(caseSteps).where(inArray(caseSteps.caseId, old));
    },
  }),
  oldRows('stays', stays, {
    isOld: (until) =>
      and(
        lt(stays.until, until),
        sql`not exists (select 1 from cases told where told.stay_id = ${stays.id})`,
      ),
  }),
];
