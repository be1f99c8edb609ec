import { randomUUID } from 'node:crypto';
import { PersonRole, type Scope } from '@vigie/contracts/accounts';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { authAccounts, users } from './accounts.tables.ts';

/** A person with an account. */
export interface Account {
  id: string;
  username: string;
  name: string;
  role: PersonRole;
  scope: Scope;
}

/** An account to be written; the password as its hash. */
export type NewAccount = Omit<Account, 'id'> & { passwordHash: string };

export interface AccountsStore {
  find(id: string): Promise<Account | undefined>;
  /** With its password, or not at all; `false` when the user name is taken. */
  add(account: NewAccount, tx: Database): Promise<boolean>;
  /** `true` when nobody has an account. Whoever asks after it waits for the end of `tx`, so that only one finds it empty. */
  isEmpty(tx: Database): Promise<boolean>;
}

export function createAccountsStore(db: Database): AccountsStore {
  return {
    find: async (id) => {
      const [row] = await db.select().from(users).where(eq(users.id, id));
      return row && accountOf(row);
    },
    add: async ({ username: shown, name, role, scope, passwordHash }, tx) => {
      const id = randomUUID();
      const username = shown.toLowerCase();
      const email = `${username}@users.invalid`;
      const [made] = await tx
        .insert(users)
        .values({ id, username, displayUsername: shown, name, email, role, ...scope })
        .onConflictDoNothing()
        .returning({ id: users.id });
      if (!made) return false;
      const credential = { id: randomUUID(), userId: id, accountId: id, providerId: 'credential' };
      await tx.insert(authAccounts).values({ ...credential, password: passwordHash });
      return true;
    },
    isEmpty: async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('vigie.first-administrator'))`);
      return (await tx.select({ id: users.id }).from(users).limit(1)).length === 0;
    },
  };
}

/** A role of an older version that is no more: nobody signs in with it. */
function accountOf(row: typeof users.$inferSelect): Account | undefined {
  const { id, username, name, zoneIds, buildingIds } = row;
  const role = PersonRole.safeParse(row.role);
  return role.success
    ? { id, username, name, role: role.data, scope: { zoneIds, buildingIds } }
    : undefined;
}
