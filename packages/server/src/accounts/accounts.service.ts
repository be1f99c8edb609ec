import { randomBytes } from 'node:crypto';
import {
  type Account,
  type AccountChange,
  type AccountReset,
  type AccountResetWish,
  type AccountWithPassword,
  canBeLimited,
  everywhere,
  type NewAccount,
  type PersonRole,
  type Scope,
} from '@vigie/contracts/accounts';
import { passwordFaults } from '@vigie/contracts/password-policy';
import { type Actor, type AuditLog, systemActor } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { Bug, Conflict, InvalidInput, NotFound } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { createAccountRecord, rightsText } from './account-record.service.ts';
import type { AccountsDriver } from './accounts.driver.ts';
import type { AccountsStore } from './accounts.store.ts';
import { isCommon } from './common-passwords.ts';
import type { ProviderPeopleStore } from './provider/provider-people.store.ts';
import type { SignInThrottle } from './sign-in-throttle.service.ts';

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
  audit: Pick<AuditLog, 'record'>;
  store: AccountsStore;
  driver: Pick<AccountsDriver, 'hash'>;
  throttle: Pick<SignInThrottle, 'forget'>;
  provider: Pick<ProviderPeopleStore, 'inviteAgain'>;
  clock: Clock;
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
  list(): Promise<Account[]>;
  /** An account with a drawn password, to be changed at first sign-in. @throws Conflict, InvalidInput */
  invite(account: NewAccount, by: Actor): Promise<AccountWithPassword>;
  /** Holds at once, in open sessions too. @throws NotFound; Conflict when nobody would administer. */
  change(id: string, change: AccountChange, by: Actor): Promise<Account>;
  /**
   * Draws a new password for a local account, invites anew who comes by the provider; sessions and held attempts are gone,
   * and the second factor where it is lost, or where the invitation may be another's. @throws NotFound
   */
  reset(id: string, wish: AccountResetWish, by: Actor): Promise<AccountReset>;
  /** @throws Conflict when nobody is left who may make accounts. */
  requireAdministrators(tx: Database): Promise<void>;
  /** @throws InvalidInput naming the rules that the password breaks. */
  requireGoodPassword(password: string, names: readonly string[]): void;
}

