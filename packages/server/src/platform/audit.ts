import type { AuditAct, AuditEntry, PrivateKey } from '@vigie/contracts/audit';
import type { Database } from './database.ts';

/** Who does something. `id` is `kind:id`, as it stands in the log; name and address stand beside and can be erased. */
export interface Actor {
  id: string;
  name?: string;
  address?: string;
}

/** Something that somebody did. `subject` is `kind:id`; `details` name nobody. */
export interface AuditNote {
  actor: Actor;
  act: AuditAct;
  subject?: string;
  details?: AuditEntry['details'];
  /** What is told of people: kept beside the hash, and gone when the person is erased. */
  told?: Partial<Record<Extract<PrivateKey, 'reason' | 'subjectName'>, string>>;
}

/** The append-only log of who did what. */
export interface AuditLog {
  /** In the transaction of the act: both are kept, or neither. Last before the commit: others wait for it from here on. */
  record(note: AuditNote, tx: Database): Promise<void>;
  /** By itself. @throws when it cannot be written. */
  write(note: AuditNote): Promise<void>;
  /** When the database is there again: what an alarm asks for waits for no log. */
  writeLater(note: AuditNote): void;
}

/** The server itself: timed work and what is asked on its own machine. */
export const systemActor: Actor = { id: 'system' };
