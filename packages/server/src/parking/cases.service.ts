import type { Case, CaseStatus, NewCaseStep } from '@vigie/contracts/parking';
import { dayAt } from '@vigie/contracts/parking-days';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { Conflict, NotFound } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { caseGoneMail, caseOpenedMail, type MailText } from './case-mail.ts';
import { awaitsOutcome, isStepAllowed, stepsForPeople } from './case-steps.ts';
import type { CaseRow, CasesStore, StepRow } from './cases.store.ts';
import type { ParkingStore, SpaceRow } from './parking.store.ts';
import { type StaySpan, stayId } from './stays.ts';

/** Writes a message to the police in the caller's transaction. */
export type QueueLetter = (
  letter: { id: string; kind: string; caseId: string; recipient: string } & MailText,
  tx: Database,
) => Promise<void>;

interface CasesDeps {
  db: Database;
  store: CasesStore;
  parking: Pick<ParkingStore, 'listSpaces' | 'hasStay'>;
  queueLetter: QueueLetter;
  clock: Clock;
  log: Log;
  publicUrl: string;
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
  /** The mail server took the message of a case. */
  markSent(caseId: string, recipient: string, tx: Database): Promise<void>;
}

export function createCasesService({
  db,
  store,
  parking,
  queueLetter,
  clock,
  log,
  publicUrl,
}: CasesDeps): CasesService {
  const step = (row: CaseRow, status: CaseStatus, reason: string, tx: Database) =>
    store.addStep({ caseId: row.id, status, reason, at: clock.now(), actor: 'system' }, tx);

  async function writeToPolice(
    kind: 'opened' | 'gone',
    row: CaseRow,
    { space, zone, display }: SpaceRow,
    tx: Database,
  ) {
    const recipient = zone.recipients[0];
    if (!recipient) {
      log.warn(
        { case: row.number, zone: zone.id },
        'nobody is told: the zone has no recipient. Add one to the zone',
      );
      return;
    }
    const facts = {
      number: row.number,
      space,
      zone,
      since: row.since,
      days: dayAt({ ...zone, since: row.since, now: clock.now() }),
      colour: display?.colour ?? '#000000',
      link: `${publicUrl}/cases/${row.id}`,
    };
    const text = kind === 'opened' ? caseOpenedMail(facts) : caseGoneMail(facts);
    await queueLetter(
      { id: `case-${row.id}-${kind}`, kind: `case-${kind}`, caseId: row.id, recipient, ...text },
      tx,
    );
  }

  /** The stay of the case is over: it is closed, and who was told before is told now. */
  async function end(row: CaseRow, space: SpaceRow, tx: Database): Promise<void> {
    if (awaitsOutcome(row.status)) {
      await step(row, 'gone', 'car-left', tx);
      if (row.status !== 'open') await writeToPolice('gone', row, space, tx);
    }
    await step(row, 'closed', 'car-left', tx);
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
        await end(existing, row, tx);
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
    await writeToPolice('opened', opened, row, tx);
    return [...changed, opened.id];
  }

  async function views(rows: readonly CaseRow[]): Promise<Case[]> {
    const steps = await store.stepsOf(rows.map(({ id }) => id));
    const spaces = await parking.listSpaces(db, {
      now: clock.now(),
      ids: [...new Set(rows.map(({ spaceId }) => spaceId))],
    });
    const bySpace = new Map(spaces.map((entry) => [entry.space.id, entry]));
    return rows.flatMap((row) => {
      const place = bySpace.get(row.spaceId);
      return place ? [viewOf(row, steps.get(row.id) ?? [], place, clock.now())] : [];
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
    markSent: async (caseId, recipient, tx) => {
      const row = await store.lock(caseId, tx);
      if (row && isStepAllowed(row.status, 'sent'))
        await step(row, 'sent', `mail:${recipient}`, tx);
    },
  };
}

function viewOf(
  row: CaseRow,
  steps: readonly StepRow[],
  { space, zone }: SpaceRow,
  now: Date,
): Case {
  const closedAt = steps.find(({ status }) => status === 'closed')?.at;
  return {
    id: row.id,
    number: row.number,
    spaceId: space.id,
    spaceLabel: space.label,
    address: space.address,
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
  };
}
