import {
  type CaseOutcome,
  lengthLimitsHours,
  CaseOutcome as Outcomes,
} from '@vigie/contracts/parking-statistics';
import { and, count, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import type { Bucket, Presence } from './occupancy.ts';
import { caseSteps, cases, occupancyEvents, spaces, stays } from './parking.tables.ts';

/** What is summed up: everything that lies in the buckets, of one zone or (undefined) of all. */
export interface Scope {
  buckets: readonly Bucket[];
  zoneId: string | undefined;
}

/** Lengths in ms; all of a zone's figures but the occupancy. */
export interface StayFigures {
  begun: number;
  ended: number;
  mean: number | null;
  median: number | null;
  p90: number | null;
  longest: number | null;
}

/** Sums over the stays, made in the database: a year of a town is millions of them. Maps by zone id. */
export interface StatisticsStore {
  spacesByZone(zoneId: string | undefined): Promise<Map<string, string[]>>;
  /** Presence of the cars. */
  occupied(scope: Scope): Promise<Map<string, Presence>>;
  /** Presence of the sensors: each space from its first message on. */
  observed(scope: Scope): Promise<Map<string, Presence>>;
  stayFigures(scope: Scope): Promise<Map<string, StayFigures>>;
  /** By zone, then by class of length (see the contract); a class without stays may be missing. */
  lengths(scope: Scope): Promise<Map<string, Map<number, number>>>;
  /** Cases opened in the period, by what was established; `null`: nothing yet. */
  outcomes(scope: Scope): Promise<{ zoneId: string; outcome: CaseOutcome | null; count: number }[]>;
}

export function createStatisticsStore(db: Database): StatisticsStore {
  return {
    spacesByZone: async (zoneId) => {
      const rows = await db
        .select({ id: spaces.id, zoneId: spaces.zoneId })
        .from(spaces)
        .where(zoneId ? eq(spaces.zoneId, zoneId) : undefined);
      const byZone = Map.groupBy(rows, (row) => row.zoneId);
      return new Map([...byZone].map(([id, inZone]) => [id, inZone.map((row) => row.id)]));
    },
    occupied: (scope) =>
      presence(
        db,
        scope,
        sql`select ${spaces.zoneId} as zone_id, ${stays.since} as since, ${stays.until} as until
          from ${stays} join ${spaces} on ${spaces.id} = ${stays.spaceId} where ${inZone(scope)}`,
      ),
    observed: (scope) =>
      presence(
        db,
        scope,
        sql`select ${spaces.zoneId} as zone_id, null::timestamptz as until, least(
            (select min(${occupancyEvents.at}) from ${occupancyEvents} where ${occupancyEvents.spaceId} = ${spaces.id}),
            (select min(${stays.since}) from ${stays} where ${stays.spaceId} = ${spaces.id})) as since
          from ${spaces} where ${inZone(scope)}`,
      ),
    stayFigures: async (scope) => {
      const { from, until } = limitsOf(scope);
      const hasEnded = sql`${stays.until} >= ${from} and ${stays.until} < ${until}`;
      const rows = await rowsOf<StayFigures & { zone_id: string }>(
        db,
        sql`select ${spaces.zoneId} as zone_id,
            (count(*) filter (where ${stays.since} >= ${from}))::int as begun,
            (count(*) filter (where ${hasEnded}))::int as ended,
            avg(${lengthMs}) filter (where ${hasEnded})::float8 as mean,
            percentile_cont(0.5) within group (order by ${lengthMs}) filter (where ${hasEnded}) as median,
            percentile_cont(0.9) within group (order by ${lengthMs}) filter (where ${hasEnded}) as p90,
            max(${lengthMs}) filter (where ${hasEnded}) as longest
          from ${stays} join ${spaces} on ${spaces.id} = ${stays.spaceId}
          where ${inZone(scope)} and ${stays.since} < ${until} and (${stays.until} is null or ${stays.until} >= ${from})
          group by 1`,
      );
      return new Map(rows.map(({ zone_id, ...figures }) => [zone_id, figures]));
    },
    lengths: async (scope) => {
      const { from, until } = limitsOf(scope);
      const limits = lengthLimitsHours.map((hours) => hours * 3_600_000);
      const rows = await rowsOf<{ zone_id: string; class: number; count: number }>(
        db,
        sql`select ${spaces.zoneId} as zone_id, width_bucket(${lengthMs}, ${sql.param(limits)}::float8[]) as class,
            count(*)::int as count
          from ${stays} join ${spaces} on ${spaces.id} = ${stays.spaceId}
          where ${inZone(scope)} and ${stays.until} >= ${from} and ${stays.until} < ${until}
          group by 1, 2`,
      );
      return byZone(rows, (row) => [row.class, row.count]);
    },
    outcomes: async (scope) => {
      const { from, until } = limitsOf(scope);
      const found = sql<CaseOutcome | null>`(select ${caseSteps.status} from ${caseSteps}
        where ${caseSteps.caseId} = ${cases.id} and ${caseSteps.status} = any(${sql.param(Outcomes.options)}::text[])
        order by ${caseSteps.id} desc limit 1)`;
      return db
        .select({ zoneId: spaces.zoneId, outcome: found, count: count() })
        .from(cases)
        .innerJoin(spaces, eq(spaces.id, cases.spaceId))
        .where(
          and(gte(cases.openedAt, sql`${from}`), lt(cases.openedAt, sql`${until}`), inZone(scope)),
        )
        .groupBy(spaces.zoneId, sql`2`);
    },
  };
}

const lengthMs = sql`(extract(epoch from ${stays.until} - ${stays.since}) * 1000)::float8`;

const inZone = ({ zoneId }: Scope): SQL => (zoneId ? sql`${spaces.zoneId} = ${zoneId}` : sql`true`);

/** The period as parameters of SQL; an empty one has nothing in it. */
function limitsOf({ buckets }: Scope): { from: SQL; until: SQL } {
  const moment = (at: Date | undefined) => sql`${(at ?? new Date(0)).toISOString()}::timestamptz`;
  return { from: moment(buckets[0]?.from), until: moment(buckets.at(-1)?.until) };
}

/** Where the edges of spans lie. `spans` selects `zone_id`, `since` (null: no span) and `until` (null: goes on). */
async function presence(db: Database, scope: Scope, spans: SQL): Promise<Map<string, Presence>> {
  const { from, until } = limitsOf(scope);
  const starts = sql`${sql.param(scope.buckets.map((bucket) => bucket.from.toISOString()))}::timestamptz[]`;
  const rows = await rowsOf<EdgeRow>(
    db,
    sql`with spans as (select * from (${spans}) as every_span
        where since < ${until} and (until is null or until > ${from})),
      edges as (
        select zone_id, true as begins, since as at, width_bucket(since, ${starts}) as bucket from spans
        union all
        select zone_id, false, until, width_bucket(until, ${starts}) from spans where until < ${until})
      select zone_id, begins, bucket, count(*)::int as count,
        sum((extract(epoch from at - (${starts})[greatest(bucket, 1)]) * 1000)::bigint)::float8 as offset_ms
      from edges group by 1, 2, 3`,
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.zone_id)].map(([id, of]) => [id, presenceOf(of)]),
  );
}

/** `bucket` as PostgreSQL counts: 0 lies before the first. */
interface EdgeRow extends Record<string, unknown> {
  zone_id: string;
  begins: boolean;
  bucket: number;
  count: number;
  offset_ms: number;
}

function presenceOf(rows: readonly EdgeRow[]): Presence {
  const within = (begins: boolean) =>
    new Map(
      rows
        .filter((row) => row.begins === begins && row.bucket > 0)
        .map((row) => [row.bucket - 1, { count: row.count, offsetMs: row.offset_ms }]),
    );
  const before = rows.find(({ begins, bucket }) => begins && bucket === 0)?.count ?? 0;
  return { before, begun: within(true), ended: within(false) };
}

async function rowsOf<Row>(db: Database, query: SQL): Promise<Row[]> {
  return (await db.execute(query)).rows as Row[];
}

function byZone<Row extends { zone_id: string }>(
  rows: readonly Row[],
  entry: (row: Row) => [number, number],
): Map<string, Map<number, number>> {
  const zonesOf = Map.groupBy(rows, (row) => row.zone_id);
  return new Map([...zonesOf].map(([id, of]) => [id, new Map(of.map(entry))]));
}
