import type { Display, Space, Zone } from '@vigie/contracts/parking';
import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { occupancyEvents, spaces, stays } from './parking.tables.ts';

/** A space and its zone. */
export interface SpacePlace {
  space: Space;
  zone: Zone;
}

/** A space as outsiders may know it. `observedAt`: newest event that counts; null when its sensor never spoke. */
export interface SpaceRecord extends SpacePlace {
  display: Display | null;
  observedAt: Date | null;
}

/** A stay without its zone. `until` null: still there. */
export interface StayRecord {
  id: string;
  spaceId: string;
  since: Date;
  until: Date | null;
}

/** Half-open span [from, to). */
export interface Span {
  from: Date;
  to: Date;
}

/** A car came (`start`) or left (`end`). `key` is unique and sorts moves of the same moment. */
export interface Move extends Place, Received {
  stayId: string;
  spaceId: string;
  kind: 'start' | 'end';
}

/** A sensor repeated what it sees. `key` is unique and sorts heartbeats of the same moment. */
export interface Heartbeat extends Place, Received {
  spaceId: string;
}

/** `receivedAt`: when the word of the sensor came; `null` when no word of that moment is kept, but the move follows from others. */
interface Received {
  receivedAt: Date | null;
}

/** A place in a list that runs from the newest to the oldest. */
export interface Place {
  at: Date;
  key: string;
}

/** Reads of the parking data for those outside: no case, no person, nothing is locked. */
export interface ParkingRecords {
  /** All, in the order of ids. */
  listPlaces(): Promise<SpacePlace[]>;
  /** In the order of ids; `ids` undefined: all. */
  listSpaces(ids?: readonly string[], tx?: Database): Promise<SpaceRecord[]>;
  /** Stays that touch the span, in the order of their arrival, at most `limit` after the given one. */
  listStays(
    wanted: Span & { zoneId?: string | undefined },
    page: { after?: StayRecord | undefined; limit: number },
  ): Promise<StayRecord[]>;
  /** Arrivals and departures within the span, newest first, at most `limit` older than the given place. */
  listMoves(
    wanted: Span & { spaceIds?: readonly string[] | undefined },
    page: { before?: Place | undefined; limit: number },
  ): Promise<Move[]>;
  /** Heartbeats within the span, newest first, at most `limit` older than the given place. */
  listHeartbeats(
    wanted: Span & { spaceIds?: readonly string[] | undefined },
    page: { before?: Place | undefined; limit: number },
  ): Promise<Heartbeat[]>;
}

/** `listZones` gives every zone with the rules that are in force. */
export function createParkingRecords(
  db: Database,
  listZones: (tx: Database) => Promise<Zone[]>,
): ParkingRecords {
  const zonesById = async (tx: Database) =>
    new Map((await listZones(tx)).map((zone) => [zone.id, zone]));

  return {
    listPlaces: async () => {
      const byId = await zonesById(db);
      const rows = await db.select().from(spaces).orderBy(asc(spaces.id));
      return rows.flatMap((space) => {
        const zone = byId.get(space.zoneId);
        return zone ? [{ space, zone }] : [];
      });
    },
    listSpaces: async (ids, tx = db) => {
      const byId = await zonesById(tx);
      const { rows } = await tx.execute<PlainRecord>(sql`
        select s.id, s.zone_id as "zoneId", s.label, s.address, s.latitude, s.longitude,
          st.display, st.fold->'last'->>'at' as "observedAt"
        from spaces s left join space_states st on st.space_id = s.id
        ${ids ? sql`where s.id = any(${sql.param([...ids])}::text[])` : sql``}
        order by s.id`);
      return rows.flatMap(({ display, observedAt, ...space }) => {
        const zone = byId.get(space.zoneId);
        const seen = observedAt === null ? null : new Date(observedAt);
        return zone ? [{ space, zone, display, observedAt: seen }] : [];
      });
    },
    listStays: ({ from, to, zoneId }, { after, limit }) =>
      db
        .select({
          id: stays.id,
          spaceId: stays.spaceId,
          since: stays.since,
          until: stays.until,
        })
        .from(stays)
        .where(
          and(
            lt(stays.since, to),
            or(isNull(stays.until), gt(stays.until, from)),
            zoneId === undefined
              ? undefined
              : inArray(
                  stays.spaceId,
                  db.select({ id: spaces.id }).from(spaces).where(eq(spaces.zoneId, zoneId)),
                ),
            after &&
              sql`(${stays.since}, ${stays.id}) > (${after.since.toISOString()}::timestamptz, ${after.id})`,
          ),
        )
        .orderBy(asc(stays.since), asc(stays.id))
        .limit(limit),
    listMoves: async ({ from, to, spaceIds }, { before, limit }) => {
      const ofSpaces = spaceIds
        ? sql`and space_id = any(${sql.param([...spaceIds])}::text[])`
        : sql``;
      // Each side is cut by itself, along its index: the whole past need not be sorted for one page of it.
      const side = (kind: 'start' | 'end', at: SQL): SQL => {
        const key = sql`(id || '/' || ${kind}::text) collate "C"`;
        const older = before
          ? sql`and ${at} <= ${before.at.toISOString()} and (${at}, ${key}) < (${before.at.toISOString()}, ${before.key})`
          : sql``;
        return sql`(select ${key} as key, id as stay_id, space_id, ${at} as at, ${kind}::text as kind
          from ${stays} where ${at} >= ${from.toISOString()} and ${at} < ${to.toISOString()} ${ofSpaces} ${older}
          order by ${at} desc, ${key} desc limit ${limit})`;
      };
      const { rows } = await db.execute<MoveRow>(
        sql`select *, (select min(e.received_at) from ${occupancyEvents} e
              where e.space_id = moves.space_id and e.at = moves.at) as received_at
            from (${side('start', sql`since`)} union all ${side('end', sql`until`)}) moves
            order by at desc, key collate "C" desc limit ${limit}`,
      );
      return rows.map(moveOf);
    },
    listHeartbeats: async ({ from, to, spaceIds }, { before, limit }) => {
      const key = sql<string>`('heartbeat/' || ${occupancyEvents.id}) collate "C"`;
      const rows = await db
        .select({
          key,
          spaceId: occupancyEvents.spaceId,
          at: occupancyEvents.at,
          receivedAt: occupancyEvents.receivedAt,
        })
        .from(occupancyEvents)
        .where(
          and(
            eq(occupancyEvents.kind, 'heartbeat'),
            gte(occupancyEvents.at, from),
            lt(occupancyEvents.at, to),
            spaceIds && sql`${occupancyEvents.spaceId} = any(${sql.param([...spaceIds])}::text[])`,
            before &&
              sql`(${occupancyEvents.at}, ${key}) < (${before.at.toISOString()}::timestamptz, ${before.key})`,
          ),
        )
        .orderBy(desc(occupancyEvents.at), desc(key))
        .limit(limit);
      return rows;
    },
  };
}

type PlainRecord = Space & { display: Display | null; observedAt: string | null };

type MoveRow = {
  key: string;
  stay_id: string;
  space_id: string;
  at: string;
  received_at: string | null;
  kind: string;
};

const moveOf = (row: MoveRow): Move => ({
  key: row.key,
  stayId: row.stay_id,
  spaceId: row.space_id,
  at: new Date(row.at),
  receivedAt: row.received_at === null ? null : new Date(row.received_at),
  kind: row.kind === 'start' ? 'start' : 'end',
});
