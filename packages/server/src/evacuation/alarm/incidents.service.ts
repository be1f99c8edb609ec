import { assembledFrom, countedFrom } from '@vigie/contracts/assembly';
import { boardFrom } from '@vigie/contracts/board';
import type {
  AlarmOrigin,
  Board,
  Incident,
  IncidentKind,
  IncidentLine,
  RoomState,
} from '@vigie/contracts/evacuation';
import type { Finding } from '@vigie/contracts/sweeps';
import type { Clock } from '../../platform/clock.ts';
import { Conflict, NotFound, VigieError } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import { countsIn, isSameFinding } from '../rooms/finding.ts';
import {
  blindIn,
  boardRoomOf,
  type FollowedRoom,
  followed,
  followedFrom,
  remembered,
  unwatched,
} from '../rooms/followed-room.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import { isNewsOf, joinOf } from './alarm.ts';
import {
  type IncidentJournal,
  idTaken,
  stored,
  withinPatience,
} from './incident-journal.service.ts';
import type { IncidentStatements, IncidentStore, StoredRoom } from './incidents.store.ts';

/** At most five boards a second: faster than a person reads, slow enough for a thin client. */
const boardEveryMs = 200;

/** How long a webhook's id is remembered, far beyond any sender's repetitions. */
const webhookMemoryMs = 30 * 86_400_000;

interface IncidentsDeps {
  store: IncidentStore;
  journal: IncidentJournal;
  rooms: Pick<
    RoomsService,
    'requireBuilding' | 'listRooms' | 'findRoom' | 'listAssemblyPoints' | 'tick'
  >;
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
  /** by id */
  findings: Map<string, Finding>;
}

/** An alarm with what it freezes. `entryId`: of its line in the log, whichever way that is stored. */
interface Sounding {
  alarm: Alarm;
  draft: Incident;
  frozen: StoredRoom[];
  entryId: string;
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
  let toldDelay: string | null = null;

  const now = () => clock.now().toISOString();
  const findActive = (incidentId: string) =>
    [...active.values()].find(({ incident }) => incident.id === incidentId);
  const liveOf = ({ room, frozen }: FollowedRoom): RoomState =>
    rooms.findRoom(room.id)?.live ?? unwatched(frozen);

  function boardOf({ incident, rooms: all, findings }: Active): Board {
    const shown = [...all.values()].map((room) => boardRoomOf(room, liveOf(room)));
    const board = boardFrom(incident, shown, {
      assembled: assembledIn(incident, [...findings.values()]),
      blind: shown.flatMap((row) => blindIn(row, rooms.findRoom(row.room.id))),
    });
    return { ...board, logDelayedSince: journal.delayedSince() };
  }

  /** What cameras see at the points counts while the incident goes on. */
  function assembledIn({ buildingId, endedAt }: Incident, findings: readonly Finding[]) {
    const watched = endedAt ? [] : rooms.listRooms(buildingId);
    const places = rooms.listAssemblyPoints(buildingId).map(({ id, name }) => ({
      name,
      states: watched.filter((one) => one.assemblyPointId === id).map(({ live }) => live),
    }));
    return assembledFrom(countedFrom(countsIn(findings)), places);
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
    const { room, lines, isConfirmedNow } = followed(before, live, { startedAt, now: now() });
    entry.rooms.set(live.roomId, room);
    for (const added of lines) journal.note({ incidentId: id, line: added });
    if (isConfirmedNow && room.confirmedEmptyAt) {
      const { confirmedEmptyAt } = room;
      journal.note({ incidentId: id, roomId: live.roomId, confirmedEmptyAt });
    }
  }

  /** Brings memory to what was committed: here, or by another server of the same town. */
  function adopt(incident: Incident, stored: readonly StoredRoom[]): void {
    const known = active.get(incident.buildingId);
    const entry: Active =
      known?.incident.id === incident.id
        ? Object.assign(known, { incident })
        : {
            incident,
            rooms: new Map(stored.map((room) => [room.room.id, followedFrom(room)])),
            findings: new Map(),
          };
    show(entry);
  }

  function show(entry: Active): void {
    active.set(entry.incident.buildingId, entry);
    for (const room of entry.rooms.values()) follow(entry, liveOf(room));
    events.emit('incident', entry.incident);
    events.emit('board', boardOf(entry));
  }

  /** Brings one finding into memory. `false`: it was known. @throws Conflict when another one has its id. */
  function learnIn(entry: Active, finding: Finding): boolean {
    const known = entry.findings.get(finding.id);
    if (known && !isSameFinding(known, finding)) throw idTaken(finding.id);
    if (known) return false;
    entry.findings.set(finding.id, finding);
    const room = finding.what === 'assembly' ? undefined : entry.rooms.get(finding.roomId);
    if (!room) return true;
    entry.rooms.set(room.room.id, {
      ...room,
      ...(finding.what === 'sweep' ? { sweeps: [...room.sweeps, finding] } : {}),
      ...(finding.what === 'override' ? { overrides: [...room.overrides, finding] } : {}),
    });
    follow(entry, liveOf(room));
    return true;
  }

