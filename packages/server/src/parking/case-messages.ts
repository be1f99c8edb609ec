import type { CaseMessageKind } from '@vigie/contracts/case-notice';
import type { MessageStatus } from '@vigie/contracts/notifications';
import type { CaseStatus, Zone } from '@vigie/contracts/parking';
import { type ChainLink, type FullRecipient, recipientOf } from '@vigie/contracts/recipients';
import { awakeFrom } from './quiet-hours.ts';

/** A message about a case that was queued before. Times are real ones. */
export interface ToldMessage extends ChainLink {
  kind: CaseMessageKind;
  status: MessageStatus;
  /** Begun ones: from 1 on the recipient may have got it. */
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
}

/** What is known about telling a case. `now` is real time: people's patience is not that of a fast parking clock. */
export interface CaseTelling {
  steps: readonly { status: CaseStatus; actor: string }[];
  /** Oldest first. */
  told: readonly ToldMessage[];
  zone: Zone;
  now: Date;
}

/** A message to be queued now. `n` is its number among those of its kind, from 1 on. */
export interface DueMessage {
  kind: CaseMessageKind;
  n: number;
  recipient: FullRecipient;
}

/** `withdraw`: kinds of which unsent messages have become pointless. `nextLookAt` null: nothing will fall due by time alone. */
export interface MessagesDue {
  due: DueMessage[];
  withdraw: readonly CaseMessageKind[];
  nextLookAt: Date | null;
}

/** Who did not answer to these does not answer to more of them; the case stays on the officers' list. */
const mostReminders = 3;
const hourMs = 3_600_000;

/**
 * Which messages of a case fall due. The first of the chain is told at the opening, reminded while nobody
 * acknowledges, and the next one is told after a longer while. Nobody is pressed after an acknowledgement. When the car
 * leaves first, everybody who may have been told learns it. Quiet hours put all of it off.
 */
export function messagesDue(telling: CaseTelling): MessagesDue {
  const { steps } = telling;
  if (steps.some(({ status, actor }) => status === 'gone' && actor === 'system'))
    return afterDeparture(telling);
  if (steps.some(({ status }) => status !== 'open' && status !== 'sent'))
    return { due: [], withdraw: ['reminder', 'escalated'], nextLookAt: null };
  return untilAnswered(telling);
}

function afterDeparture({ told, zone, now }: CaseTelling): MessagesDue {
  const withdraw: CaseMessageKind[] = ['opened', 'reminder', 'escalated'];
  const informed = told.filter(({ kind }) => kind === 'gone');
  const reached = told.filter(({ kind, attempts }) => kind !== 'gone' && attempts > 0);
  const left = reached.filter(
    (one, at) => at === reached.findIndex(isTo(one)) && !informed.some(isTo(one)),
  );
  const nextLookAt = awakeFrom(now, zone.quietHours, zone.timeZone);
  if (left.length === 0) return { due: [], withdraw, nextLookAt: null };
  if (nextLookAt > now) return { due: [], withdraw, nextLookAt };
  const due = left.map((one, i) => ({
    kind: 'gone' as const,
    n: informed.length + i + 1,
    recipient: inFull(one, zone),
  }));
  return { due, withdraw, nextLookAt: null };
}

function untilAnswered(telling: CaseTelling): MessagesDue {
  const { zone, now } = telling;
  const next = nextMessage(telling);
  if (!next) return { due: [], withdraw: [], nextLookAt: null };
  const from = new Date(Math.max(next.at.getTime(), now.getTime()));
  const sendAt = awakeFrom(from, zone.quietHours, zone.timeZone);
  if (sendAt > now) return { due: [], withdraw: [], nextLookAt: sendAt };
  const due = numbered(next, telling.told);
  const told = [...telling.told, justQueued(due, now)];
  const { nextLookAt } = untilAnswered({ ...telling, told });
  return { due: [due], withdraw: [], nextLookAt };
}

interface Planned {
  kind: CaseMessageKind;
  recipient: FullRecipient;
  at: Date;
}

/** The message that comes next if nobody answers, and when; the more pressing one where two are due. */
function nextMessage({ told, zone, now }: CaseTelling): Planned | undefined {
  const chain = zone.recipients.map((named) => recipientOf(named, zone.id));
  const last = told.findLast(({ status }) => status !== 'withdrawn');
  const next = chain.find((link) => !told.some(isTo(link)));
  if (!last) return next && { kind: 'opened', recipient: next, at: now };
  const toLast = told.filter(isTo(last));
  const escalation = next && {
    kind: 'escalated' as const,
    recipient: next,
    at: after(toLast[0]?.createdAt ?? last.createdAt, zone.escalateAfterHours),
  };
  const reminders = toLast.filter(({ kind }) => kind === 'reminder').length;
  // An unsent message is no reason for a second one: the reminder waits for the first to go out.
  if (!last.sentAt || reminders >= mostReminders) return escalation;
  const at = after(last.sentAt, zone.remindAfterHours);
  if (escalation && (escalation.at <= at || escalation.at <= now)) return escalation;
  return { kind: 'reminder', recipient: inFull(last, zone), at };
}

const numbered = ({ kind, recipient }: Planned, told: readonly ToldMessage[]): DueMessage => ({
  kind,
  recipient,
  n: told.filter((one) => one.kind === kind).length + 1,
});

const justQueued = ({ kind, recipient }: DueMessage, now: Date): ToldMessage => ({
  ...recipient,
  kind,
  status: 'queued',
  attempts: 0,
  createdAt: now,
  sentAt: null,
});

/** Who was told may have left the chain since, and is written to as before. */
function inFull(told: ToldMessage, zone: Zone): FullRecipient {
  const chain = zone.recipients.map((named) => recipientOf(named, zone.id));
  const { channel, address, name } = told;
  return chain.find(isTo(told)) ?? { channel, address, name, language: undefined };
}

type Place = Pick<ChainLink, 'channel' | 'address'>;

const isTo =
  (one: Place) =>
  (other: Place): boolean =>
    one.channel === other.channel && one.address === other.address;

const after = (moment: Date, hours: number): Date => new Date(moment.getTime() + hours * hourMs);
