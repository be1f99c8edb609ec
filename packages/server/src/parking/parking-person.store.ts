import { inArray, sql } from 'drizzle-orm';
import { namedRows, type PersonData } from '../platform/person-data.ts';
import { caseSteps, exemptions, zoneRules } from './parking.tables.ts';

const key = 'username';

/** A step that says to whom a message went: `channel:address`. */
const toldTo = (address: string) =>
  inArray(
    sql`lower(${caseSteps.reason})`,
    ['mail', 'sms'].map((channel) => `${channel}:${address.toLowerCase()}`),
  );

/** Where people are named. A recipient of a zone is in use: it stays until the zone names another. */
export const parkingPersonData: readonly PersonData[] = [
  namedRows('case-steps', caseSteps, { key, columns: [caseSteps.actor] }),
  {
    kind: 'case-steps',
    list: async ({ address }, db) => db.select().from(caseSteps).where(toldTo(address)),
    erase: async ({ address }, pseudonym, tx) => {
      const reason = sql`split_part(${caseSteps.reason}, ':', 1) || ':' || ${pseudonym}::text`;
      const done = await tx.update(caseSteps).set({ reason }).where(toldTo(address));
      return done.rowCount ?? 0;
    },
  },
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
