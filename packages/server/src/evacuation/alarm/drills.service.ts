import type { Drills, NewDrill, PlannedDrill } from '@vigie/contracts/drills';
import type { Incident } from '@vigie/contracts/evacuation';
import type { DrillDue } from '@vigie/contracts/report';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { type DrillRule, drillsDue } from '../reports/safety-register.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import { type DrillNews, type DrillPlace, drillMail, drillsDueMail } from './drill-mail.ts';
import { drillStateAt, mustStart, remindersDue, tellingOf } from './drill-plan.ts';
import type { DrillStore, StoredDrill } from './drills.store.ts';
import type { IncidentsService } from './incidents.service.ts';
import type { IncidentStore } from './incidents.store.ts';

/** A mail about drills for the outbox. `id` is its idempotency key. */
export interface DrillLetter {
  id: string;
  kind: 'drill' | 'drills-due';
  caseId: null;
  channel: 'mail';
  recipient: string;
  recipientName: '';
  subject: string;
  text: string;
  html: '';
  data: null;
}

/** Who is told about drills, and how. */
export interface DrillMails {
  addresses: readonly string[];
  /** Writes a message in the caller's transaction; the same id twice is one message. */
  queue(letter: DrillLetter, tx: Database): Promise<void>;
}

interface DrillsDeps {
  store: DrillStore;
  incidents: Pick<IncidentsService, 'sound' | 'findActiveIn'>;
  lastDrills: IncidentStore['lastDrills'];
  rooms: Pick<RoomsService, 'listBuildings' | 'requireBuilding'>;
  mails: DrillMails;
  rule: DrillRule;
  publicUrl: string;
  /** A short text that differs where the given one does. */
  digestOf: (text: string) => string;
  clock: Clock;
  newId: () => string;
}

export type DrillsService = ReturnType<typeof createDrillsService>;

