import type { Message } from '@vigie/contracts/notifications';
import type { Case, CaseStatus, NewCaseStep } from '@vigie/contracts/parking';
import { dayAt } from '@vigie/contracts/parking-days';
import { type ChainLink, recipientOf, shownAddress } from '@vigie/contracts/recipients';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { Conflict, messageOf, NotFound } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Log } from '../platform/log.ts';
import { awaitsOutcome, isStepAllowed, stepsForPeople } from './case-steps.ts';
import type { CaseOutbox, CaseTeller } from './case-telling.service.ts';
import type { CaseRow, CasesStore, StepRow } from './cases.store.ts';
import type { ParkingStore, SpaceRow } from './parking.store.ts';
import { type StaySpan, stayId } from './stays.ts';

interface CasesDeps {
  db: Database;
  store: CasesStore;
  parking: Pick<ParkingStore, 'listSpaces' | 'hasStay'>;
  outbox: Pick<CaseOutbox, 'ofCases'>;
  teller: CaseTeller;
  clock: Clock;
  /** Real time, see `CaseTeller`. */
  peopleClock: Clock;
  events: Pick<EventBus, 'emit'>;
  log: Log;
}

/** A message about a case that went out. `address` in full. */
export interface SentMessage extends Pick<ChainLink, 'channel' | 'address'> {
  caseId: string;
  kind: string;
}

/** A space at the moment its display was decided. */
export interface Situation {
  row: SpaceRow;
  stay: StaySpan | undefined;
  isOverstay: boolean;
}

export interface CasesService {
  list(): Promise<Case[]>;
  /** @throws NotFound */
  get(id: string): Promise<Case>;
  /** @throws NotFound; Conflict when the case does not allow the step. */
  addStep(id: string, step: NewCaseStep, actor: string): Promise<Case>;
  /** Opens, moves and closes cases as the situations ask; returns the ids of those that changed. */
  settle(situations: readonly Situation[], tx: Database): Promise<string[]>;
  /** A message about a case was taken by the other side. */
  markSent(message: SentMessage, tx: Database): Promise<void>;
  /** Tells what is due by now about cases nobody acknowledged; returns how many were looked at. */
  lookDue(): Promise<number>;
  /** Looks at all open cases again soon: after a start, and after zones changed. */
  lookAgain(tx: Database): Promise<void>;
}

/** Cases that one transaction looks at: few, since each is locked meanwhile. */
const lookBatch = 20;
/** Until a look that failed is tried again. */
const putOffMs = 600_000;

