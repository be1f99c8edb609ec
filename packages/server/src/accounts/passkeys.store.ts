import type { OwnPasskey } from '@vigie/contracts/passkeys';
import { and, asc, eq, gt, isNull, lt, or } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { passkeyChallenges, passkeys, sessions } from './accounts.tables.ts';
import type { MadePasskey } from './passkeys.driver.ts';

/** A passkey and whose it is. */
export interface KnownPasskey extends MadePasskey {
  id: string;
  userId: string;
}

/** A passkey to be kept. */
interface NewRow extends KnownPasskey {
  name: string;
  createdAt: Date;
}

export interface PasskeysStore {
  /** Oldest first. */
  list(userId: string): Promise<OwnPasskey[]>;
  listKnown(userId: string): Promise<KnownPasskey[]>;
  findByCredential(credentialId: string): Promise<KnownPasskey | undefined>;
  /** `false`: somebody has this authenticator's passkey already. */
  add(row: NewRow): Promise<boolean>;
  /** `false`: the user has no such passkey. */
  rename(userId: string, id: string, name: string): Promise<boolean>;
  /** `false`: the user has no such passkey. */
  remove(userId: string, id: string): Promise<boolean>;
  /** Keeps the count of a passkey that has signed. `false`: another one counted as far in the meantime. */
  use(id: string, counter: number, now: Date): Promise<boolean>;
  /** `userId` null: for whoever signs in. Removes those whose time is over. */
  addChallenge(challenge: string, userId: string | null, at: ChallengeTimes): Promise<void>;
  /** `true`, once: it was set for this user and its time is not over. */
  takeChallenge(challenge: string, userId: string | null, now: Date): Promise<boolean>;
  /** The session has seen a passkey. */
  markSession(sessionId: string): Promise<void>;
}

interface ChallengeTimes {
  now: Date;
  expiresAt: Date;
}

export function createPasskeysStore(db: Database): PasskeysStore {
  const own = (userId: string, id: string) => and(eq(passkeys.userId, userId), eq(passkeys.id, id));
  return {
    list: async (userId) => {
      const rows = await db
        .select()
        .from(passkeys)
        .where(eq(passkeys.userId, userId))
        .orderBy(asc(passkeys.createdAt));
      return rows.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      }));
    },
    listKnown: (userId) => db.select().from(passkeys).where(eq(passkeys.userId, userId)),
    findByCredential: async (credentialId) => {
      const [row] = await db.select().from(passkeys).where(eq(passkeys.credentialId, credentialId));
      return row;
    },
    add: async (row) => {
      const added = await db.insert(passkeys).values(row).onConflictDoNothing().returning();
      return added.length > 0;
    },
    rename: async (userId, id, name) => {
      const renamed = await db.update(passkeys).set({ name }).where(own(userId, id)).returning();
      return renamed.length > 0;
    },
    remove: async (userId, id) => {
      const removed = await db.delete(passkeys).where(own(userId, id)).returning();
      return removed.length > 0;
    },
    use: async (id, counter, now) => {
      const isNewer = or(
        lt(passkeys.counter, counter),
        and(eq(passkeys.counter, 0), eq(passkeys.counter, counter)),
      );
      const used = await db
        .update(passkeys)
        .set({ counter, lastUsedAt: now })
        .where(and(eq(passkeys.id, id), isNewer))
        .returning();
      return used.length > 0;
    },
    addChallenge: async (challenge, userId, { now, expiresAt }) => {
      await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));
      await db.insert(passkeyChallenges).values({ challenge, userId, expiresAt });
    },
    takeChallenge: async (challenge, userId, now) => {
      const whose =
        userId === null ? isNull(passkeyChallenges.userId) : eq(passkeyChallenges.userId, userId);
      const taken = await db
        .delete(passkeyChallenges)
        .where(
          and(
            eq(passkeyChallenges.challenge, challenge),
            whose,
            gt(passkeyChallenges.expiresAt, now),
          ),
        )
        .returning();
      return taken.length > 0;
    },
    markSession: async (sessionId) => {
      await db.update(sessions).set({ byPasskey: true }).where(eq(sessions.id, sessionId));
    },
  };
}
