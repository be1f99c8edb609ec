import { type CaseOutcome, CaseOutcome as Outcomes } from '@vigie/contracts/parking-statistics';
import { and, count, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import type { Bucket, Presence } from './occupancy.ts';
import { caseSteps, cases, occupancyEvents, spaces, stays } from './parking.tables.ts';
import { coarseMs, fineMs, type LengthClass } from './stay-lengths.ts';

/** What is summed up: everything that lies in the buckets, of one zone or (undefined) of all. */
export interface Scope {
  buckets: readonly Bucket[];
  zoneId: string | undefined;
}

/** Sums over the stays, made in the database: a year of a town is millions of them. Maps by zone id. */
export interface StatisticsStore {
  spacesByZone(zoneId: string | undefined): Promise<Map<string, string[]>>;
  /** Presence of the cars. */
  occupied(scope: Scope): Promise<Map<string, Presence>>;
  /** Presence of the sensors: each space from its first message on. */
  observed(scope: Scope): Promise<Map<string, Presence>>;
  /** Stays that ended in the period, by length, shortest first. */
  lengths(scope: Scope): Promise<Map<string, LengthClass[]>>;
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
    lengths: async (scope) => {
      const { from, until } = limitsOf(scope);
      const rows = await rowsOf<LengthClass & { zone_id: string }>(
        db,
        sql`select zone_id, from_ms as "fromMs", count(*)::int as count, sum(ms) as "sumMs", max(ms) as "longestMs"
          from (select ${spaces.zoneId} as zone_id, ${lengthMs} as ms from ${stays}
            join ${spaces} on ${spaces.id} = ${stays.spaceId}
            where ${inZone(scope)} and ${stays.until} >= ${from} and ${stays.until} < ${until}) as ended,
          lateral (select case when ms < ${dayMs}::float8 then ${fineMs}::float8 else ${coarseMs}::float8 end as width) as classes,
          lateral (select floor(ms / width) * width as from_ms) as starts
          group by zone_id, from_ms order by from_ms`,
      );
      return Map.groupBy(rows, (row) => row.zone_id);
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

const dayMs = 86_400_000;
const lengthMs = sql`round(date_part('epoch', ${stays.until} - ${stays.since}) * 1000)`;

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
    sql`select zone_id, begins, bucket, count(*)::int as count,
        sum(round(date_part('epoch', at - (${starts})[greatest(bucket, 1)]) * 1000)) as offset_ms
      from (${spans}) as span,
        lateral (values (true, since), (false, until)) as edge (begins, at),
        lateral (select width_bucket(at, ${starts}) as bucket) as place
      where since < ${until} and (until is null or until > ${from}) and at < ${until}
      group by 1, 2, 3`,
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