export function createCasesService({
  db,
  store,
  parking,
  outbox,
  teller,
  clock,
  peopleClock,
  events,
  log,
}: CasesDeps): CasesService {
  const step = (row: CaseRow, status: CaseStatus, reason: string, tx: Database) =>
    store.addStep({ caseId: row.id, status, reason, at: clock.now(), actor: 'system' }, tx);

  /** The stay of the case is over: it is closed, and who was told before is told now. */
  async function end(id: string, place: SpaceRow, tx: Database): Promise<void> {
    const row = await store.lock(id, tx);
    if (!row || row.status === 'closed') return;
    if (awaitsOutcome(row.status)) await step(row, 'gone', 'car-left', tx);
    await step(row, 'closed', 'car-left', tx);
    await teller.look(row, place, tx);
  }

  async function look(row: CaseRow, tx: Database): Promise<boolean> {
    const [place] = await parking.listSpaces(tx, {
      now: clock.now(),
      ids: [row.spaceId],
    });
    return place ? teller.look(row, place, tx) : false;
  }

  /** One case that cannot be looked at must not keep the others waiting: its next look is put off. */
  async function lookApart(row: CaseRow, tx: Database): Promise<boolean> {
    try {
      return await tx.transaction((part) => look(row, part));
    } catch (error) {
      log.error({ case: row.number, error: messageOf(error) }, 'a case could not be looked at');
      const later = new Date(peopleClock.now().getTime() + putOffMs);
      await store.saveNextLook(row.id, later, tx);
      return false;
    }
  }

  /** `true` when the case belongs to the stay, also after a late event moved the stay's beginning. */
  async function belongs(
    row: CaseRow,
    { stay, row: { space } }: Situation,
    tx: Database,
  ): Promise<boolean> {
    if (!stay) return false;
    const id = stayId(space.id, stay.since);
    if (row.stayId === id) return true;
    if ((await parking.hasStay(row.stayId, tx)) || stay.since > row.openedAt) return false;
    await store.follow(row.id, id, stay.since, tx);
    return true;
  }

  async function settleOne(
    situation: Situation,
    known: readonly CaseRow[],
    tx: Database,
  ): Promise<string[]> {
    const { row, stay, isOverstay } = situation;
    const changed: string[] = [];
    let hasCase = false;
    for (const existing of known) {
      if (await belongs(existing, situation, tx)) hasCase = true;
      else {
        await end(existing.id, row, tx);
        changed.push(existing.id);
      }
    }
    if (!stay || !isOverstay || hasCase) return changed;
    const opened = await store.open(
      {
        stayId: stayId(row.space.id, stay.since),
        spaceId: row.space.id,
        since: stay.since,
        openedAt: clock.now(),
      },
      tx,
    );
    if (!opened) return changed;
    await step(opened, 'open', 'allowed-days-used-up', tx);
    await teller.look(opened, row, tx);
    return [...changed, opened.id];
  }

  async function views(rows: readonly CaseRow[]): Promise<Case[]> {
    const ids = rows.map(({ id }) => id);
    const steps = await store.stepsOf(ids, db);
    const messages = await outbox.ofCases(ids, db);
    const spaces = await parking.listSpaces(db, {
      now: clock.now(),
      ids: [...new Set(rows.map(({ spaceId }) => spaceId))],
    });
    const bySpace = new Map(spaces.map((entry) => [entry.space.id, entry]));
    return rows.flatMap((row) => {
      const place = bySpace.get(row.spaceId);
      const told = { steps: steps.get(row.id) ?? [], messages: messages.get(row.id) ?? [] };
      return place ? [viewOf({ row, place, ...told }, clock.now())] : [];
    });
  }

  async function get(id: string): Promise<Case> {
    const [view] = await views(await store.list(db, [id]));
    if (!view) throw new NotFound('parking/case-unknown', `There is no case ${id}.`);
    return view;
  }

  return {
    list: async () => views(await store.list(db)),
    get,
    addStep: async (id, { status, reason }, actor) => {
      await db.transaction(async (tx) => {
        const row = await store.lock(id, tx);
        if (!row) throw new NotFound('parking/case-unknown', `There is no case ${id}.`);
        if (!stepsForPeople(row.status).includes(status)) {
          throw new Conflict(
            'parking/case-step-refused',
            `Case ${row.number} is ${row.status} and cannot become ${status}. Possible now: ${stepsForPeople(row.status).join(', ') || 'nothing'}.`,
          );
        }
        await store.addStep({ caseId: id, status, reason, actor, at: clock.now() }, tx);
        await look(row, tx);
      });
      return get(id);
    },
    settle: async (situations, tx) => {
      const known = await store.notClosed(
        situations.map(({ row }) => row.space.id),
        tx,
      );
      const changed: string[] = [];
      for (const situation of situations) {
        changed.push(...(await settleOne(situation, known.get(situation.row.space.id) ?? [], tx)));
      }
      return changed;
    },
    markSent: async ({ caseId, kind, channel, address }, tx) => {
      const row = await store.lock(caseId, tx);
      if (!row) return;
      const reason = `${channel}:${shownAddress({ channel, address })}`;
      if (kind !== 'case-gone' && isStepAllowed(row.status, 'sent'))
        await step(row, 'sent', reason, tx);
      await look(row, tx);
    },
    lookDue: async () => {
      const told: string[] = [];
      const count = await db.transaction(async (tx) => {
        const rows = await store.takeDue(peopleClock.now(), lookBatch, tx);
        for (const row of rows) if (await lookApart(row, tx)) told.push(row.id);
        return rows.length;
      });
      for (const id of told) events.emit('case', await get(id));
      return count;
    },
    lookAgain: (tx) => store.lookAtAll(peopleClock.now(), tx),
  };
}

interface Known {
  row: CaseRow;
  place: SpaceRow;
  steps: readonly StepRow[];
  messages: readonly Message[];
}

function viewOf({ row, place, steps, messages }: Known, now: Date): Case {
  const { space, zone } = place;
  const closedAt = steps.find(({ status }) => status === 'closed')?.at;
  return {
    id: row.id,
    number: row.number,
    spaceId: space.id,
    spaceLabel: space.label,
    address: space.address,
    zoneId: zone.id,
    zoneName: zone.name,
    since: row.since.toISOString(),
    days: dayAt({ ...zone, since: row.since, now: closedAt ?? now }),
    openedAt: row.openedAt.toISOString(),
    status: row.status,
    nextStatuses: stepsForPeople(row.status),
    steps: steps.map(({ status, at, actor, reason }) => ({
      status,
      actor,
      reason,
      at: at.toISOString(),
    })),
    messages: messages.map((message) => ({
      ...message,
      recipient: shownAddress({ channel: message.channel, address: message.recipient }),
    })),
    chain: zone.recipients.map((named) => {
      const { channel, address, name } = recipientOf(named, zone.id);
      return { channel, address: shownAddress({ channel, address }), name };
    }),
    nextLookAt: row.nextLookAt?.toISOString() ?? null,
  };
}
