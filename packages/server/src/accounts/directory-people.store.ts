import { randomUUID } from 'node:crypto';
import type { DirectoryRights } from '@vigie/contracts/directory';
import type { DirectoryRefusal } from '@vigie/contracts/directory-refusal';
import { and, eq, gt, isNotNull } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { authAccounts, sessions, users } from './accounts.tables.ts';

/** A person of the directory as his account is to be. */
export interface KnownPerson extends Pick<DirectoryRights, 'role' | 'scope'> {
  /** Of the directory. */
  id: string;
  username: string;
  name: string;
}

/** Whose name it is. */
export interface NameHolder {
  userId: string;
  /** null: a local account. */
  directoryId: string | null;
}

/** Accounts of people whose passwords the directory keeps. */
export interface DirectoryPeopleStore {
  findHolder(username: string, tx?: Database): Promise<NameHolder | undefined>;
  /** The account of a person of the directory. */
  findUserId(directoryId: string, tx?: Database): Promise<string | undefined>;
  /** Who it is in the directory; `undefined`: a local account. */
  findDirectoryId(userId: string): Promise<string | undefined>;
  usernameOf(directoryId: string): Promise<string | undefined>;
  /** The id of the new account. */
  add(person: KnownPerson, now: Date, tx: Database): Promise<string>;
  update(userId: string, person: KnownPerson, now: Date, tx: Database): Promise<void>;
  /** Gives a name back that its holder has no more in the directory; he gets his new one when he is next seen. */
  freeName(userId: string, tx: Database): Promise<void>;
  refuse(userId: string, refusal: DirectoryRefusal, now: Date, tx: Database): Promise<void>;
  /** Ids of the directory of those who have a session. */
  listPresent(now: Date): Promise<string[]>;
}

/** How the marker in place of a password begins. */
export const directoryMark = 'directory:';

export function createDirectoryPeopleStore(db: Database): DirectoryPeopleStore {
  const rowOf = ({ id, username, name, role, scope }: KnownPerson, now: Date) => ({
    directoryId: id,
    username,
    displayUsername: username,
    name,
    role,
    ...scope,
    directoryCheckedAt: now,
    directoryRefusal: null,
    updatedAt: now,
  });
  return {
    findHolder: async (username, tx = db) => {
      const [row] = await tx
        .select({ userId: users.id, directoryId: users.directoryId })
        .from(users)
        .where(eq(users.username, username));
      return row;
    },
    findUserId: async (directoryId, tx = db) => {
      const [row] = await tx
        .select({ id: users.id })
        .from(users)
        .where(eq(users.directoryId, directoryId));
      return row?.id;
    },
    findDirectoryId: async (userId) => {
      const [row] = await db
        .select({ directoryId: users.directoryId })
        .from(users)
        .where(eq(users.id, userId));
      return row?.directoryId ?? undefined;
    },
    usernameOf: async (directoryId) => {
      const [row] = await db
        .select({ username: users.username })
        .from(users)
        .where(eq(users.directoryId, directoryId));
      return row?.username;
    },
    add: async (person, now, tx) => {
      const id = randomUUID();
      const email = `${person.id}@directory.invalid`;
      await tx.insert(users).values({ id, email, ...rowOf(person, now) });
      const mark = { accountId: id, providerId: 'credential', password: directoryMark + person.id };
      await tx.insert(authAccounts).values({ id: randomUUID(), userId: id, ...mark });
      return id;
    },
    update: async (userId, person, now, tx) => {
      await tx.update(users).set(rowOf(person, now)).where(eq(users.id, userId));
    },
    freeName: async (userId, tx) => {
      const username = `~${userId}`;
      await tx.update(users).set({ username }).where(eq(users.id, userId));
    },
    refuse: async (userId, directoryRefusal, now, tx) => {
      await tx
        .update(users)
        .set({ directoryRefusal, directoryCheckedAt: now })
        .where(eq(users.id, userId));
      await tx.delete(sessions).where(eq(sessions.userId, userId));
    },
    listPresent: async (now) => {
      const rows = await db
        .select({ directoryId: users.directoryId })
        .from(users)
        .innerJoin(sessions, eq(sessions.userId, users.id))
        .where(and(isNotNull(users.directoryId), gt(sessions.expiresAt, now)))
        .groupBy(users.directoryId);
      return rows.flatMap(({ directoryId }) => directoryId ?? []);
    },
  };
}
