import type { BoardRoom, Incident, IncidentLine, RoomState } from '@vigie/contracts/evacuation';
import type { RegisterFilter } from '@vigie/contracts/report';
import type { Finding } from '@vigie/contracts/sweeps';
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, max } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import {
  alarmReceipts,
  incidentFindings,
  incidentLog,
  incidentRooms,
  incidents,
} from '../evacuation.tables.ts';

/** A room of an incident as stored. `atEnd`: its state when the incident was ended. */
export type StoredRoom = Omit<BoardRoom, 'live' | 'standing' | 'sweep'> & {
  atEnd: RoomState | null;
};

/** An incident with the server's last sign of life in it. */
export interface StoredIncident extends Incident {
  recordedUntil: string | null;
}

/** The statements, on the pool or inside one transaction. */
export type IncidentStatements = ReturnType<typeof statementsOn>;

/** Incidents, their frozen rooms and their log. */
export interface IncidentStore extends IncidentStatements {
  /** Runs `work` on one transaction: all of it happens, or nothing. */
  transaction<T>(work: (tx: IncidentStatements) => Promise<T>): Promise<T>;
}

export const createIncidentStore = (db: Database): IncidentStore => ({
  ...statementsOn(db),
  transaction: (work) => db.transaction((tx) => work(statementsOn(tx))),
});

