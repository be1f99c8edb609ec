import type {
  AlarmOrigin,
  Board,
  Incident,
  IncidentKind,
  IncidentLine,
  RoomState,
} from '@vigie/contracts/evacuation';
import type { Clock } from '../platform/clock.ts';
import { Conflict, NotFound, Unavailable, VigieError } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import { graverKind } from './alarm.ts';
import { boardFrom } from './board.ts';
import { type FollowedRoom, followed, loggedFacts, unwatched } from './followed-room.ts';
import type { IncidentJournal } from './incident-journal.service.ts';
import type { IncidentStatements, IncidentStore, StoredRoom } from './incidents.store.ts';
import type { RoomsService } from './rooms.service.ts';

/** At most five boards a second: faster than a person reads, slow enough for a thin client. */
const boardEveryMs = 200;

/** How long a webhook's id is remembered, far beyond any sender's repetitions. */
const webhookMemoryMs = 30 * 86_400_000;

interface IncidentsDeps {
  store: IncidentStore;
  journal: IncidentJournal;
  rooms: Pick<RoomsService, 'findBuilding' | 'listRooms' | 'findRoom' | 'tick'>;
  events: Pick<EventBus, 'emit'>;
  clock: Clock;
  newId: () => string;
}

/** An alarm from anywhere. `actor` is a user name or names the panel; `data` goes into the log. */
export interface Alarm {
  buildingId: string;
  kind: IncidentKind;
  origin: AlarmOrigin;
  actor: string;
  data?: Record<string, unknown>;
  /** Of a webhook: a second delivery changes nothing. */
  webhookId?: string;
}

/** What an alarm did. `repeated`: it joined the active incident; `known`: this webhook was taken before. */
export type AlarmOutcome =
  | { outcome: 'started' | 'repeated' | 'escalated'; incident: Incident }
  | { outcome: 'known'; incident: Incident | null };

/** An active incident in memory, which serves the board even while the database is down. `rooms` by room id. */
interface Active {
  incident: Incident;
  rooms: Map<string, FollowedRoom>;
}

export type IncidentsService = ReturnType<typeof createIncidentsService>;

