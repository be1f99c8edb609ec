import type { AlarmInput, AlarmInputView } from '@vigie/contracts/alarm-inputs';

/** A contact that was not read for so long is a fault; milliseconds. */
export const faultAfterMs = 5000;
/** A contact is back at rest when it was read so for as long; until then it bounces. Milliseconds. */
export const releaseMs = 2000;

/** What is known of a contact. Times in milliseconds since 1970. */
export interface Contact {
  /** As it was last known, before a fault, too; `undefined`: it was never read */
  readonly known: 'rest' | 'active' | undefined;
  /** Since when it is read at rest without a break */
  readonly restSince: number | undefined;
  readonly readAt: number | undefined;
}

/** A contact that nobody has read yet. */
export const UNREAD: Contact = { known: undefined, restSince: undefined, readAt: undefined };

/** Whether the contact alarms. `isClosed`: as the module reads it. */
export const isAlarming = ({ contact }: Pick<AlarmInput, 'contact'>, isClosed: boolean): boolean =>
  isClosed === (contact === 'normally-open');

/**
 * The contact after a reading: quick to alarm, slow to rest. `turned` is what this reading changed; one that is found active
 * at the first reading alarms as well, because nobody may have been told.
 */
export function withReading(
  before: Contact,
  isActive: boolean,
  now: number,
): { contact: Contact; turned: 'active' | 'rest' | undefined } {
  if (isActive) {
    const contact: Contact = { known: 'active', restSince: undefined, readAt: now };
    return { contact, turned: before.known === 'active' ? undefined : 'active' };
  }
  const restSince = before.restSince ?? now;
  const bounces = before.known === 'active' && now - restSince < releaseMs;
  const contact: Contact = { known: bounces ? 'active' : 'rest', restSince, readAt: now };
  return { contact, turned: before.known === 'active' && !bounces ? 'rest' : undefined };
}

/** What is shown of a contact at `now`: a fault unless it was read a moment ago. */
export function shownContact({ known, readAt }: Contact, now: number): AlarmInputView['state'] {
  if (known === undefined || readAt === undefined) return 'fault';
  return now - readAt > faultAfterMs ? 'fault' : known;
}
