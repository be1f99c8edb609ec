import type { Message } from '@vigie/contracts/notifications';
import { MessageStatus } from '@vigie/contracts/notifications';
import { Channel } from '@vigie/contracts/recipients';
import { and, asc, desc, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { type OldData, oldRows } from '../platform/old-data.ts';
import type { SealedAddresses } from '../platform/sealed-addresses.ts';
import { type SealedData, sealedColumn } from '../platform/sealed-data.ts';
import type { Letter, NewLetter } from './letter.ts';
import { messages } from './notifications.tables.ts';

/** How an attempt ended. `error` undefined: the letter was taken. `isLast`: it is given up. */
export interface Attempt {
  id: string;
  at: Date;
  error?: string;
  isLast?: boolean;
}

export interface NotificationsStore {
  /** `false` when there is a message of this id already. */
  add(letter: NewLetter, createdAt: Date, tx: Database): Promise<boolean>;
  /** Counts a new attempt before it is made; `undefined` when the message is not to be sent (any more). */
  claim(id: string): Promise<Letter | undefined>;
  /** Newest first. */
  list(limit: number): Promise<Message[]>;
  /** Oldest first, by case. */
  ofCases(caseIds: readonly string[], tx: Database): Promise<Map<string, Message[]>>;
  saveAttempt(attempt: Attempt, tx: Database): Promise<Letter>;
  /** Messages of a case that wait are not sent any more; one that is just being booked as sent is passed over. */
  withdraw(caseId: string, kinds: readonly string[], tx: Database): Promise<void>;
}

export function createNotificationsStore(
  db: Database,
  addresses: SealedAddresses,
): NotificationsStore {
  const letterOf = async (row: typeof messages.$inferSelect): Promise<Letter> => ({
    ...row,
    recipient: await addresses.open(row.recipient),
    channel: Channel.parse(row.channel),
    status: MessageStatus.parse(row.status),
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  });

  async function messageOf(row: typeof messages.$inferSelect): Promise<Message> {
    const { text: _text, html: _html, data: _data, ...message } = await letterOf(row);
    return message;
  }

  return {
    add: async (letter, createdAt, tx) => {
      const recipient = await addresses.seal(letter.channel, letter.recipient);
      const rows = await tx
        .insert(messages)
        .values({ ...letter, recipient, createdAt, status: 'queued' })
        .onConflictDoNothing()
        .returning({ id: messages.id });
      return rows.length > 0;
    },
    claim: async (id) => {
      const [row] = await db
        .update(messages)
        .set({ attempts: sql`${messages.attempts} + 1` })
        .where(and(eq(messages.id, id), eq(messages.status, 'queued')))
        .returning();
      return row && letterOf(row);
    },
    list: async (limit) => {
      const newest = db.select().from(messages).orderBy(desc(messages.createdAt)).limit(limit);
      return Promise.all((await newest).map(messageOf));
    },
    ofCases: async (caseIds, tx) => {
      if (caseIds.length === 0) return new Map();
      const rows = await tx
        .select()
        .from(messages)
        .where(and(inArray(messages.caseId, [...caseIds]), isNotNull(messages.caseId)))
        .orderBy(asc(messages.createdAt), asc(messages.id));
      return Map.groupBy(await Promise.all(rows.map(messageOf)), ({ caseId }) => caseId ?? '');
    },
    saveAttempt: async ({ id, at, error, isLast = false }, tx) => {
      const failed = isLast ? { status: 'failed', lastError: error } : { lastError: error };
      const change = error === undefined ? { status: 'sent', sentAt: at, lastError: null } : failed;
      const [row] = await tx.update(messages).set(change).where(eq(messages.id, id)).returning();
      if (!row) throw new Error(`message ${id} is not in the outbox`);
      return letterOf(row);
    },
    withdraw: async (caseId, kinds, tx) => {
      const waiting = tx
        .select({ id: messages.id })
        .from(messages)
        .where(
          and(
            eq(messages.caseId, caseId),
            eq(messages.status, 'queued'),
            inArray(messages.kind, [...kinds]),
          ),
        )
        .for('update', { skipLocked: true });
      await tx.update(messages).set({ status: 'withdrawn' }).where(inArray(messages.id, waiting));
    },
  };
}

/** What this feature deletes when it is old. */
export const notificationsOldData: readonly OldData[] = [
  oldRows('messages', messages, { isOld: (until) => lt(messages.createdAt, until) }),
];

/** What this feature keeps sealed. */
export const notificationsSealedData: readonly SealedData[] = [
  sealedColumn('addresses of webhooks in messages', messages.recipient, 'recipients'),
];
