import type { Bollard } from '@vigie/contracts/devices';
import type { Zone } from '@vigie/contracts/parking';
import type {
  CaseOutcome,
  OccupiedTime,
  ParkingStatistics,
  StatisticsQuery,
  ZoneStatistics,
} from '@vigie/contracts/parking-statistics';
import type { Clock } from '../platform/clock.ts';
import { NotFound } from '../platform/errors.ts';
import { type Bucket, bucketsOf, type Presence, presentMs, stepOf } from './occupancy.ts';
import type { ParkingStore } from './parking.store.ts';
import { countByHealth } from './sensor-health.ts';
import type { Scope, StatisticsStore } from './statistics.store.ts';
import { countsByLength, lengthsOf } from './stay-lengths.ts';

interface StatisticsDeps {
  store: StatisticsStore;
  parking: Pick<ParkingStore, 'listZones'>;
  devices: { listBollards(): Promise<Bollard[]> };
  clock: Clock;
  /** IANA name; the days of the period are the town's. */
  timeZone: string;
}

/** What the person who asks may see besides the stays. */
export interface StatisticsRights {
  seesCases: boolean;
  seesDevices: boolean;
}

export interface StatisticsService {
  /** @throws NotFound for an unknown zone. */
  summarise(query: StatisticsQuery, rights: StatisticsRights): Promise<ParkingStatistics>;
}

export function createStatisticsService(deps: StatisticsDeps): StatisticsService {
  const { store, parking, devices, clock, timeZone } = deps;

  async function zonesIn(zoneId: string | undefined): Promise<Zone[]> {
    const zones = await parking.listZones(clock.now());
    const chosen = zones.filter(({ id }) => zoneId === undefined || id === zoneId);
    if (zoneId && chosen.length === 0)
      throw new NotFound('parking/zone-unknown', `There is no zone ${zoneId}.`);
    return chosen;
  }

  async function sensorsOf(spacesByZone: ReadonlyMap<string, string[]>) {
    const wanted = new Set([...spacesByZone.values()].flat());
    const bollards = await devices.listBollards();
    return countByHealth(bollards.filter(({ spaceIds }) => spaceIds.some((id) => wanted.has(id))));
  }

  return {
    summarise: async (query, { seesCases, seesDevices }) => {
      const chosen = await zonesIn(query.zone);
      const now = clock.now();
      const buckets = bucketsOf(query, { timeZone, now });
      const scope: Scope = { buckets, zoneId: query.zone };
      const [spacesByZone, occupied, observed, lengths, outcomes] = await Promise.all([
        store.spacesByZone(query.zone),
        store.occupied(scope),
        store.observed(scope),
        store.lengths(scope),
        store.outcomes(scope),
      ]);
      const zones = chosen.map(
        ({ id, name }): ZoneStatistics => ({
          zoneId: id,
          zoneName: name,
          spaces: spacesByZone.get(id)?.length ?? 0,
          occupancy: occupancyOf(buckets, occupied.get(id), observed.get(id)),
          stays: edgesOf(occupied.get(id)?.begun),
          overstays: sumOf(outcomes.filter(({ zoneId }) => zoneId === id)),
          ended: edgesOf(occupied.get(id)?.ended),
          lengthMs: lengthsOf(lengths.get(id) ?? []),
          lengths: countsByLength(lengths.get(id) ?? []),
        }),
      );
      return {
        from: query.from,
        to: query.to,
        timeZone,
        step: stepOf(query),
        starts: buckets.map(({ from }) => from.toISOString()),
        until: (buckets.at(-1)?.until ?? now).toISOString(),
        zones,
        outcomes: seesCases ? overZones(outcomes) : null,
        sensors: seesDevices ? await sensorsOf(spacesByZone) : null,
      };
    },
  };
}

const nobody: Presence = { before: 0, begun: new Map(), ended: new Map() };

function occupancyOf(
  buckets: readonly Bucket[],
  occupied = nobody,
  observed = nobody,
): OccupiedTime[] {
  const observedMs = presentMs(buckets, observed);
  return presentMs(buckets, occupied).map((occupiedMs, index) => ({
    occupiedMs,
    observedMs: observedMs[index] ?? 0,
  }));
}

const edgesOf = (edges: Presence['begun'] = new Map()): number =>
  [...edges.values()].reduce((total, { count }) => total + count, 0);

type Counted = { outcome: CaseOutcome | null; count: number };

const sumOf = (counted: readonly Counted[]): number =>
  counted.reduce((total, { count }) => total + count, 0);

/** The outcomes of all zones together, most frequent first. */
function overZones(counted: readonly Counted[]): Counted[] {
  const byOutcome = Map.groupBy(counted, ({ outcome }) => outcome);
  return [...byOutcome]
    .map(([outcome, of]) => ({ outcome, count: sumOf(of) }))
    .sort((a, b) => b.count - a.count);
}
