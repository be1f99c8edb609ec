import type { DirectoryRefusal } from '@vigie/contracts/directory-refusal';
import type { Clock } from '../platform/clock.ts';
import { Unavailable } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { accountNameOf } from './account-names.ts';
import { endOf, hindranceOf } from './account-state.ts';
import type { bindRefusalOf } from './bind-refusal.ts';
import type { Binder } from './connection.driver.ts';
import type { DirectoryEntry, DirectoryQueries } from './directory.driver.ts';
import type { DirectoryGroup } from './group-walk.ts';
import type { LockoutPolicy } from './lockout-finding.ts';

/** A person of the directory with all of his groups. */
export interface DirectoryPerson {
  /** Stays through a change of name. */
  id: string;
  dn: string;
  username: string;
  name: string;
  groups: readonly DirectoryGroup[];
  /** What ends his sessions, too; `undefined`: nothing. */
  end: DirectoryRefusal | undefined;
  /** What keeps him from signing in anew; `undefined`: nothing. */
  hindrance: DirectoryRefusal | undefined;
}

interface Refused {
  refusal: DirectoryRefusal;
  /** What Active Directory itself gave as the reason of error 49. */
  subCode?: string | undefined;
}

/** A person, or why there is none. */
export type Asked = { person: DirectoryPerson } | Refused;

type Work<T> = (all: DirectoryQueries) => Promise<T>;

interface DirectoryDeps {
  domain: string;
  /** Who looks people up; `undefined`: each person binds directly, and nobody can be looked up. */
  service: Binder | undefined;
  servers: readonly string[];
  /** Binds as `who` and asks; `limitMs` holds for all of it. @throws Unavailable when no server answers. */
  ask<T>(who: Binder, work: Work<T>, limitMs?: number): Promise<T>;
  /** `undefined`: another failure than a refused bind. */
  refusalOf(error: unknown): ReturnType<typeof bindRefusalOf> | undefined;
  clock: Clock;
  log: Log;
}

/** The town's directory: who people are, and in which groups. It keeps their passwords. */
export interface Directory {
  servers: readonly string[];
  /** Whether a service account looks people up. */
  canLook: boolean;
  /** The one name behind what was typed; `undefined`: none of this directory. */
  nameOf(typed: string): string | undefined;
  /** @throws Unavailable */
  signIn(name: string, password: string): Promise<Asked>;
  /** Without a password. @throws Unavailable, also without a service account. */
  find(name: string): Promise<Asked>;
  /** Those of the ids that exist. @throws Unavailable, also when the base cannot be read. */
  lookUp(ids: readonly string[]): Promise<Map<string, DirectoryPerson>>;
  /** People in any of these groups, and the names of groups that do not exist. @throws Unavailable */
  listMembers(groups: readonly string[], most: number): Promise<Members>;
  /** `undefined`: the directory does not say. @throws Unavailable */
  lockout(): Promise<LockoutPolicy | undefined>;
}

interface Members {
  people: DirectoryPerson[];
  unknownGroups: string[];
  /** `true`: there are more than were asked for. */
  isCut: boolean;
}

const manyMs = 120_000;

