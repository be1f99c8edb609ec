import { sql } from 'drizzle-orm';
import { namedRows, type PersonData } from '../platform/person-data.ts';
import { caseSteps, exemptions, zoneRules } from './parking.tables.ts';

const key = 'username';

/** Where people are named. A recipient of a zone is in use: it stays until the zone names another. */
export const parkingPersonData: readonly PersonData[] = [
  namedRows('case-steps', caseSteps, { key, columns: [caseSteps.actor] }),
  namedRows('exemptions', exemptions, { key, columns: [exemptions.by] }),
  namedRows('zone-rules', zoneRules, { key, columns: [zoneRules.changedBy] }),
  {
    kind: 'zone-rules',
    list: async ({ address }, db) =>
      db
        .select()
        .from(zoneRules)
        .where(sql`position(${JSON.stringify(address)} in ${zoneRules.rules}::text) > 0`),
    erase: async () => undefined,
  },
];