  const isAtPointOf = ({ incident }: Active, { roomId }: RoomState): boolean => {
    const room = rooms.findRoom(roomId);
    return room?.buildingId === incident.buildingId && Boolean(room.assemblyPointId);
  };

  /** What was found out before this server took the incident up, or on another one. */
  async function remember(entry: Active): Promise<void> {
    const findings = await store.listFindings(entry.incident.id);
    const fresh = findings.filter(({ id }) => !entry.findings.has(id));
    for (const finding of fresh) learnIn(entry, finding);
    if (fresh.length > 0) scheduleBoard(entry);
  }

  async function resumeOne(incident: Incident): Promise<void> {
    const told = {
      findings: await store.listFindings(incident.id),
      lines: await store.listLines(incident.id),
    };
    const all = (await store.listRooms(incident.id)).map((room) => remembered(room, told, now()));
    show({
      incident,
      // Every room's state goes into the log anew: until then nobody looked.
      rooms: new Map(all.map((room) => [room.room.id, { ...room, last: '' }])),
      findings: new Map(told.findings.map((finding) => [finding.id, finding])),
    });
  }

  function draftOf({ buildingId, kind, origin, actor }: Alarm): Incident {
    const at = now();
    const building = rooms.requireBuilding(buildingId);
    return {
      id: newId(),
      buildingId,
      buildingName: building.name,
      kind,
      origin,
      startedBy: actor,
      startedAt: at,
      endedAt: null,
      endedBy: null,
      sources: [{ origin, name: actor, kind, at }],
    };
  }

  function freeze(buildingId: string): StoredRoom[] {
    rooms.tick();
    const inside = rooms.listRooms(buildingId).filter((room) => !room.assemblyPointId);
    return inside.map(({ cameras, live, ...room }) => ({
      room,
      cameraIds: cameras.map(({ id }) => id),
      frozen: live,
      atEnd: null,
      confirmedEmptyAt: null,
    }));
  }

  /** Begins an incident with its frozen rooms, or joins the active one, in the caller's transaction. */
  async function record(tx: IncidentStatements, { alarm, draft, frozen, entryId }: Sounding) {
    const { webhookId, buildingId, actor } = alarm;
    if (webhookId && !(await tx.takeWebhook(webhookId, buildingId, clock.now()))) {
      const incident = (await tx.findActiveForUpdate(buildingId)) ?? null;
      return { outcome: 'known', incident } as const;
    }
    if (await tx.add(draft, frozen)) {
      await tx.append(draft.id, line('started', actor, dataOf(alarm)), entryId);
      return { outcome: 'started', incident: draft } as const;
    }
    const running = await tx.findActiveForUpdate(buildingId);
    if (!running) throw endedMeanwhile(buildingId);
    const joined = joinOf(running, draft);
    await tx.setJoined(joined.incident);
    await tx.append(running.id, line(joined.outcome, actor, dataOf(alarm)), entryId);
    return joined;
  }

  /** The same from memory, when the database does not answer: a board must not wait for it. The journal makes up for it. */
  function recordInJournal({ alarm, draft, frozen, entryId }: Sounding) {
    const { buildingId, actor, webhookId } = alarm;
    const running = active.get(buildingId)?.incident;
    const result = running
      ? joinOf(running, draft)
      : ({ outcome: 'started', incident: draft } as const);
    const incidentId = result.incident.id;
    for (const joined of running ? draft.sources : []) journal.note({ incidentId, joined });
    if (!running) journal.note({ incidentId, begun: draft, rooms: frozen, webhookId });
    journal.note({ incidentId, line: line(result.outcome, actor, dataOf(alarm)) }, entryId);
    return result;
  }

  async function sound(alarm: Alarm): Promise<AlarmOutcome> {
    const draft = draftOf(alarm);
    const sounding = { alarm, draft, frozen: freeze(alarm.buildingId), entryId: newId() };
    const result = await withinPatience(store.transaction((tx) => record(tx, sounding))).catch(
      (error: unknown) => {
        if (error instanceof VigieError) throw error;
        return recordInJournal(sounding);
      },
    );
    await takeUp(result, sounding.frozen);
    return result;
  }

  async function takeUp({ outcome, incident }: AlarmOutcome, frozen: readonly StoredRoom[]) {
    if (!incident) return;
    if (outcome === 'started' || findActive(incident.id)) adopt(incident, frozen);
    else adopt(incident, await store.listRooms(incident.id));
  }

