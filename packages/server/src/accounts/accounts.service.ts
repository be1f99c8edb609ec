import { randomBytes } from 'node:crypto';
import type { Role } from '@vigie/contracts/accounts';
import { Conflict, InvalidInput } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { AccountsDriver } from './accounts.driver.ts';
import { passwordFaults } from './password-policy.ts';

/** A person to be given an account. */
export interface NewUser {
  username: string;
  name: string;
  role: Role;
  password: string;
}

interface AccountsDeps {
  driver: Pick<AccountsDriver, 'createUser' | 'countUsers'>;
  town: string;
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

/** Shortest local password. Source: the town's policy; the state advises 12 for users, 16 for administrators. */
const minLength = 8;

export function createAccountsService({ driver, town, log }: AccountsDeps): AccountsService {
  async function createUser(user: NewUser): Promise<void> {
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
    const isNew = await driver.createUser(user);
    if (!isNew)
      throw new Conflict('accounts/user-exists', `There is already a user ${user.username}.`);
    log.info({ username: user.username, role: user.role }, 'an account was made');
  }

  return {
    createUser,
    createFirstAdministrator: async () => {
      if ((await driver.countUsers()) > 0) return undefined;
      const password = drawPassword();
      await createUser({
        username: 'admin',
        name: 'Administration',
        role: 'administrator',
        password,
      });
      return { username: 'admin', password };
    },
  };
}

/** About 95 random bits, readable aloud, good for every town's policy. */
export function drawPassword(): string {
  const alphabet = 'bcdfghjkmnpqrtvwxyz';
  const letters = Array.from(randomBytes(20), (byte) => alphabet[byte % alphabet.length]);
  const groups = [0, 5, 10, 15].map((start) => letters.slice(start, start + 5).join(''));
  return `${groups.join('-')}-K7`;
}