/** Alarms become incidents, one at a time per building; the counts are frozen at T0 and the board follows. */
export function createIncidentsService(deps: IncidentsDeps) {
  const { store, journal, rooms, events, clock, newId } = deps;
  /** by building id */
  const active = new Map<string, Active>();
  /** by incident id */
  const boardTimers = new Map<string, NodeJS.Timeout>();
  /** Ids; a list read a moment before must not bring them back. */
  const endedHere = new Set<string>();

  const now = () => clock.now().toISOString();
  const findActive = (incidentId: string) =>
    [...active.values()].find(({ incident }) => incident.id === incidentId);
  const liveOf = ({ room, frozen }: FollowedRoom): RoomState =>
    rooms.findRoom(room.id)?.live ?? unwatched(frozen);

  function boardOf({ incident, rooms: all }: Active): Board {
    return boardFrom(
      incident,
      [...all.values()].map((room) => {
        const { last: _, ...frozen } = room;
        return { ...frozen, live: liveOf(room) };
      }),
    );
  }

  function line(what: IncidentLine['what'], actor: string, data: object = {}): IncidentLine {
    return { at: now(), actor, what, data: { ...data } };
  }

  function scheduleBoard(entry: Active): void {
    const { id } = entry.incident;
    if (boardTimers.has(id)) return;
    const timer = setTimeout(() => {
      boardTimers.delete(id);
      events.emit('board', boardOf(entry));
    }, boardEveryMs);
    boardTimers.set(id, timer);
  }

  function follow(entry: Active, live: RoomState): void {
    const before = entry.rooms.get(live.roomId);
    if (!before) return;
    const { id, startedAt } = entry.incident;
    const { room, line: added, isConfirmedNow } = followed(before, live, { startedAt, now: now() });
    entry.rooms.set(live.roomId, room);
    if (added) journal.note({ incidentId: id, line: added });
    if (isConfirmedNow && room.confirmedEmptyAt) {
      const { confirmedEmptyAt } = room;
      journal.note({ incidentId: id, roomId: live.roomId, confirmedEmptyAt });
    }
  }

  /** Brings memory to what was committed: here, or by another server of the same town. */
  function adopt(
    incident: Incident,
    stored: readonly StoredRoom[],
    { isResumed = false } = {},
  ): void {
    const known = active.get(incident.buildingId);
    const entry: Active =
      known?.incident.id === incident.id
        ? Object.assign(known, { incident })
        : { incident, rooms: new Map(stored.map((room) => [room.room.id, followedFrom(room)])) };
    if (isResumed) for (const room of entry.rooms.values()) room.last = '';
    active.set(incident.buildingId, entry);
    for (const room of entry.rooms.values()) follow(entry, liveOf(room));
    events.emit('incident', incident);
    events.emit('board', boardOf(entry));
  }

  function draftOf({ buildingId, kind, origin, actor }: Alarm): Incident {
    const building = rooms.findBuilding(buildingId);
    if (!building) {
      throw new NotFound(
        'evacuation/building-unknown',
        `There is no building ${buildingId}. GET /api/v1/buildings lists them.`,
      );
    }
    return {
      id: newId(),
      buildingId,
      buildingName: building.name,
      kind,
      origin,
      startedBy: actor,
      startedAt: now(),
      endedAt: null,
      endedBy: null,
    };
  }

  function freeze(buildingId: string): StoredRoom[] {
    rooms.tick();
    return rooms.listRooms(buildingId).map(({ cameras, live, ...room }) => ({
      room,
      cameraIds: cameras.map(({ id }) => id),
      frozen: live,
      atEnd: null,
      confirmedEmptyAt: null,
    }));
  }

  /** Begins an incident with its frozen rooms, or joins the active one, in the caller's transaction. */
  async function record(
    tx: IncidentStatements,
    alarm: Alarm,
    draft: Incident,
    frozen: StoredRoom[],
  ) {
    const { webhookId, buildingId, kind, origin, actor } = alarm;
    if (webhookId && !(await tx.takeWebhook(webhookId, buildingId, clock.now()))) {
      const incident = (await tx.findActiveForUpdate(buildingId)) ?? null;
      return { outcome: 'known', incident } as const;
    }
    const data = { ...alarm.data, origin, kind };
    if (await tx.add(draft, frozen)) {
      await tx.append(draft.id, line('started', actor, data));
      return { outcome: 'started', incident: draft } as const;
    }
    const running = await tx.findActiveForUpdate(buildingId);
    if (!running) throw endedMeanwhile(buildingId);
    const graver = graverKind(running.kind, kind);
    const outcome = graver === running.kind ? 'repeated' : 'escalated';
    if (outcome === 'escalated') await tx.setKind(running.id, graver);
    await tx.append(running.id, line(outcome, actor, data));
    return { outcome, incident: { ...running, kind: graver } } as const;
  }

  async function sound(alarm: Alarm): Promise<AlarmOutcome> {
    const draft = draftOf(alarm);
    const frozen = freeze(alarm.buildingId);
    const result = await stored('The alarm', () =>
      store.transaction((tx) => record(tx, alarm, draft, frozen)),
    );
    if (result.outcome === 'started') adopt(result.incident, frozen);
    else if (result.incident) {
      const isKnown = findActive(result.incident.id) !== undefined;
      adopt(result.incident, isKnown ? [] : await store.listRooms(result.incident.id));
    }
    return result;
  }

  async function end(id: string, { reason, actor }: { reason: string; actor: string }) {
    const entry = findActive(id);
    const atEnd = entry ? [...entry.rooms.values()].map(liveOf) : [];
    const ended = await stored('The end of the incident', async () => {
      await journal.flush();
      return store.transaction(async (tx) => {
        const incident = await tx.end(id, { at: clock.now(), by: actor, rooms: atEnd });
        if (incident) await tx.append(id, line('ended', actor, { reason }));
        return incident;
      });
    });
    if (entry) forget(entry);
    if (!ended) throw await notActive(id);
    endedHere.add(id);
    if (entry) events.emit('board', boardOf({ ...entry, incident: ended }));
    events.emit('incident', ended);
    return ended;
  }

  function forget({ incident }: Active): void {
    active.delete(incident.buildingId);
    clearTimeout(boardTimers.get(incident.id));
    boardTimers.delete(incident.id);
  }

  async function notActive(id: string): Promise<Error> {
    return (await store.find(id))
      ? new Conflict('evacuation/incident-ended', `Incident ${id} was ended already.`)
      : unknownIncident(id);
  }

  async function get(id: string): Promise<Incident> {
    const found = findActive(id)?.incident ?? (await store.find(id));
    if (!found) throw unknownIncident(id);
    return found;
  }

  return {
    sound,
    end,
    get,

    /** A panel at rest ends nothing, people do; the active incident keeps it in its log. */
    notePanelReset: async (
      buildingId: string,
      actor: string,
      data: object,
    ): Promise<Incident | null> => {
      const entry = active.get(buildingId);
      if (!entry) return null;
      journal.note({ incidentId: entry.incident.id, line: line('panel-reset', actor, data) });
      await stored('The panel’s reset', () => journal.flush());
      return entry.incident;
    },

    /** Live while the incident is active, from memory alone; afterwards as it was at its end. */
    board: async (id: string): Promise<Board> => {
      const entry = findActive(id);
      if (entry) return boardOf(entry);
      const incident = await get(id);
      const all = await store.listRooms(id);
      return boardFrom(
        incident,
        all.map(({ atEnd, ...room }) => ({ ...room, live: atEnd ?? unwatched(room.frozen) })),
      );
    },

    list: (limit: number): Promise<Incident[]> => store.list(limit),

    /** Appends what somebody wrote, during the incident or after it. */
    observe: async (id: string, text: string, actor: string): Promise<IncidentLine> => {
      await get(id);
      const observation = line('observation', actor, { text });
      await stored('The observation', () => store.append(id, observation));
      return observation;
    },

    /** Signs the report of an incident that is over. @throws Conflict while it goes on. */
    sign: async (id: string, actor: string): Promise<IncidentLine> => {
      if (!(await get(id)).endedAt) throw stillActive(id);
      const signed = line('signed', actor);
      await stored('The signature', () => store.append(id, signed));
      return signed;
    },

    /** All that was kept of an incident, what is still on its way to the database included. */
    record: async (id: string) => {
      const incident = await get(id);
      if (!incident.endedAt) await stored('The log of the incident', () => journal.flush());
      return {
        incident,
        rooms: await store.listRooms(id),
        lines: await store.listLines(id),
        now: now(),
      };
    },

    /** A sign of life for whoever must know until when an incident was recorded. */
    markRecorded: async (): Promise<void> => {
      if (active.size > 0) await store.markRecorded(clock.now());
    },

    listLines: async (id: string): Promise<IncidentLine[]> => {
      await get(id);
      return store.listLines(id);
    },

    listActiveIds: (): string[] => [...active.values()].map(({ incident }) => incident.id),

    findActiveIn: (buildingId: string): Incident | undefined => active.get(buildingId)?.incident,

    /** Every new state of a room passes here. */
    onRoom: (live: RoomState, isPublished: boolean): void => {
      for (const entry of active.values()) {
        if (!entry.rooms.has(live.roomId)) continue;
        follow(entry, live);
        if (isPublished) scheduleBoard(entry);
      }
    },

    /** Takes up the active incidents after a restart. */
    resume: async (): Promise<void> => {
      await store.forgetWebhooksBefore(new Date(clock.now().getTime() - webhookMemoryMs));
      for (const { recordedUntil, ...incident } of await store.listActive()) {
        const frozen = await store.listRooms(incident.id);
        const resumed = line('resumed', 'system', { recordedUntil });
        journal.note({ incidentId: incident.id, line: resumed });
        adopt(incident, frozen, { isResumed: true });
      }
    },

    /** Follows what other servers of the same town began or ended. Rejects when the database does. */
    catchUp: async (): Promise<void> => {
      const before = [...active.values()];
      const stored = await store.listActive();
      for (const { recordedUntil: _, ...incident } of stored) {
        const known = findActive(incident.id)?.incident;
        if (known && graverKind(known.kind, incident.kind) === known.kind) continue;
        const frozen = await store.listRooms(incident.id);
        if (!endedHere.has(incident.id)) adopt(incident, frozen);
      }
      for (const entry of before) {
        const { id } = entry.incident;
        if (stored.some((incident) => incident.id === id) || !findActive(id)) continue;
        const ended = await store.find(id);
        if (!ended?.endedAt) continue;
        forget(entry);
        events.emit('incident', ended);
      }
    },

    stop: (): void => {
      for (const timer of boardTimers.values()) clearTimeout(timer);
      boardTimers.clear();
    },
  };
}

const followedFrom = ({ room, cameraIds, frozen, confirmedEmptyAt }: StoredRoom): FollowedRoom => ({
  room,
  cameraIds,
  frozen,
  confirmedEmptyAt,
  last: loggedFacts(frozen),
});

const unknownIncident = (id: string): NotFound =>
  new NotFound(
    'evacuation/incident-unknown',
    `There is no incident ${id}. GET /api/v1/incidents lists them.`,
  );

const stillActive = (id: string): Conflict =>
  new Conflict(
    'evacuation/incident-active',
    `Incident ${id} goes on. End it first, then sign its report.`,
  );

const endedMeanwhile = (buildingId: string): Conflict =>
  new Conflict(
    'evacuation/incident-ended',
    `The incident in ${buildingId} was ended at this very moment. Sound the alarm again.`,
  );

/** @throws Unavailable when the database does not take it. */
async function stored<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VigieError) throw error;
    throw new Unavailable(
      'platform/database-failed',
      `${what} could not be stored: the database does not answer. Try again; if it lasts, see the server's log.`,
      { cause: error },
    );
  }
}
