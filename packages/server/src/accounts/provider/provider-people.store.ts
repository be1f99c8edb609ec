import { randomUUID } from 'node:crypto';
import type { ProviderInvitation } from '@vigie/contracts/provider';
import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { authAccounts, users } from '../accounts.tables.ts';
import type { ProvenPerson } from './provider-claims.ts';

/** Somebody as the OpenID provider names him, for ever. */
type Subject = Pick<ProvenPerson, 'issuer' | 'subject'>;

interface Invited {
  userId: string;
  invitedAt: Date;
}

/** Accounts of people whom an OpenID provider lets in. */
export interface ProviderPeopleStore {
  /** Returns the id of the account; `undefined`: the name or the address has one already. */
  invite(
    invitation: ProviderInvitation & { username: string },
    now: Date,
    tx: Database,
  ): Promise<string | undefined>;
  /** Who took it is forgotten, and it can be taken anew. */
  inviteAgain(userId: string, now: Date, tx: Database): Promise<void>;
  findUserId(person: Subject, tx: Database): Promise<string | undefined>;
  /** One that nobody has taken. `email` in lower case. */
  findInvited(email: string, tx: Database): Promise<Invited | undefined>;
  link(userId: string, person: Subject, tx: Database): Promise<void>;
  keepIdToken(userId: string, idToken: string, tx: Database): Promise<void>;
  /** The newest ID token of a person, once. */
  takeIdToken(userId: string): Promise<string | undefined>;
}

/** How the marker in place of a password begins. */
const providerMark = 'provider:';

/** Stands in place of a password that nobody has. */
export const markOf = (userId: string): string => providerMark + userId;

/** `true` when nobody has a password, since only the provider lets in. */
export const isMark = (hash: string): boolean => hash.startsWith(providerMark);

// An issuer is an address and has no space in it.
const keyOf = ({ issuer, subject }: Subject): string => `${issuer} ${subject}`;

export function createProviderPeopleStore(db: Database): ProviderPeopleStore {
  const credentialOf = (userId: string) =>
    and(eq(authAccounts.userId, userId), eq(authAccounts.providerId, 'credential'));
  return {
    invite: async ({ email: providerEmail, scope, ...account }, now, tx) => {
      const id = randomUUID();
      const row = { id, email: `${id}@provider.invalid`, ...account, ...scope };
      const [made] = await tx
        .insert(users)
        .values({
          ...row,
          displayUsername: account.username,
          providerEmail,
          providerInvitedAt: now,
        })
        .onConflictDoNothing()
        .returning({ id: users.id });
      if (!made) return undefined;
      const mark = { accountId: id, providerId: 'credential', password: markOf(id) };
      await tx.insert(authAccounts).values({ id: randomUUID(), userId: id, ...mark });
      return id;
    },
    inviteAgain: async (userId, now, tx) => {
      await tx
        .update(users)
        .set({ providerPerson: null, providerInvitedAt: now })
        .where(eq(users.id, userId));
      await tx.update(authAccounts).set({ idToken: null }).where(credentialOf(userId));
    },
    findUserId: async (person, tx) => {
      const [row] = await tx
        .select({ id: users.id })
        .from(users)
        .where(eq(users.providerPerson, keyOf(person)));
      return row?.id;
    },
    findInvited: async (email, tx) => {
      const [row] = await tx
        .select({ userId: users.id, invitedAt: users.providerInvitedAt })
        .from(users)
        .where(and(eq(users.providerEmail, email), isNull(users.providerPerson)));
      return row?.invitedAt ? { userId: row.userId, invitedAt: row.invitedAt } : undefined;
    },
    link: async (userId, person, tx) => {
      await tx
        .update(users)
        .set({ providerPerson: keyOf(person) })
        .where(eq(users.id, userId));
    },
    keepIdToken: async (userId, idToken, tx) => {
      await tx.update(authAccounts).set({ idToken }).where(credentialOf(userId));
    },
    takeIdToken: (userId) =>
      db.transaction(async (tx) => {
        const [row] = await tx
          .select({ idToken: authAccounts.idToken })
          .from(authAccounts)
          .where(credentialOf(userId));
        await tx.update(authAccounts).set({ idToken: null }).where(credentialOf(userId));
        return row?.idToken ?? undefined;
      }),
  };
}
