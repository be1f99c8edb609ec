import type { Message } from '@vigie/contracts/notifications';
import { MessageStatus } from '@vigie/contracts/notifications';
import { desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { messages } from './notifications.tables.ts';

/** A message with its body, as it goes out. */
export type Letter = Message & { text: string; html: string };

/** A message to be written into the outbox. `id` is its idempotency key. */
export type NewLetter = Pick<
  Letter,
  'id' | 'kind' | 'caseId' | 'recipient' | 'subject' | 'text' | 'html'
>;

export interface NotificationsStore {
  /** `false` when there is a message of this id already. */
  add(letter: NewLetter, createdAt: Date, tx: Database): Promise<boolean>;
  find(id: string): Promise<Letter | undefined>;
  /** Newest first. */
  list(limit: number): Promise<Message[]>;
  /** Counts an attempt; `error` null: it was sent. */
  saveAttempt(id: string, at: Date, error: string | null, tx: Database): Promise<Letter>;
}

export function createNotificationsStore(db: Database): NotificationsStore {
  return {
    add: async (letter, createdAt, tx) => {
      const rows = await tx
        .insert(messages)
        .values({ ...letter, createdAt, status: 'queued' })
        .onConflictDoNothing()
        .returning({ id: messages.id });
      return rows.length > 0;
    },
    find: async (id) => {
      const [row] = await db.select().from(messages).where(eq(messages.id, id));
      return row && letterOf(row);
    },
    list: async (limit) => {
      const rows = await db.select().from(messages).orderBy(desc(messages.createdAt)).limit(limit);
      return rows.map((row) => {
        const { text: _text, html: _html, ...message } = letterOf(row);
        return message;
      });
    },
    saveAttempt: async (id, at, error, tx) => {
      const change =
        error === null ? { status: 'sent', sentAt: at, lastError: null } : { lastError: error };
      const [row] = await tx
        .update(messages)
        .set({ attempts: sql`${messages.attempts} + 1`, ...change })
        .where(eq(messages.id, id))
        .returning();
      if (!row) throw new Error(`message ${id} is not in the outbox`);
      return letterOf(row);
    },
  };
}

const letterOf = (row: typeof messages.$inferSelect): Letter => ({
  ...row,
  status: MessageStatus.parse(row.status),
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
});