  async function end(id: string, { reason, actor }: { reason: string; actor: string }) {
    const entry = findActive(id);
    const atEnd = entry ? [...entry.rooms.values()].map(liveOf) : [];
    const ended = await stored('The end of the incident', async () => {
      await journal.flush();
      return store.transaction(async (tx) => {
        const incident = await tx.end(id, { at: clock.now(), by: actor, rooms: atEnd });
        if (incident) await tx.append(id, line('ended', actor, { reason }), newId());
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

    /** `undefined` when there is no such incident. */
    findBuildingOf: async (id: string): Promise<string | undefined> =>
      (findActive(id)?.incident ?? (await store.find(id)))?.buildingId,

    /** A panel at rest ends nothing, people do; the active incident keeps it in its log. */
    notePanelReset: async (
      buildingId: string,
      actor: string,
      data: object,
    ): Promise<Incident | null> => {
      const entry = active.get(buildingId);
      if (!entry) return null;
      journal.note({ incidentId: entry.incident.id, line: line('panel-reset', actor, data) });
      await stored('The panel’s reset', () => journal.keep());
      return entry.incident;
    },

    /** Live while the incident is active, from memory alone; afterwards as it was at its end. */
    board: async (id: string): Promise<Board> => {
      const entry = findActive(id);
      if (entry) return boardOf(entry);
      const incident = await get(id);
      const findings = await store.listFindings(id);
      const lines = await store.listLines(id);
      const endedAt = incident.endedAt ?? now();
      const rows = (await store.listRooms(id)).map((room) =>
        boardRoomOf(
          remembered(room, { findings, lines }, endedAt),
          room.atEnd ?? unwatched(room.frozen),
        ),
      );
      return boardFrom(incident, rows, { assembled: assembledIn(incident, findings), blind: [] });
    },

    /**
     * What somebody found out, on the board of an active incident at once, whatever the database does.
     * @throws Conflict when another finding has its id.
     */
    learn: (id: string, finding: Finding): void => {
      const entry = findActive(id);
      if (entry && learnIn(entry, finding)) events.emit('board', boardOf(entry));
    },

    /** The rooms of an incident by id, as they are on its board. @throws NotFound for an unknown incident. */
    listRooms: async (id: string): Promise<{ id: string; live: RoomState }[]> => {
      const entry = findActive(id);
      if (entry)
        return [...entry.rooms.values()].map((one) => ({ id: one.room.id, live: liveOf(one) }));
      await get(id);
      const all = await store.listRooms(id);
      return all.map(({ room, atEnd, frozen }) => ({
        id: room.id,
        live: atEnd ?? unwatched(frozen),
      }));
    },

    list: (limit: number): Promise<Incident[]> => store.list(limit),

    /** Appends what somebody wrote, during the incident or after it. */
    observe: async (id: string, text: string, actor: string): Promise<IncidentLine> => {
      await get(id);
      const observation = line('observation', actor, { text });
      await stored('The observation', () => store.append(id, observation, newId()));
      return observation;
    },

    /** Signs the report of an incident that is over. @throws Conflict while it goes on. */
    sign: async (id: string, actor: string): Promise<IncidentLine> => {
      if (!(await get(id)).endedAt) throw stillActive(id);
      const signed = line('signed', actor);
      await stored('The signature', () => store.append(id, signed, newId()));
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
        findings: await store.listFindings(id),
        now: now(),
      };
    },

    /** A sign of life for whoever must know until when an incident was recorded. */
    markRecorded: async (): Promise<void> => {
      if (active.size > 0) await store.markRecorded(clock.now());
    },

    listActiveIds: (): string[] => [...active.values()].map(({ incident }) => incident.id),

    listLines: async (id: string): Promise<IncidentLine[]> => {
      await get(id);
      return store.listLines(id);
    },

    findActiveIn: (buildingId: string): Incident | undefined => active.get(buildingId)?.incident,

    /** Every new state of a room passes here. */
    onRoom: (live: RoomState, isPublished: boolean): void => {
      for (const entry of active.values()) {
        if (entry.rooms.has(live.roomId)) follow(entry, live);
        else if (!isAtPointOf(entry, live)) continue;
        if (isPublished) scheduleBoard(entry);
      }
    },

    /** Takes up the active incidents after a restart. */
    resume: async (): Promise<void> => {
      journal.load();
      await journal.flush();
      await store.forgetWebhooksBefore(new Date(clock.now().getTime() - webhookMemoryMs));
      for (const { recordedUntil, ...incident } of await store.listActive()) {
        const resumed = line('resumed', 'system', { recordedUntil });
        journal.note({ incidentId: incident.id, line: resumed });
        await resumeOne(incident);
      }
    },

    /** Follows what other servers of the same town began or ended. Rejects when the database does. */
    catchUp: async (): Promise<void> => {
      const before = [...active.values()];
      const stored = await store.listActive();
      for (const { recordedUntil: _, ...incident } of stored) {
        const known = findActive(incident.id);
        if (known) await remember(known);
        if (known && !isNewsOf(incident, known.incident)) continue;
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

    /** Tells every board when the log begins to wait for the database, and when it is stored again. */
    tellDelay: (): void => {
      const delay = journal.delayedSince();
      if ((delay === null) === (toldDelay === null)) return;
      toldDelay = delay;
      for (const entry of active.values()) events.emit('board', boardOf(entry));
    },

    stop: (): void => {
      for (const timer of boardTimers.values()) clearTimeout(timer);
      boardTimers.clear();
    },
  };
}

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

const dataOf = ({ data, origin, kind }: Alarm): object => ({ ...data, origin, kind });
