import { CaseMessageKind } from '@vigie/contracts/case-notice';
import type { Message } from '@vigie/contracts/notifications';
import { dayAt } from '@vigie/contracts/parking-days';
import type { ChainLink } from '@vigie/contracts/recipients';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { type CaseFacts, noticeOf } from './case-facts.ts';
import { caseMail, type MailText } from './case-mail.ts';
import { type DueMessage, messagesDue, type ToldMessage } from './case-messages.ts';
import { caseSms } from './case-sms.ts';
import type { CaseRow, CasesStore } from './cases.store.ts';
import type { SpaceRow } from './parking.store.ts';

/** A message about a case for the outbox. `id` is its idempotency key. */
export interface CaseLetter extends MailText {
  id: string;
  kind: string;
  caseId: string;
  channel: ChainLink['channel'];
  recipient: string;
  recipientName: string;
  data: ReturnType<typeof noticeOf>;
}

/** What the cases ask of the outbox. */
export interface CaseOutbox {
  queue(letter: CaseLetter, tx: Database): Promise<void>;
  /** Oldest first, by case, with full addresses. */
  ofCases(caseIds: readonly string[], tx: Database): Promise<Map<string, Message[]>>;
  withdraw(caseId: string, kinds: readonly string[], tx: Database): Promise<void>;
}

interface TellingDeps {
  store: Pick<CasesStore, 'stepsOf' | 'saveNextLook' | 'arrivalFlag'>;
  outbox: CaseOutbox;
  devices: { batteryAt(spaceId: string, tx: Database): Promise<number | null> };
  /** Parking's own: days are counted by it. */
  clock: Clock;
  /** Real time: people's patience and sleep go by it. */
  peopleClock: Clock;
  log: Log;
  publicUrl: string;
}

/** Tells people about cases. */
export interface CaseTeller {
  /**
   * Queues what is due about a case, withdraws what became pointless and notes when to look again, all in the caller's
   * transaction, which holds the lock on the case. `true` when a message was queued.
   */
  look(row: CaseRow, place: SpaceRow, tx: Database): Promise<boolean>;
}

export function createCaseTeller(deps: TellingDeps): CaseTeller {
  const { store, outbox, devices, clock, peopleClock, log, publicUrl } = deps;

  async function factsOf(row: CaseRow, place: SpaceRow, tx: Database): Promise<CaseFacts> {
    const { space, zone, display, fold } = place;
    const stay = fold.current;
    const flag = await store.arrivalFlag(space.id, row.since, tx);
    return {
      caseId: row.id,
      number: row.number,
      space,
      zone,
      since: row.since,
      days: dayAt({ ...zone, since: row.since, now: clock.now() }),
      colour: display?.colour ?? '#000000',
      link: `${publicUrl}/cases/${row.id}`,
      ...(flag === undefined ? {} : { sinceBy: flag === 'ok' ? 'device' : 'receipt' }),
      ...(stay?.since.getTime() === row.since.getTime() ? { gaps: stay.gaps } : {}),
      sensor: {
        lastHeardAt: fold.heardAt,
        batteryPercent: await devices.batteryAt(space.id, tx),
      },
    };
  }

  return {
    look: async (row, place, tx) => {
      const { zone } = place;
      const steps = (await store.stepsOf([row.id], tx)).get(row.id) ?? [];
      const told = ((await outbox.ofCases([row.id], tx)).get(row.id) ?? []).map(toldFrom);
      const telling = { steps, told, zone, now: peopleClock.now() };
      const { due, withdraw, nextLookAt } = messagesDue(telling);
      if (withdraw.length > 0) await outbox.withdraw(row.id, withdraw.map(nameOf), tx);
      if (due.length > 0) {
        const facts = await factsOf(row, place, tx);
        for (const one of due) await outbox.queue(letterOf(one, facts), tx);
      }
      if (told.length === 0 && zone.recipients.length === 0 && row.status === 'open') {
        log.warn(
          { case: row.number, zone: zone.id },
          'nobody is told: the zone has no recipient. Add one to the zone',
        );
      }
      await store.saveNextLook(row.id, nextLookAt, tx);
      return due.length > 0;
    },
  };
}

const nameOf = (kind: CaseMessageKind): string => `case-${kind}`;

/** Always the same for the same message, so that it exists once. The first of a kind bears no number. */
const idOf = (caseId: string, { kind, n }: DueMessage): string =>
  `case-${caseId}-${kind}${n === 1 ? '' : `-${n}`}`;

function letterOf(due: DueMessage, facts: CaseFacts): CaseLetter {
  const { kind, recipient } = due;
  const { channel, address, name, language } = recipient;
  const id = idOf(facts.caseId, due);
  const data = noticeOf(facts, { id, kind });
  const mail = caseMail(data, language);
  return {
    id,
    kind: nameOf(kind),
    caseId: facts.caseId,
    channel,
    recipient: address,
    recipientName: name,
    ...mail,
    ...(channel === 'sms' ? { text: caseSms(data, language) } : {}),
    data,
  };
}

const toldFrom = ({ kind, recipient, recipientName, ...message }: Message): ToldMessage => ({
  kind: CaseMessageKind.parse(kind.replace(/^case-/, '')),
  channel: message.channel,
  address: recipient,
  name: recipientName,
  status: message.status,
  attempts: message.attempts,
  createdAt: new Date(message.createdAt),
  sentAt: message.sentAt === null ? null : new Date(message.sentAt),
});