export function createAccountsService(deps: AccountsDeps): AccountsService {
  const { db, audit, store, driver, throttle, provider, clock, town, minLength, log } = deps;

  /** `undefined`: the password is good. */
  function refusalOf(password: string, names: readonly string[]): InvalidInput | undefined {
    const faults = passwordFaults(password, { town, names, minLength });
    if (faults.length > 0)
      return new InvalidInput(
        'accounts/password-refused',
        `The password for ${names.at(-1)} breaks the town's policy: ${faults.join(', ')}.`,
      );
    if (!isCommon(password)) return undefined;
    return new InvalidInput(
      'accounts/password-common',
      `The password for ${names.at(-1)} is one of those that are tried first. Take a few words that do not belong together.`,
    );
  }

  function requireGoodPassword(password: string, names: readonly string[]): void {
    const refusal = refusalOf(password, names);
    if (refusal) throw refusal;
  }

  /** A drawn password may spell a short name by chance. */
  function drawFor(names: readonly string[]): string {
    for (let i = 0; i < 100; i++) {
      const password = drawPassword();
      if (!refusalOf(password, names)) return password;
    }
    throw new Bug('platform/bug', `No password could be drawn for ${names.at(-1)}.`);
  }

  const recordAs = createAccountRecord(audit);

  async function add(user: NewUser, mustChangePassword: boolean, tx: Database): Promise<string> {
    const { username, name, role, password, scope = everywhere } = user;
    mustBeLimitable(role, scope);
    requireGoodPassword(password, [name, username]);
    const passwordHash = await driver.hash(password);
    const id = await store.add(
      { username, name, role, scope, passwordHash, mustChangePassword },
      tx,
    );
    if (id === undefined)
      throw new Conflict('accounts/user-exists', `There is already a user ${username}.`);
    log.info({ username, role }, 'an account was made');
    return id;
  }

  async function get(id: string, tx: Database): Promise<Account> {
    const account = await store.find(id, tx);
    if (account) return account;
    throw new NotFound('accounts/user-unknown', `There is no account ${id}. GET /api/v1/accounts.`);
  }

  return {
    requireGoodPassword,
    requireAdministrators: (tx) => mustBeAdministered(store, tx),
    createUser: (user) =>
      db.transaction(async (tx) => {
        const id = await add(user, false, tx);
        await recordAs('account-made', systemActor)(await get(id, tx), tx);
      }),
    createFirstAdministrator: () =>
      db.transaction(async (tx) => {
        await store.lock(tx);
        if (!(await store.isEmpty(tx))) return undefined;
        const name = 'Administration';
        const first = { username: 'admin', password: drawFor([name, 'admin']) };
        const id = await add({ ...first, name, role: 'administrator' }, false, tx);
        await recordAs('account-made', systemActor)(await get(id, tx), tx);
        return first;
      }),
    list: store.list,
    invite: (account, by) =>
      db.transaction(async (tx) => {
        const password = drawFor([account.name, account.username]);
        const id = await add({ ...account, password }, true, tx);
        const made = await get(id, tx);
        await recordAs('account-made', by)(made, tx);
        return { ...made, password };
      }),
    change: (id, change, by) =>
      db.transaction(async (tx) => {
        await store.lock(tx);
        const before = await get(id, tx);
        const { username } = before;
        if (before.directory) mustBeAsInDirectory(before, change);
        mustBeLimitable(change.role, change.scope);
        await store.change(id, change, clock.now(), tx);
        await mustBeAdministered(store, tx);
        if (change.isDisabled) await store.endSessions(id, tx);
        log.info(
          { username, role: change.role, disabled: change.isDisabled },
          'an account was changed',
        );
        const after = await get(id, tx);
        await recordAs('account-changed', by)(after, tx, { before: rightsText(before) });
        return after;
      }),
    reset: async (id, { lostSecondFactor }, by) => {
      const made = await db.transaction(async (tx) => {
        const before = await get(id, tx);
        const { name, username } = before;
        const password = before.directory || before.provider ? null : drawFor([name, username]);
        if (password !== null) await store.setPassword(id, await driver.hash(password), tx);
        if (before.provider) await provider.inviteAgain(id, clock.now(), tx);
        const isWithout = lostSecondFactor || before.provider !== null;
        if (isWithout) await store.removeSecondFactors(id, tx);
        await store.endSessions(id, tx);
        log.info({ username }, 'an account was reset');
        const account = await get(id, tx);
        const secondFactor = isWithout ? 'removed' : 'kept';
        await recordAs('account-reset', by)(account, tx, { secondFactor });
        return { ...account, password };
      });
      await throttle.forget(made.username);
      return made;
    },
  };
}

/** @throws Conflict when more is to be changed than whether the person may sign in. */
function mustBeAsInDirectory(account: Account, { name, role, scope }: AccountChange): void {
  const isSame =
    name === account.name &&
    role === account.role &&
    sameIds(scope.zoneIds, account.scope.zoneIds) &&
    sameIds(scope.buildingIds, account.scope.buildingIds);
  if (isSame) return;
  throw new Conflict(
    'accounts/directory-account',
    `${account.username} comes from the directory: change his groups there, or what they give on the page of the directory.`,
  );
}

const sameIds = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  JSON.stringify(a?.toSorted()) === JSON.stringify(b?.toSorted());

/** @throws InvalidInput when a role with rights over the whole town is to be limited to a part of it. */
export function mustBeLimitable(role: PersonRole, { zoneIds, buildingIds }: Scope): void {
  if (canBeLimited(role) || (zoneIds === null && buildingIds === null)) return;
  throw new InvalidInput(
    'accounts/role-not-limitable',
    `The role ${role} holds rights over the whole town and cannot be limited to zones or buildings. Choose another role, or no limit.`,
  );
}

/** @throws Conflict when no local account is left that may make accounts. */
async function mustBeAdministered(store: AccountsStore, tx: Database): Promise<void> {
  if ((await store.countAdministrators(tx)) > 0) return;
  throw new Conflict(
    'accounts/last-administrator',
    'This is the last local administrator. Make another one first.',
  );
}

/** About 85 random bits, readable aloud, good for every town's policy. */
export function drawPassword(): string {
  const alphabet = 'bcdfghjkmnpqrtvwxyz';
  const letters = Array.from(randomBytes(20), (byte) => alphabet[byte % alphabet.length]);
  const groups = [0, 5, 10, 15].map((start) => letters.slice(start, start + 5).join(''));
  return `${groups.join('-')}-K7`;
}
