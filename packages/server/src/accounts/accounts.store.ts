import { randomUUID } from 'node:crypto';
import {
  type Account,
  type AccountChange,
  PersonRole,
  type Scope,
} from '@vigie/contracts/accounts';
import { DirectoryRefusal } from '@vigie/contracts/directory-refusal';
import type { OwnSession } from '@vigie/contracts/own-account';
import { and, asc, count, desc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { authAccounts, passkeys, sessions, twoFactors, users } from './accounts.tables.ts';
import { invitedUntil } from './provider/invitation.ts';

/** An account to be written; the password as its hash. */
export interface WrittenAccount {
  username: string;
  name: string;
  role: PersonRole;
  scope: Scope;
  passwordHash: string;
  /** Somebody else drew the password. */
  mustChangePassword: boolean;
}

export interface AccountsStore {
  find(id: string, tx?: Database): Promise<Account | undefined>;
  findByUsername(username: string): Promise<Account | undefined>;
  list(): Promise<Account[]>;
  /** With its password, or not at all. Returns its id; `undefined` when the user name is taken. */
  add(account: WrittenAccount, tx: Database): Promise<string | undefined>;
  change(id: string, change: AccountChange, now: Date, tx: Database): Promise<void>;
  /** A new password, drawn by somebody else. */
  setPassword(id: string, passwordHash: string, tx: Database): Promise<void>;
  /** An app for codes and passkeys. */
  removeSecondFactors(id: string, tx: Database): Promise<void>;
  /** The person has set a password of his own. */
  settlePassword(id: string): Promise<void>;
  /** Whoever asks after accounts under this lock waits for the end of `tx`: no two decide by the same state. */
  lock(tx: Database): Promise<void>;
  isEmpty(tx: Database): Promise<boolean>;
  /** Administrators that can sign in whatever becomes of the directory or the provider. */
  countAdministrators(tx: Database): Promise<number>;
  /** Newest first. `isCurrent` is left to whoever knows the request. */
  listSessions(userId: string, now: Date): Promise<Omit<OwnSession, 'isCurrent'>[]>;
  /** `false` when the user has no such session. */
  endSession(userId: string, sessionId: string): Promise<boolean>;
  endSessions(userId: string, tx: Database): Promise<void>;
  /** Uses up a code of the app, which was right; `false` when it has been used. Of two at once, one gets `true`. */
  useCode(userId: string, code: string, now: Date): Promise<boolean>;
  /** Ends the session of this token. */
  endSessionOf(token: string): Promise<void>;
}

/** A code is good in the half minute before its own, in its own and in the one after. */
const codeMs = 90_000;

/** Of an account, with whether it has a passkey. */
const columns = {
  ...getTableColumns(users),
  hasPasskey: sql<boolean>`EXISTS (SELECT 1 FROM passkeys WHERE passkeys.user_id = users.id)`,
};
type AccountRow = typeof users.$inferSelect & { hasPasskey: boolean };

export function createAccountsStore(db: Database): AccountsStore {
  const endSessions = async (userId: string, tx: Database) => {
    await tx.delete(sessions).where(eq(sessions.userId, userId));
  };
  return {
    find: async (id, tx = db) => {
      const [row] = await tx.select(columns).from(users).where(eq(users.id, id));
      return row && accountOf(row);
    },
    findByUsername: async (username) => {
      const [row] = await db
        .select(columns)
        .from(users)
        .where(eq(users.username, username.toLowerCase()));
      return row && accountOf(row);
    },
    list: async () => {
      const rows = await db
        .select(columns)
        .from(users)
        .orderBy(asc(users.name), asc(users.username));
      return rows.flatMap((row) => accountOf(row) ?? []);
    },
    add: async ({ username: shown, scope, passwordHash, ...account }, tx) => {
      const id = randomUUID();
      const username = shown.toLowerCase();
      const email = `${username}@users.invalid`;
      const [made] = await tx
        .insert(users)
        .values({ id, username, displayUsername: shown, email, ...account, ...scope })
        .onConflictDoNothing()
        .returning({ id: users.id });
      if (!made) return undefined;
      const credential = { id: randomUUID(), userId: id, accountId: id, providerId: 'credential' };
      await tx.insert(authAccounts).values({ ...credential, password: passwordHash });
      return id;
    },
    change: async (id, { name, role, scope, isDisabled }, now, tx) => {
      const disabledAt = isDisabled ? now : null;
      await tx
        .update(users)
        .set({ name, role, ...scope, disabledAt, updatedAt: now })
        .where(eq(users.id, id));
    },
    setPassword: async (id, password, tx) => {
      await tx
        .update(authAccounts)
        .set({ password })
        .where(and(eq(authAccounts.userId, id), eq(authAccounts.providerId, 'credential')));
      await tx.update(users).set({ mustChangePassword: true }).where(eq(users.id, id));
    },
    removeSecondFactors: async (id, tx) => {
      await tx.delete(twoFactors).where(eq(twoFactors.userId, id));
      await tx.delete(passkeys).where(eq(passkeys.userId, id));
      await tx.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, id));
    },
    settlePassword: async (id) => {
      await db.update(users).set({ mustChangePassword: false }).where(eq(users.id, id));
    },
    lock: async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('vigie.accounts'))`);
    },
    isEmpty: async (tx) => (await tx.select({ id: users.id }).from(users).limit(1)).length === 0,
    countAdministrators: async (tx) => {
      const [row] = await tx
        .select({ n: count() })
        .from(users)
        .where(
          and(
            eq(users.role, 'administrator'),
            isNull(users.disabledAt),
            isNull(users.directoryId),
            isNull(users.providerEmail),
          ),
        );
      return row?.n ?? 0;
    },
    listSessions: async (userId, now) => {
      const rows = await db
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now)))
        .orderBy(desc(sessions.createdAt));
      return rows.map(({ id, createdAt, expiresAt, ipAddress, userAgent }) => ({
        id,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        address: ipAddress || null,
        userAgent: userAgent || null,
      }));
    },
    endSession: async (userId, id) => {
      const ended = await db
        .delete(sessions)
        .where(and(eq(sessions.userId, userId), eq(sessions.id, id)))
        .returning({ id: sessions.id });
      return ended.length > 0;
    },
    endSessions,
    useCode: async (userId, code, now) => {
      const since = now.getTime() - codeMs;
      const valid = sql`SELECT u FROM unnest(used_codes) u WHERE split_part(u, '@', 2)::bigint > ${since}`;
      const taken = await db
        .update(twoFactors)
        .set({ usedCodes: sql`ARRAY(${valid}) || ${`${code}@${now.getTime()}`}::text` })
        .where(
          and(
            eq(twoFactors.userId, userId),
            sql`NOT EXISTS (${valid} AND split_part(u, '@', 1) = ${code})`,
          ),
        )
        .returning({ id: twoFactors.id });
      return taken.length > 0;
    },
    endSessionOf: async (token) => {
      await db.delete(sessions).where(eq(sessions.token, token));
    },
  };
}

/** A role of an older version that is no more: nobody signs in with it. */
function accountOf(row: AccountRow): Account | undefined {
  const { id, username, name, zoneIds, buildingIds, mustChangePassword } = row;
  const role = PersonRole.safeParse(row.role);
  if (!role.success) return undefined;
  return {
    id,
    username,
    name,
    role: role.data,
    scope: { zoneIds, buildingIds },
    isDisabled: row.disabledAt !== null,
    hasSecondFactor: row.twoFactorEnabled,
    hasPasskey: row.hasPasskey,
    mustChangePassword,
    directory: directoryOf(row),
    provider: providerOf(row),
    createdAt: row.createdAt.toISOString(),
  };
}

function directoryOf(row: typeof users.$inferSelect): Account['directory'] {
  const { directoryId, directoryCheckedAt, directoryRefusal, createdAt } = row;
  if (directoryId === null) return null;
  const refusal = DirectoryRefusal.safeParse(directoryRefusal).data ?? null;
  return { checkedAt: (directoryCheckedAt ?? createdAt).toISOString(), refusal };
}

function providerOf(row: typeof users.$inferSelect): Account['provider'] {
  const { providerEmail: email, providerInvitedAt, providerPerson, createdAt } = row;
  if (email === null) return null;
  return {
    email,
    isLinked: providerPerson !== null,
    invitedUntil: invitedUntil(providerInvitedAt ?? createdAt).toISOString(),
  };
}
