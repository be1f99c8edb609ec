import type { Space } from '@vigie/contracts/parking';
import { and, asc, between, eq, ne, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { cases, spaces } from './parking.tables.ts';

/** Half the side of the square in which neighbours are looked for, in degrees of latitude: 330 m. */
const reachDegrees = 0.003;

export interface PlacesStore {
  findSpace(id: string): Promise<Space | undefined>;
  /** `undefined` when there is no such space. */
  zoneOf(spaceId: string): Promise<string | undefined>;
  /** `undefined` when there is no such case. */
  zoneOfCase(caseId: string): Promise<string | undefined>;
  /** Spaces around a point (degrees, WGS84), nearest first, without the named one. */
  listAround(
    point: { id: string; latitude: number; longitude: number },
    limit: number,
  ): Promise<Space[]>;
}

export function createPlacesStore(db: Database): PlacesStore {
  return {
    findSpace: async (id) => (await db.select().from(spaces).where(eq(spaces.id, id)))[0],
    zoneOf: async (id) =>
      (await db.select({ zoneId: spaces.zoneId }).from(spaces).where(eq(spaces.id, id)))[0]?.zoneId,
    zoneOfCase: async (id) => {
      const rows = await db
        .select({ zoneId: spaces.zoneId })
        .from(spaces)
        .innerJoin(cases, eq(cases.spaceId, spaces.id))
        .where(eq(cases.id, id));
      return rows[0]?.zoneId;
    },
    listAround: ({ id, latitude, longitude }, limit) => {
      // Meridians draw together towards the poles; beside a pole the square becomes a strip, not an error.
      const narrowing = Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
      const reachEast = reachDegrees / narrowing;
      const north = sql`(${spaces.latitude} - ${latitude})`;
      const east = sql`((${spaces.longitude} - ${longitude}) * ${narrowing}::float8)`;
      return db
        .select()
        .from(spaces)
        .where(
          and(
            ne(spaces.id, id),
            between(spaces.latitude, latitude - reachDegrees, latitude + reachDegrees),
            between(spaces.longitude, longitude - reachEast, longitude + reachEast),
          ),
        )
        .orderBy(sql`${north} * ${north} + ${east} * ${east}`, asc(spaces.id))
        .limit(limit);
    },
  };
}
