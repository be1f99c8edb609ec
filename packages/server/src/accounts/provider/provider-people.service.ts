import type { Account } from '@vigie/contracts/accounts';
import type { ProviderInvitation } from '@vigie/contracts/provider';
import { type Actor, type AuditLog, systemActor } from '../../platform/audit.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { Bug, Conflict, InvalidInput } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { createAccountRecord } from '../account-record.service.ts';
import { mustBeLimitable } from '../accounts.service.ts';
import type { AccountsStore } from '../accounts.store.ts';
import { invitedUntil, usernameFrom } from './invitation.ts';
import type { Arrival } from './provider.driver.ts';
import type { ProvenPerson } from './provider-claims.ts';
import type { ProviderPeopleStore } from './provider-people.store.ts';

interface PeopleDeps {
  db: Database;
  people: ProviderPeopleStore;
  store: Pick<AccountsStore, 'lock' | 'find'>;
  audit: Pick<AuditLog, 'record'>;
  clock: Clock;
  log: Log;
}

/** Why somebody whom the provider knows does not come in. */
export type ProviderRefusal = 'provider-unknown' | 'provider-unverified' | 'provider-disabled';

/** People whom an OpenID provider lets in, and what becomes of them. */
export interface ProviderPeople {
  /** An account without a password. @throws Conflict, InvalidInput */
  invite(invitation: ProviderInvitation, by: Actor): Promise<Account>;
  /**
   * The account of who came: his by issuer and subject, or once the one that his verified address was invited to. Nobody
   * becomes somebody by an address alone.
   */
  admit(arrival: Arrival): Promise<{ account: Account } | { refusal: ProviderRefusal }>;
}

export function createProviderPeople(deps: PeopleDeps): ProviderPeople {
  const { db, people, store, audit, clock, log } = deps;
  const recordAs = createAccountRecord(audit);

  async function get(userId: string, tx: Database): Promise<Account> {
    const account = await store.find(userId, tx);
    if (account) return account;
    throw new Bug('platform/bug', `The account ${userId} has a role that is no more.`);
  }

  /** Who has not been here before takes the invitation for his address. */
  async function welcome(
    person: ProvenPerson,
    tx: Database,
  ): Promise<{ account: Account } | { refusal: ProviderRefusal }> {
    if (!person.isEmailVerified || person.email === undefined)
      return { refusal: 'provider-unverified' };
    const invited = await people.findInvited(person.email, tx);
    if (!invited || invitedUntil(invited.invitedAt) < clock.now())
      return { refusal: 'provider-unknown' };
    const account = await get(invited.userId, tx);
    if (account.isDisabled) return { refusal: 'provider-disabled' };
    await people.link(account.id, person, tx);
    await recordAs('account-linked', systemActor)(account, tx);
    log.info({ username: account.username }, 'an invitation was taken');
    return { account: await get(account.id, tx) };
  }

  return {
    invite: (invitation, by) =>
      db.transaction(async (tx) => {
        const { email, role, scope } = invitation;
        mustBeLimitable(role, scope);
        const username = usernameFrom(email);
        if (username === '') throw unusable(email);
        const id = await people.invite({ ...invitation, username }, clock.now(), tx);
        if (id === undefined)
          throw new Conflict('accounts/user-exists', `There is already an account for ${email}.`);
        const account = await get(id, tx);
        await recordAs('account-made', by)(account, tx);
        log.info({ username, role }, 'somebody was invited');
        return account;
      }),
    admit: ({ person, idToken }) =>
      db.transaction(async (tx) => {
        await store.lock(tx);
        const userId = await people.findUserId(person, tx);
        const known = userId === undefined ? undefined : await get(userId, tx);
        if (known?.isDisabled) return { refusal: 'provider-disabled' };
        const admitted = known ? { account: known } : await welcome(person, tx);
        if ('account' in admitted) await people.keepIdToken(admitted.account.id, idToken, tx);
        return admitted;
      }),
  };
}

const unusable = (email: string) =>
  new InvalidInput('input/invalid', `${email} makes no user name. Give another address.`);