export function createDirectoryService(deps: DirectoryDeps): Directory {
  const { domain, service, servers, ask, refusalOf, clock, log } = deps;

  /** Asks in the name of the service account. */
  async function looking<T>(work: Work<T>, limitMs?: number): Promise<T> {
    if (!service) throw noService();
    try {
      return await ask(service, work, limitMs);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      log.error({ user: service.user, ...refusal }, 'the directory refuses the service account');
      throw new Unavailable(
        'accounts/directory-away',
        'The directory refuses the service account. Check VIGIE_LDAP_USER and VIGIE_LDAP_PASSWORD.',
      );
    }
  }

  async function personOf(entry: DirectoryEntry, all: DirectoryQueries): Promise<DirectoryPerson> {
    const { id, dn, username, name, flags } = entry;
    const now = clock.now().getTime();
    const groups = await all.groupsOf(entry);
    return {
      id,
      dn,
      username,
      name,
      groups,
      end: endOf(flags, now),
      hindrance: hindranceOf(flags, now),
    };
  }

  /** Directories take é for e: a name that was not meant is nobody's. */
  async function entryNamed(
    name: string,
    all: DirectoryQueries,
  ): Promise<DirectoryEntry | DirectoryRefusal> {
    const found = (await all.findByName(name)).filter(({ username }) => username === name);
    const [entry] = found;
    if (!entry) return 'unknown';
    return found.length > 1 ? 'ambiguous' : entry;
  }

  async function bound<T>(who: Binder, work: Work<T>): Promise<T | Refused> {
    try {
      return await ask(who, work);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return { refusal: refusal.reason, subCode: refusal.subCode };
    }
  }

  /** The service account looks for the person, whose distinguished name then binds. */
  const signInLookedUp = (name: string, password: string): Promise<Asked> =>
    looking(async (all) => {
      const entry = await entryNamed(name, all);
      if (typeof entry === 'string') return { refusal: entry };
      const refused = await bound({ user: entry.dn, password }, async () => undefined);
      return refused ?? admitted(await personOf(entry, all));
    });

  /**
   * The person binds, and looks for himself. A name of the form `name@domain` may be somebody else's by a line that an
   * administrator of the directory wrote; the distinguished name that was found is nobody else's, and binds, too.
   */
  const signInDirectly = (name: string, password: string): Promise<Asked> =>
    bound({ user: `${name}@${domain}`, password }, async (all): Promise<Asked> => {
      const entry = await entryNamed(name, all);
      if (typeof entry === 'string') return { refusal: entry };
      const refused = await bound({ user: entry.dn, password }, async () => undefined);
      return refused ?? admitted(await personOf(entry, all));
    });

  return {
    servers,
    canLook: service !== undefined,
    nameOf: (typed) => accountNameOf(typed, { domain }),
    signIn: service ? signInLookedUp : signInDirectly,
    find: (name) =>
      looking(async (all) => {
        const entry = await entryNamed(name, all);
        return typeof entry === 'string'
          ? { refusal: entry }
          : { person: await personOf(entry, all) };
      }),
    lookUp: (ids) =>
      looking(async (all) => {
        if (!(await all.hasBase())) throw new Error('the base of the directory cannot be read');
        const found = new Map<string, DirectoryPerson>();
        for (const id of ids) {
          const entry = await all.findById(id);
          if (entry) found.set(id, await personOf(entry, all));
        }
        return found;
      }, manyMs),
    listMembers: (names, most) =>
      looking((all) => membersOf(names, most, { all, personOf }), manyMs),
    lockout: () => looking((all) => all.lockout()),
  };
}

interface MemberSources {
  all: DirectoryQueries;
  personOf(entry: DirectoryEntry, all: DirectoryQueries): Promise<DirectoryPerson>;
}

async function membersOf(
  names: readonly string[],
  most: number,
  { all, personOf }: MemberSources,
): Promise<Members> {
  const groups: DirectoryGroup[] = [];
  const unknownGroups: string[] = [];
  for (const name of names) {
    const found = await all.findGroups(name);
    if (found.length === 0) unknownGroups.push(name);
    groups.push(...found);
  }
  const candidates = await all.listCandidates(groups, most);
  const people: DirectoryPerson[] = [];
  for (const entry of candidates.slice(0, most)) people.push(await personOf(entry, all));
  return { people, unknownGroups, isCut: candidates.length > most };
}

/** A password alone does not open: the directory may bind whom it has disabled or locked. */
const admitted = (person: DirectoryPerson): Asked =>
  person.hindrance === undefined ? { person } : { refusal: person.hindrance };

const noService = (): Unavailable =>
  new Unavailable(
    'accounts/directory-away',
    'Nobody can be looked up without a service account. Set VIGIE_LDAP_USER and VIGIE_LDAP_PASSWORD.',
  );
