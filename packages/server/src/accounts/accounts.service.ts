import { randomBytes } from 'node:crypto';
import { canBeLimited, everywhere, type PersonRole, type Scope } from '@vigie/contracts/accounts';
import { passwordFaults } from '@vigie/contracts/password-policy';
import type { Database } from '../platform/database.ts';
import { Conflict, InvalidInput } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { AccountsDriver } from './accounts.driver.ts';
import type { AccountsStore } from './accounts.store.ts';

/** A person to be given an account. */
export interface NewUser {
  username: string;
  name: string;
  role: PersonRole;
  /** `undefined`: everywhere. */
  scope?: Scope;
  password: string;
}

interface AccountsDeps {
  db: Database;
  store: Pick<AccountsStore, 'add' | 'isEmpty'>;
  driver: Pick<AccountsDriver, 'hash'>;
  town: string;
  /** Shortest local password, in characters. */
  minLength: number;
  log: Log;
}

export interface AccountsService {
  /**
   * @throws InvalidInput naming the rules of the password policy that are broken.
   * @throws Conflict when the user name is taken.
   */
  createUser(user: NewUser): Promise<void>;
  /** On an empty installation makes the administrator `admin`; `undefined` when there are users already. */
  createFirstAdministrator(): Promise<{ username: string; password: string } | undefined>;
}

export function createAccountsService({
  db,
  store,
  driver,
  town,
  minLength,
  log,
}: AccountsDeps): AccountsService {
  async function createUser(user: NewUser): Promise<void> {
    await db.transaction((tx) => add(user, tx));
  }

  async function add(user: NewUser, tx: Database): Promise<void> {
    const { username, name, role, scope = everywhere } = user;
    mustBeAllowed(role, scope);
    const faults = passwordFaults(user.password, {
      town,
      names: [user.name, user.username],
      minLength,
    });
    if (faults.length > 0) {
      throw new InvalidInput(
        'accounts/password-refused',
        `The password for ${user.username} breaks the town's policy: ${faults.join(', ')}.`,
      );
    }
    const passwordHash = await driver.hash(user.password);
    if (!(await store.add({ username, name, role, scope, passwordHash }, tx)))
      throw new Conflict('accounts/user-exists', `There is already a user ${username}.`);
    log.info({ username, role }, 'an account was made');
  }

  return {
    createUser,
    createFirstAdministrator: () =>
      db.transaction(async (tx) => {
        if (!(await store.isEmpty(tx))) return undefined;
        const first = { username: 'admin', password: drawPassword() };
        await add({ ...first, name: 'Administration', role: 'administrator' }, tx);
        return first;
      }),
  };
}

/** @throws InvalidInput when a role with rights over the whole town is to be limited to a part of it. */
function mustBeAllowed(role: PersonRole, { zoneIds, buildingIds }: Scope): void {
  if (canBeLimited(role) || (zoneIds === null && buildingIds === null)) return;
  throw new InvalidInput(
    'accounts/role-not-limitable',
    `The role ${role} holds rights over the whole town and cannot be limited to zones or buildings. Choose another role, or no limit.`,
  );
}

/** About 95 random bits, readable aloud, good for every town's policy. */
export function drawPassword(): string {
  const alphabet = 'bcdfghjkmnpqrtvwxyz';
  const letters = Array.from(randomBytes(20), (byte) => alphabet[byte % alphabet.length]);
  const groups = [0, 5, 10, 15].map((start) => letters.slice(start, start + 5).join(''));
  return `${groups.join('-')}-K7`;
}
