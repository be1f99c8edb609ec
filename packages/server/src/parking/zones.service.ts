import { randomUUID } from 'node:crypto';
import type {
  Exemption,
  NewExemption,
  Zone,
  ZoneChange,
  ZonePreview,
  ZoneRulesFrom,
} from '@vigie/contracts/parking';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { InvalidInput, NotFound } from '../platform/errors.ts';
import type { ExemptionsStore } from './exemptions.store.ts';
import type { ParkingStore, SpaceRow } from './parking.store.ts';
import { effectsOf, type Standing } from './rules-preview.ts';
import { settledAt, silentAt } from './stays.ts';
import { rulesAt } from './zone-timeline.ts';

interface ZonesDeps {
  db: Database;
  store: ParkingStore;
  exemptions: ExemptionsStore;
  /** Has the colours of a period at hand. @throws InvalidInput for a webhook to where nothing is sent. */
  prepare: (zones: readonly Pick<Zone, 'allowedDays' | 'recipients'>[]) => Promise<void>;
  /** Decides and sends displays anew. */
  showAgain: (ids: readonly string[]) => Promise<void>;
  /** Has the open cases looked at: the chain of their zone may be another. */
  lookAgain: (tx: Database) => Promise<void>;
  clock: Clock;
}

/** A screen was filled in some time before it is sent. */
const toleranceMs = 5 * 60_000;

/** Rules of zones through time, and stays that are authorised beyond them. */
export function createZonesService(deps: ZonesDeps) {
  const { db, store, exemptions, prepare, showAgain, lookAgain, clock } = deps;

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

  async function carsIn(ids: readonly string[], now: Date): Promise<Standing[]> {
    const rows = await store.listSpaces(db, { now, ids });
    const exempt = await exemptions.inForceAt(now, ids, db);
    return rows.flatMap((row) => {
      const until = exempt.get(row.space.id)?.until ?? null;
      return standing(row, dateOf(until), now);
    });
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
      const from = momentOf(given, changedAt);
      await prepare([rules]);
      const zone = { id: zoneId, ...rules };
      await db.transaction(async (tx) => {
        await store.saveRules({ zone, appliesFrom: from, changedBy, changedAt }, tx);
        await lookAgain(tx);
      });
      await showAgain(await store.spaceIdsOf(zoneId, db));
      return rulesOf(zoneId);
    },
    /** What the change would do to the cars that stand there now; changes nothing. @throws NotFound, InvalidInput */
    preview: async (
      zoneId: string,
      { appliesFrom: given, ...rules }: ZoneChange,
    ): Promise<ZonePreview> => {
      const lines = await rulesOf(zoneId);
      const now = clock.now();
      const at = momentOf(given, now);
      const timeline = lines.map((line) => ({ ...line, appliesFrom: dateOf(line.appliesFrom) }));
      await prepare([rules]);
      const ids = await store.spaceIdsOf(zoneId, db);
      const after = { id: zoneId, ...rules };
      return {
        appliesFrom: at.toISOString(),
        spaces: ids.length,
        ...effectsOf(await carsIn(ids, now), { before: rulesAt(timeline, at), after, at, now }),
        givesWay: lines.flatMap(({ appliesFrom }) =>
          appliesFrom !== null && new Date(appliesFrom) >= at ? [appliesFrom] : [],
        ),
      };
    },
    exemptionsOf: async (spaceId: string): Promise<Exemption[]> => {
      await requireSpace(spaceId);
      return exemptions.list(spaceId);
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
      await db.transaction((tx) => exemptions.add(exemption, tx));
      await showAgain([spaceId]);
      return exemption;
    },
    /** Withdraws it from now on. @throws NotFound */
    withdraw: async (spaceId: string, id: string): Promise<Exemption> => {
      const ended = await db.transaction((tx) => exemptions.end(id, spaceId, clock.now(), tx));
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

/** The moment that is meant: what has just passed is now. @throws InvalidInput when it is longer past. */
function momentOf(given: string | undefined, now: Date): Date {
  const moment = given === undefined ? now : new Date(given);
  if (moment.getTime() < now.getTime() - toleranceMs)
    throw new InvalidInput(
      'parking/rules-in-past',
      `Rules cannot apply from ${moment.toISOString()}: that is past. Choose a moment to come, or leave it out.`,
    );
  return moment < now ? now : moment;
}

/** The car at a space; none when it is empty. */
function standing(
  { space, timeline, fold }: SpaceRow,
  exemptUntil: Date | null,
  now: Date,
): Standing[] {
  const settled = settledAt(fold, now, (moment) => rulesAt(timeline, moment).holdMs).fold;
  if (!settled.current) return [];
  const { id: spaceId, label } = space;
  const { current: stay, heardAt } = settled;
  return [{ spaceId, label, stay, heardAt, silentAt: silentAt(settled), exemptUntil }];
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

export type ZonesService = ReturnType<typeof createZonesService>;
