import { eq, or, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { namedRows, ownRows, type PersonData } from '../platform/person-data.ts';
import {
  apiTokens,
  directoryGroups,
  passkeys,
  sessions,
  signInAttempts,
  users,
} from './accounts.tables.ts';
import { typedName } from './sign-in-throttle.ts';

/** Where people are named. The account goes last: its sessions, password and second factor go with it. */
export const accountsPersonData = (nameDigest: (name: string) => string): readonly PersonData[] => [
  {
    ...ownRows('sessions', sessions, ({ accountId }) =>
      accountId === undefined ? undefined : eq(sessions.userId, accountId),
    ),
    list: async ({ accountId }, db) => (accountId === undefined ? [] : listSessions(accountId, db)),
  },
  {
    ...ownRows('passkeys', passkeys, ({ accountId }) =>
      accountId === undefined ? undefined : eq(passkeys.userId, accountId),
    ),
    list: async ({ accountId }, db) => (accountId === undefined ? [] : listPasskeys(accountId, db)),
  },
  ownRows('sign-in-attempts', signInAttempts, ({ username }) =>
    eq(signInAttempts.account, nameDigest(typedName(username))),
  ),
  {
    ...namedRows('tokens-made', apiTokens, { key: 'username', columns: [apiTokens.createdBy] }),
    list: ({ username }, db) => listTokens(username, db),
  },
  namedRows('directory-groups', directoryGroups, {
    key: 'username',
    columns: [directoryGroups.changedBy],
  }),
  ownRows('account', users, ({ accountId }) =>
    accountId === undefined ? undefined : eq(users.id, accountId),
  ),
];

/** Without the token that opens it. */
const listSessions = (accountId: string, db: Database) =>
  db
    .select({
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      ipAddress: sessions.ipAddress,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(eq(sessions.userId, accountId));

/** Without what tells one authenticator from another. */
const listPasskeys = (accountId: string, db: Database) =>
  db
    .select({
      name: passkeys.name,
      createdAt: passkeys.createdAt,
      lastUsedAt: passkeys.lastUsedAt,
    })
    .from(passkeys)
    .where(eq(passkeys.userId, accountId));

/** Without their digests. */
const listTokens = (username: string, db: Database) =>
  db
    .select({ id: apiTokens.id, name: apiTokens.name, createdAt: apiTokens.createdAt })
    .from(apiTokens)
    .where(eq(apiTokens.createdBy, username));

/** Accounts that a text names: user name, whole name, or the address that a provider has of the person. */
export const findAccounts = (who: string, db: Database) =>
  db
    .select({ id: users.id, username: users.username, name: users.name })
    .from(users)
    .where(
      or(
        sql`lower(${users.username}) = lower(${who})`,
        sql`lower(${users.name}) = lower(${who})`,
        eq(users.providerEmail, who.toLowerCase()),
      ),
    );
