import type { Display, Space, Zone } from '@vigie/contracts/parking';
import { and, asc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { displays, occupancyEvents, spaces, stays, zones } from './parking.tables.ts';

/** A space as outsiders may know it. `observedAt`: newest event that counts; null when its sensor never spoke. */
export interface SpaceRecord {
  space: Space;
  zone: Zone;
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
export interface Move {
  key: string;
  stayId: string;
  spaceId: string;
  at: Date;
  kind: 'start' | 'end';
}

/** A place in a list that runs from the newest to the oldest. */
export interface Place {
  at: Date;
  key: string;
}

/** Reads of the parking data for those outside: no case, no person, nothing is locked. */
export interface ParkingRecords {
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
}

export function createParkingRecords(db: Database): ParkingRecords {
  return {
    listSpaces: async (ids, tx = db) => {
      const newest = sql<Date | null>`(select max(${occupancyEvents.at}) from ${occupancyEvents} where ${occupancyEvents.spaceId} = ${spaces.id})`;
      const rows = await tx
        .select({
          space: spaces,
          zone: zones,
          display: displays.display,
          observedAt: newest.mapWith(occupancyEvents.at),
        })
        .from(spaces)
        .innerJoin(zones, eq(zones.id, spaces.zoneId))
        .leftJoin(displays, eq(displays.spaceId, spaces.id))
        .where(ids ? inArray(spaces.id, [...ids]) : undefined)
        .orderBy(asc(spaces.id));
      return rows.map((row) => ({ ...row, zone: { id: row.zone.id, ...row.zone.rules } }));
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
        .innerJoin(spaces, eq(spaces.id, stays.spaceId))
        .where(
          and(
            lt(stays.since, to),
            or(isNull(stays.until), gt(stays.until, from)),
            zoneId === undefined ? undefined : eq(spaces.zoneId, zoneId),
            after &&
              or(
                gt(stays.since, after.since),
                and(eq(stays.since, after.since), gt(stays.id, after.id)),
              ),
          ),
        )
        .orderBy(asc(stays.since), asc(stays.id))
        .limit(limit),
    listMoves: async ({ from, to, spaceIds }, { before, limit }) => {
      const ofSpaces = spaceIds
        ? sql`and space_id = any(${sql.param([...spaceIds])}::text[])`
        : sql``;
      const side = (kind: 'start' | 'end', column: SQL): SQL =>
        sql`select id || '/' || ${kind}::text as key, id as stay_id, space_id, ${column} as at, ${kind}::text as kind
            from ${stays} where ${column} >= ${from.toISOString()} and ${column} < ${to.toISOString()} ${ofSpaces}`;
      const older = before
        ? sql`where (at, key collate "C") < (${before.at.toISOString()}, ${before.key})`
        : sql``;
      const { rows } = await db.execute<MoveRow>(
        sql`select * from (${side('start', sql`since`)} union all ${side('end', sql`until`)}) moves
            ${older} order by at desc, key collate "C" desc limit ${limit}`,
      );
      return rows.map(moveOf);
    },
  };
}

type MoveRow = { key: string; stay_id: string; space_id: string; at: string | Date; kind: string };

const moveOf = (row: MoveRow): Move => ({
  key: row.key,
  stayId: row.stay_id,
  spaceId: row.space_id,
  at: new Date(row.at),
  kind: row.kind === 'start' ? 'start' : 'end',
});
