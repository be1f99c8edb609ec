import type { CaseNotice } from '@vigie/contracts/case-notice';
import type { Message } from '@vigie/contracts/notifications';

/**
 * A message with its body, as it goes out. `recipient` is the full address. Each channel sends a part: mail `subject`,
 * `text` and `html` unless that is empty; SMS `text`; webhook and MQTT `data` (null in letters of the first version, which were mails).
 */
export type Letter = Message & { text: string; html: string; data: CaseNotice | null };

/** A message to be written into the outbox. `id` is its idempotency key. */
export type NewLetter = Pick<
  Letter,
  | 'id'
  | 'kind'
  | 'caseId'
  | 'channel'
  | 'recipient'
  | 'recipientName'
  | 'subject'
  | 'text'
  | 'html'
  | 'data'
>;

/** Hands letters of one channel to the outside. */
export interface Carrier {
  /** Resolves when the other side has taken the letter. Rejects when it did not, or when nobody knows. */
  send(letter: Letter): Promise<void>;
  stop(): void;
}