function statementsOn(db: Database) {
  return {
    /** `false` when this webhook was taken before. */
    takeWebhook: async (webhookId: string, buildingId: string, at: Date): Promise<boolean> => {
      const taken = await db
        .insert(alarmReceipts)
        .values({ webhookId, buildingId, receivedAt: at })
        .onConflictDoNothing()
        .returning();
      return taken.length > 0;
    },

    forgetWebhooksBefore: async (at: Date): Promise<void> => {
      await db.delete(alarmReceipts).where(lt(alarmReceipts.receivedAt, at));
    },

    /** The active incident of a building, held until the end of the transaction. */
    findActiveForUpdate: async (buildingId: string): Promise<Incident | undefined> => {
      const [row] = await db
        .select()
        .from(incidents)
        .where(and(eq(incidents.buildingId, buildingId), isNull(incidents.endedAt)))
        .for('update');
      return row && incidentFrom(row);
    },

    /** `false` when the building has an active incident already, even one that was begun at this very moment, or this one is stored. */
    add: async (incident: Incident, frozen: readonly StoredRoom[]): Promise<boolean> => {
      const added = await db
        .insert(incidents)
        .values({ ...incident, startedAt: new Date(incident.startedAt), endedAt: null })
        .onConflictDoNothing()
        .returning();
      if (added.length === 0) return false;
      const rows = frozen.map(({ room, cameraIds, frozen: state }) => ({
        incidentId: incident.id,
        roomId: room.id,
        room,
        cameraIds,
        frozen: state,
      }));
      if (rows.length > 0) await db.insert(incidentRooms).values(rows);
      return true;
    },

    setJoined: async ({ id, kind, sources }: Incident): Promise<void> => {
      await db.update(incidents).set({ kind, sources }).where(eq(incidents.id, id));
    },

    /** The same `entryId` again adds nothing. */
    append: async (
      incidentId: string,
      { at, ...line }: IncidentLine,
      entryId: string,
    ): Promise<void> => {
      await db
        .insert(incidentLog)
        .values({ ...line, incidentId, entryId, at: new Date(at) })
        .onConflictDoNothing();
    },

    /** `false` when the incident has one of this id already. */
    addFinding: async (incidentId: string, finding: Finding): Promise<boolean> => {
      const added = await db
        .insert(incidentFindings)
        .values({ incidentId, id: finding.id, finding })
        .onConflictDoNothing()
        .returning();
      return added.length > 0;
    },

    listFindings: async (incidentId: string): Promise<Finding[]> => {
      const rows = await db
        .select({ finding: incidentFindings.finding })
        .from(incidentFindings)
        .where(eq(incidentFindings.incidentId, incidentId));
      return rows.map(({ finding }) => finding);
    },

    /** The first confirmation stays. */
    confirmEmpty: async (incidentId: string, roomId: string, at: Date): Promise<void> => {
      await db
        .update(incidentRooms)
        .set({ confirmedEmptyAt: at })
        .where(
          and(
            eq(incidentRooms.incidentId, incidentId),
            eq(incidentRooms.roomId, roomId),
            isNull(incidentRooms.confirmedEmptyAt),
          ),
        );
    },

    /** The ended incident; `undefined` when it was not active. */
    end: async (
      id: string,
      { at, by, rooms }: { at: Date; by: string; rooms: readonly RoomState[] },
    ): Promise<Incident | undefined> => {
      const [row] = await db
        .update(incidents)
        .set({ endedAt: at, endedBy: by })
        .where(and(eq(incidents.id, id), isNull(incidents.endedAt)))
        .returning();
      if (!row) return undefined;
      for (const atEnd of rooms) {
        await db
          .update(incidentRooms)
          .set({ atEnd })
          .where(and(eq(incidentRooms.incidentId, id), eq(incidentRooms.roomId, atEnd.roomId)));
      }
      return incidentFrom(row);
    },

    find: async (id: string): Promise<Incident | undefined> => {
      const [row] = await db.select().from(incidents).where(eq(incidents.id, id));
      return row && incidentFrom(row);
    },

    listActive: async (): Promise<StoredIncident[]> => {
      const rows = await db.select().from(incidents).where(isNull(incidents.endedAt));
      return rows.map((row) => ({
        ...incidentFrom(row),
        recordedUntil: row.recordedUntil?.toISOString() ?? null,
      }));
    },

    /** The server lives and records the active incidents. */
    markRecorded: async (at: Date): Promise<void> => {
      await db.update(incidents).set({ recordedUntil: at }).where(isNull(incidents.endedAt));
    },

    /** Newest first. */
    list: async (limit: number): Promise<Incident[]> => {
      const rows = await db
        .select()
        .from(incidents)
        .orderBy(desc(incidents.startedAt))
        .limit(limit);
      return rows.map(incidentFrom);
    },

    /** The incidents of the safety register, newest first. */
    listFor: async ({ building, kind, from, to }: RegisterFilter): Promise<Incident[]> => {
      const rows = await db
        .select()
        .from(incidents)
        .where(
          and(
            building ? eq(incidents.buildingId, building) : undefined,
            kind ? eq(incidents.kind, kind) : undefined,
            from ? gte(incidents.startedAt, new Date(from)) : undefined,
            to ? lt(incidents.startedAt, new Date(to)) : undefined,
          ),
        )
        .orderBy(desc(incidents.startedAt));
      return rows.map(incidentFrom);
    },

    /** Start of the last drill that was ended, by building id. */
    lastDrills: async (): Promise<Map<string, string>> => {
      const rows = await db
        .select({ buildingId: incidents.buildingId, at: max(incidents.startedAt) })
        .from(incidents)
        .where(and(eq(incidents.kind, 'drill'), isNotNull(incidents.endedAt)))
        .groupBy(incidents.buildingId);
      return new Map(
        rows.flatMap(({ buildingId, at }) => (at ? [[buildingId, at.toISOString()]] : [])),
      );
    },

    listRooms: async (incidentId: string): Promise<StoredRoom[]> => {
      const rows = await db
        .select()
        .from(incidentRooms)
        .where(eq(incidentRooms.incidentId, incidentId))
        .orderBy(incidentRooms.roomId);
      return rows.map(({ room, cameraIds, frozen, atEnd, confirmedEmptyAt }) => ({
        room,
        cameraIds,
        frozen,
        atEnd,
        confirmedEmptyAt: confirmedEmptyAt?.toISOString() ?? null,
      }));
    },

    /** Oldest first. */
    listLines: async (incidentId: string): Promise<IncidentLine[]> => {
      const rows = await db
        .select()
        .from(incidentLog)
        .where(eq(incidentLog.incidentId, incidentId))
        .orderBy(asc(incidentLog.at), asc(incidentLog.id));
      return rows.map(lineFrom);
    },

    /** What people said about several incidents: by incident id, oldest first. */
    listWords: async (ids: readonly string[]): Promise<Map<string, IncidentLine[]>> => {
      if (ids.length === 0) return new Map();
      const rows = await db
        .select()
        .from(incidentLog)
        .where(
          and(
            inArray(incidentLog.incidentId, [...ids]),
            inArray(incidentLog.what, ['ended', 'observation', 'signed']),
          ),
        )
        .orderBy(asc(incidentLog.at), asc(incidentLog.id));
      const byIncident = Map.groupBy(rows, (row) => row.incidentId);
      return new Map([...byIncident].map(([id, lines]) => [id, lines.map(lineFrom)]));
    },
  };
}

const lineFrom = (row: typeof incidentLog.$inferSelect): IncidentLine => ({
  at: row.at.toISOString(),
  actor: row.actor,
  what: row.what,
  data: row.data,
});

const incidentFrom = (row: typeof incidents.$inferSelect): Incident => ({
  id: row.id,
  buildingId: row.buildingId,
  buildingName: row.buildingName,
  kind: row.kind,
  origin: row.origin,
  startedBy: row.startedBy,
  startedAt: row.startedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  endedBy: row.endedBy,
  sources: row.sources,
});
