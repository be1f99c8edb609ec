import { randomUUID } from 'node:crypto';
import type {
  Exemption,
  NewExemption,
  Zone,
  ZoneChange,
  ZoneRulesFrom,
} from '@vigie/contracts/parking';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { InvalidInput, NotFound } from '../platform/errors.ts';
import type { ParkingStore } from './parking.store.ts';

interface ZonesDeps {
  db: Database;
  store: ParkingStore;
  /** Has the colours of a period at hand. */
  prepare: (zones: readonly Pick<Zone, 'allowedDays'>[]) => Promise<void>;
  /** Decides and sends displays anew. */
  showAgain: (ids: readonly string[]) => Promise<void>;
  clock: Clock;
}

/** A screen was filled in some time before it is sent. */
const toleranceMs = 5 * 60_000;

/** Rules of zones through time, and stays that are authorised beyond them. */
export function createZonesService({ db, store, prepare, showAgain, clock }: ZonesDeps) {
  async function requireZone(id: string): Promise<void> {
    if ((await store.rulesOf(id)).length === 0)
      throw new NotFound('parking/zone-unknown', `There is no zone ${id}.`);
  }

  async function requireSpace(id: string): Promise<void> {
    const found = await store.listSpaces(db, { now: clock.now(), ids: [id] });
    if (found.length === 0) throw new NotFound('parking/space-unknown', `There is no space ${id}.`);
  }

  async function rulesOf(zoneId: string): Promise<ZoneRulesFrom[]> {
    await requireZone(zoneId);
    return (await store.rulesOf(zoneId)).map(({ appliesFrom, changedAt, changedBy, rules }) => ({
      appliesFrom: appliesFrom?.toISOString() ?? null,
      rules: { id: zoneId, ...rules },
      changedBy,
      changedAt: changedAt.toISOString(),
    }));
  }

  return {
    rulesOf,
    /** Announces rules from a moment on. What was before stays as it was. @throws NotFound, InvalidInput */
    change: async (
      zoneId: string,
      { appliesFrom: given, ...rules }: ZoneChange,
      changedBy: string,
    ): Promise<ZoneRulesFrom[]> => {
      await requireZone(zoneId);
      const changedAt = clock.now();
      const appliesFrom = given === undefined ? changedAt : new Date(given);
      if (appliesFrom.getTime() < changedAt.getTime() - toleranceMs)
        throw new InvalidInput(
          'parking/rules-in-past',
          `Rules cannot apply from ${appliesFrom.toISOString()}: that is past. Choose a moment to come, or leave it out.`,
        );
      await prepare([rules]);
      const zone = { id: zoneId, ...rules };
      const from = new Date(Math.max(appliesFrom.getTime(), changedAt.getTime()));
      await db.transaction((tx) =>
        store.saveRules({ zone, appliesFrom: from, changedBy, changedAt }, tx),
      );
      await showAgain(await store.spaceIdsOf(zoneId, db));
      return rulesOf(zoneId);
    },
    exemptionsOf: async (spaceId: string): Promise<Exemption[]> => {
      await requireSpace(spaceId);
      return store.listExemptions(spaceId);
    },
    /** @throws NotFound; InvalidInput when it would end in the past. */
    exempt: async (spaceId: string, given: NewExemption, by: string): Promise<Exemption> => {
      await requireSpace(spaceId);
      const now = clock.now();
      const until = new Date(given.until);
      if (until <= now)
        throw new InvalidInput(
          'parking/exemption-in-past',
          `An authorised stay cannot end at ${given.until}: that is past.`,
        );
      const exemption = {
        id: randomUUID(),
        spaceId,
        from: now.toISOString(),
        until: until.toISOString(),
        reason: given.reason,
        by,
        endedAt: null,
      };
      await db.transaction((tx) => store.addExemption(exemption, tx));
      await showAgain([spaceId]);
      return exemption;
    },
    /** Withdraws it from now on. @throws NotFound */
    withdraw: async (spaceId: string, id: string): Promise<Exemption> => {
      const ended = await db.transaction((tx) => store.endExemption(id, spaceId, clock.now(), tx));
      if (!ended)
        throw new NotFound(
          'parking/exemption-unknown',
          `Space ${spaceId} has no authorised stay ${id} in force.`,
        );
      await showAgain([spaceId]);
      return ended;
    },
  };
}

export type ZonesService = ReturnType<typeof createZonesService>;
