import type { Zone } from '@vigie/contracts/parking';
import { ZoneChange } from '@vigie/contracts/parking';
import { type Channel, Recipient, recipientOf } from '@vigie/contracts/recipients';
import { momentOnWall } from '@vigie/contracts/wall-clock';

const minuteMs = 60_000;

/** A number as its field holds it: empty while nothing is written. */
type Written = number | string;

/** A recipient as it is being written. `key` tells it from the others while they move. */
export interface RecipientDraft {
  key: number;
  channel: Channel;
  address: string;
  name: string;
  /** Empty: all languages. */
  language: '' | 'fr' | 'en';
}

/** The rules of a zone as somebody writes them. */
export interface Draft extends Pick<Zone, 'name' | 'dayRule' | 'legalBasis' | 'timeZone'> {
  allowedDays: Written;
  holdMinutes: Written;
  recipients: RecipientDraft[];
  remindAfterHours: Written;
  escalateAfterHours: Written;
  isQuiet: boolean;
  /** `HH:MM` */
  quietFrom: string;
  quietTo: string;
  when: 'now' | 'later';
  /** `YYYY-MM-DDTHH:MM` in the zone's time zone; counts when `when` is `later`. */
  from: string;
}

/** What a draft says, or the parts of it that cannot be meant, e.g. `allowedDays`, `recipients.0`. */
export type Reading = { change: ZoneChange; wrong?: never } | { wrong: string[]; change?: never };

/** The rules in force, ready to be changed from the moment `from` on. */
export function draftOf(zone: Zone, from: string): Draft {
  const { holdMs, recipients, quietHours, id, ...same } = zone;
  return {
    ...same,
    holdMinutes: holdMs / minuteMs,
    recipients: recipients.map((named, key) => {
      const { channel, address, name, language = '' } = recipientOf(named, id);
      return { key, channel, address, name, language };
    }),
    isQuiet: quietHours !== null,
    quietFrom: quietHours?.from ?? '22:00',
    quietTo: quietHours?.to ?? '07:00',
    when: 'now',
    from,
  };
}

/** A key that no recipient has yet. */
export const nextKey = (recipients: readonly RecipientDraft[]): number =>
  Math.max(-1, ...recipients.map(({ key }) => key)) + 1;

export function readDraft(draft: Draft): Reading {
  const { holdMinutes, recipients, isQuiet, quietFrom, quietTo, when, from, ...same } = draft;
  const people = recipients.map((one) => Recipient.safeParse(recipientFrom(one)));
  const appliesFrom = when === 'later' ? momentOnWall(from, draft.timeZone) : undefined;
  const read = ZoneChange.safeParse({
    ...same,
    holdMs: typeof holdMinutes === 'number' ? Math.round(holdMinutes * minuteMs) : undefined,
    recipients: people.flatMap(({ data }) => (data ? [data] : [])),
    quietHours: isQuiet ? { from: quietFrom, to: quietTo } : null,
    ...(appliesFrom ? { appliesFrom: appliesFrom.toISOString() } : {}),
  });
  const wrong = [
    ...(read.error?.issues.map(({ path: [part] }) => String(part)) ?? []),
    ...people.flatMap(({ success }, index) => (success ? [] : [`recipients.${index}`])),
    ...(typeof holdMinutes === 'number' ? [] : ['holdMs']),
    ...(when === 'later' && !appliesFrom ? ['appliesFrom'] : []),
  ];
  return read.data && wrong.length === 0 ? { change: read.data } : { wrong: [...new Set(wrong)] };
}

const recipientFrom = ({ channel, address, name, language }: RecipientDraft) => ({
  channel,
  ...(address.trim() ? { address: address.trim() } : {}),
  ...(name.trim() ? { name: name.trim() } : {}),
  ...(language ? { language } : {}),
});

/** The chain with the recipient at `index` one place earlier. */
export function movedUp<T>(chain: readonly T[], index: number): T[] {
  const moved = chain.slice(index, index + 1);
  const others = chain.filter((_, at) => at !== index);
  return others.toSpliced(Math.max(0, index - 1), 0, ...moved);
}