/** Drills are planned, told of, and begun; whoever forgot one is reminded. */
export function createDrillsService(deps: DrillsDeps) {
  const { store, incidents, rooms, mails, rule, clock } = deps;
  const place: DrillPlace = { ...rule, link: `${deps.publicUrl}/drills` };

  const nameOf = (buildingId: string): string =>
    rooms.listBuildings().find(({ id }) => id === buildingId)?.name ?? buildingId;

  const viewOf = ({ at, toldFor: _, revision: __, ...drill }: StoredDrill): PlannedDrill => ({
    ...drill,
    at: at.toISOString(),
    buildingName: nameOf(drill.buildingId),
    state: drillStateAt({ at }, clock.now()),
  });

  const listDue = async (): Promise<DrillDue[]> =>
    drillsDue(rooms.listBuildings(), await deps.lastDrills(), { ...rule, now: clock.now() });

  async function getOpen(buildingId: string, id: string): Promise<StoredDrill> {
    const found = (await store.listOpen()).find((drill) => drill.id === id);
    if (found?.buildingId !== buildingId) throw unknownDrill(id);
    return found;
  }

  const letterOf = (
    id: string,
    recipient: string,
    mail: Pick<DrillLetter, 'kind' | 'subject' | 'text'>,
  ): DrillLetter => ({
    ...mail,
    id: `${id}-${deps.digestOf(recipient).slice(0, 12)}`,
    caseId: null,
    channel: 'mail',
    recipient,
    recipientName: '',
    html: '',
    data: null,
  });

  async function tell(news: DrillNews, drill: StoredDrill, tx: Database): Promise<void> {
    const facts = { ...drill, buildingName: nameOf(drill.buildingId) };
    const mail = { kind: 'drill', ...drillMail(news, facts, place) } as const;
    const id = `drill-${drill.id}-${drill.revision}-${news}`;
    for (const address of mails.addresses) await mails.queue(letterOf(id, address, mail), tx);
  }

  async function tellOfPlans(): Promise<void> {
    for (const drill of await store.listOpen()) {
      const news = tellingOf(drill, clock.now());
      if (!news) continue;
      await store.transaction(async (tx) => {
        await tell(news, drill, tx);
        await store.markTold(drill, tx);
      });
    }
  }

  async function remind(): Promise<void> {
    const now = clock.now();
    const { timeZone } = rule;
    const remindedAt = await store.remindedAt();
    const drills = remindersDue(await listDue(), { remindedAt, now, timeZone });
    if (drills.length === 0) return;
    const ids = drills.map(({ buildingId }) => buildingId);
    const mail = { kind: 'drills-due', ...drillsDueMail(drills, place) } as const;
    // Two servers that remind at the same time write the same message.
    const id = `drills-due-${now.toISOString().slice(0, 10)}-${deps.digestOf(ids.join()).slice(0, 12)}`;
    await store.transaction(async (tx) => {
      for (const address of mails.addresses) await mails.queue(letterOf(id, address, mail), tx);
      await store.markReminded(ids, now, tx);
    });
  }

  /** Sounds it once, whoever asks how often; then the plan is closed. */
  async function begin(
    drill: StoredDrill,
    by: { origin: 'button' | 'plan'; actor: string },
  ): Promise<Incident | null> {
    const { id, buildingId, note } = drill;
    const { incident } = await incidents.sound({
      ...by,
      buildingId,
      kind: 'drill',
      data: { drill: id, note },
      webhookId: `drill:${id}`,
    });
    const incidentId = incident?.id ?? null;
    await store.close(id, { state: 'started', closedBy: by.actor, incidentId });
    return incident;
  }

  return {
    list: async (): Promise<Drills> => ({
      due: await listDue(),
      planned: (await store.listOpen()).map(viewOf),
    }),

    /** @throws NotFound for an unknown building, InvalidInput for an hour that is over. */
    plan: async (buildingId: string, wish: NewDrill, by: string): Promise<PlannedDrill> => {
      rooms.requireBuilding(buildingId);
      const at = futureOf(wish, clock.now());
      const id = deps.newId();
      const drill = { ...wish, id, buildingId, at, plannedBy: by, toldFor: null, revision: 0 };
      await store.add(drill);
      return viewOf(drill);
    },

    /** @throws NotFound for a drill that is not open, InvalidInput for an hour that is over. */
    change: async (
      { buildingId, id }: Pick<StoredDrill, 'buildingId' | 'id'>,
      wish: NewDrill,
      by: string,
    ): Promise<PlannedDrill> => {
      await getOpen(buildingId, id);
      const at = futureOf(wish, clock.now());
      const changed = await store.change(id, { ...wish, at, plannedBy: by });
      if (!changed) throw unknownDrill(id);
      return viewOf(changed);
    },

    /** Whoever was told of it is told that it is off. @throws NotFound for a drill that is not open. */
    cancel: async (buildingId: string, id: string, by: string): Promise<void> => {
      const drill = await getOpen(buildingId, id);
      await store.transaction(async (tx) => {
        const closed = await store.close(id, { state: 'cancelled', closedBy: by }, tx);
        if (!closed) throw unknownDrill(id);
        const wasTold = drill.toldFor !== null && drill.toldFor > clock.now();
        if (wasTold) await tell('cancelled', { ...drill, plannedBy: by }, tx);
      });
    },

    /**
     * A person starts it in its hour.
     * @throws NotFound for a drill that is not open, Conflict when its hour has not come or an incident goes on there.
     */
    start: async (buildingId: string, id: string, by: string): Promise<Incident> => {
      const drill = await getOpen(buildingId, id);
      const running = incidents.findActiveIn(buildingId);
      if (running) throw stillActive(nameOf(buildingId));
      if (drillStateAt(drill, clock.now()) !== 'due') throw notDue(id);
      const incident = await begin(drill, { origin: 'button', actor: by });
      if (!incident) throw unknownDrill(id);
      return incident;
    },

    /** Begins what must begin by itself. It never joins an incident: a drill has no place in a fire. */
    startDue: async (): Promise<void> => {
      for (const drill of await store.listOpen()) {
        if (!mustStart(drill, clock.now()) || incidents.findActiveIn(drill.buildingId)) continue;
        await begin(drill, { origin: 'plan', actor: drill.plannedBy });
      }
    },

    /** Writes the mails that are due; without addresses nobody is told and nothing is noted. */
    tellDue: async (): Promise<void> => {
      if (mails.addresses.length === 0) return;
      await tellOfPlans();
      await remind();
    },
  };
}

/** @throws InvalidInput */
function futureOf({ at }: NewDrill, now: Date): Date {
  const moment = new Date(at);
  if (moment > now) return moment;
  throw new InvalidInput(
    'evacuation/drill-in-past',
    `A drill cannot be planned for ${at}: that is over. Choose a later hour, or sound a drill by the alarm button.`,
  );
}

const unknownDrill = (id: string): NotFound =>
  new NotFound(
    'evacuation/drill-unknown',
    `There is no planned drill ${id} in this building; it may have been started or cancelled. GET /api/v1/drills lists them.`,
  );

const notDue = (id: string): Conflict =>
  new Conflict(
    'evacuation/drill-not-due',
    `The hour of drill ${id} has not come, or is over. Change its hour, or sound a drill by the alarm button.`,
  );

const stillActive = (building: string): Conflict =>
  new Conflict(
    'evacuation/incident-active',
    `An incident goes on in ${building}. End it first, then start the drill.`,
  );
