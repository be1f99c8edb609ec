import { Username } from '@vigie/contracts/accounts';
import type { DirectoryRights, GroupRole } from '@vigie/contracts/directory';
import type { DirectoryRefusal } from '@vigie/contracts/directory-refusal';
import { type Asked, type Directory, type DirectoryPerson, verdictOf } from '../directory/index.ts';
import { type AuditLog, systemActor } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { createAccountRecord, rightsText } from './account-record.service.ts';
import type { AccountsStore } from './accounts.store.ts';
import type { DirectoryGroupsStore } from './directory-groups.store.ts';
import type { DirectoryPeopleStore } from './directory-people.store.ts';

interface PeopleDeps {
  db: Database;
  directory: Directory | undefined;
  people: DirectoryPeopleStore;
  groups: Pick<DirectoryGroupsStore, 'newest'>;
  store: Pick<AccountsStore, 'lock' | 'find'>;
  audit: Pick<AuditLog, 'record'>;
  clock: Clock;
  log: Log;
}

/** What became of the last comparison with the directory. */
export interface Refreshed {
  /** Of the last one that came to its end; null: none yet. */
  refreshedAt: Date | null;
  /** Why the last one did not come to its end; null: it did. */
  failure: string | null;
}

/** People of the directory who sign in here, and what becomes of them. */
export interface DirectoryPeople {
  /** The account name if the directory is to be asked about this name; `undefined`: it is not. */
  nameOf(typed: string): string | undefined;
  /** Their account, made or brought up to date; `undefined`: refused, for a reason that the log has. @throws Unavailable */
  signIn(name: string, password: string): Promise<{ id: string; username: string } | undefined>;
  /** Whether this is the password of the person. @throws Unavailable */
  prove(id: string, password: string): Promise<boolean>;
  /** Asks about one account, if it is of the directory; what it says holds from then on. @throws Unavailable */
  recheck(userId: string): Promise<void>;
  /** Asks about everybody who has a session: new rights hold at once, who has none any more is signed out. @throws Unavailable */
  refresh(): Promise<void>;
  lastRefresh(): Refreshed;
}

type Verdict = { rights: DirectoryRights } | { refusal: DirectoryRefusal };

export function createDirectoryPeople(deps: PeopleDeps): DirectoryPeople {
  const { db, directory, people, groups, store, clock, log } = deps;
  const recordAs = createAccountRecord(deps.audit);
  let last: Refreshed = { refreshedAt: null, failure: null };
  const table = async (tx?: Database): Promise<GroupRole[]> =>
    (await groups.newest(tx))?.groups ?? [];

  /** Makes or changes the account as the directory says. A name that a local account has stays with it. */
  function settle(person: DirectoryPerson): Promise<Verdict> {
    return db.transaction(async (tx) => {
      await store.lock(tx);
      const now = clock.now();
      const userId = await people.findUserId(person.id, tx);
      const verdict = await judged(person, tx);
      if ('refusal' in verdict) {
        if (userId !== undefined) await refuse(userId, verdict.refusal, tx);
        return verdict;
      }
      const { id, username, name } = person;
      const { role, scope } = verdict.rights;
      const known = { id, username, name: name.slice(0, 80), role, scope };
      if (userId === undefined) await recordMade(await people.add(known, now, tx), tx);
      else await changing(userId, tx, () => people.update(userId, known, now, tx));
      return verdict;
    });
  }

  const refuse = (userId: string, refusal: DirectoryRefusal, tx: Database): Promise<void> =>
    changing(userId, tx, () => people.refuse(userId, refusal, clock.now(), tx));

  async function recordMade(userId: string, tx: Database): Promise<void> {
    const account = await store.find(userId, tx);
    if (account) await recordAs('account-made', systemActor)(account, tx);
  }

  /** Puts on record what the directory gave and took; a comparison that changes nothing leaves no row. */
  async function changing(
    userId: string,
    tx: Database,
    change: () => Promise<void>,
  ): Promise<void> {
    const before = await store.find(userId, tx);
    await change();
    const after = await store.find(userId, tx);
    if (before && after && rightsText(before) !== rightsText(after))
      await recordAs('account-changed', systemActor)(after, tx, { before: rightsText(before) });
  }

  async function judged(person: DirectoryPerson, tx: Database): Promise<Verdict> {
    const { id, username } = person;
    if (!Username.safeParse(username).success) return { refusal: 'name-unusable' };
    const verdict = verdictOf(person, await table(tx));
    const holder = await people.findHolder(username, tx);
    if ('refusal' in verdict || holder === undefined || holder.directoryId === id) return verdict;
    if (holder.directoryId === null) return { refusal: 'name-taken' };
    await people.freeName(holder.userId, tx);
    return verdict;
  }

  /** Who is gone from the directory. */
  function end(id: string): Promise<Verdict> {
    return db.transaction(async (tx) => {
      const userId = await people.findUserId(id, tx);
      if (userId !== undefined) await refuse(userId, 'unknown', tx);
      return { refusal: 'unknown' };
    });
  }

  async function apply(id: string, person: DirectoryPerson | undefined): Promise<void> {
    const verdict = await (person ? settle(person) : end(id));
    if ('refusal' in verdict)
      log.info({ username: person?.username, id, ...verdict }, 'the directory ended sessions');
  }

  async function refreshAll(all: Directory): Promise<void> {
    const ids = await people.listPresent(clock.now());
    const found = await all.lookUp(ids);
    for (const id of ids) await apply(id, found.get(id));
    last = { refreshedAt: clock.now(), failure: null };
  }

  /** What was typed may then be a password in the wrong field. Without a service account a wrong password looks the same. */
  const mayBeNobody = (refusal: DirectoryRefusal): boolean =>
    refusal === 'unknown' ||
    (!directory?.canLook && (refusal === 'wrong-password' || refusal === 'refused'));

  function refusedBy(asked: Asked | Verdict, username: string): boolean {
    if (!('refusal' in asked)) return false;
    const { refusal } = asked;
    const subCode = 'subCode' in asked ? asked.subCode : undefined;
    const named = mayBeNobody(refusal) ? {} : { username };
    log.warn({ ...named, reason: refusal, subCode }, 'the directory let somebody not in');
    return true;
  }

  return {
    nameOf: (typed) => directory?.nameOf(typed),
    signIn: async (name, password) => {
      const asked = await directory?.signIn(name, password);
      if (!asked || refusedBy(asked, name) || !('person' in asked)) return undefined;
      const { person } = asked;
      if (refusedBy(await settle(person), name)) return undefined;
      return { id: person.id, username: person.username };
    },
    prove: async (id, password) => {
      const username = await people.usernameOf(id);
      if (username === undefined || !directory) return false;
      const asked = await directory.signIn(username, password);
      return !refusedBy(asked, username) && 'person' in asked && asked.person.id === id;
    },
    recheck: async (userId) => {
      // Without a service account nobody can be asked: what the directory last said holds for no longer than the grace.
      if (!directory?.canLook) return;
      const id = await people.findDirectoryId(userId);
      if (id !== undefined) await apply(id, (await directory.lookUp([id])).get(id));
    },
    refresh: async () => {
      // Without a service account people are asked about when they sign in, and for no longer than the grace.
      if (!directory?.canLook) return;
      try {
        await refreshAll(directory);
      } catch (error) {
        last = { ...last, failure: messageOf(error) };
        throw error;
      }
    },
    lastRefresh: () => last,
  };
}
