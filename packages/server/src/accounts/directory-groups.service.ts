import type {
  DirectoryCheck,
  DirectoryPreview,
  DirectoryView,
  GroupRole,
  GroupRolesChange,
} from '@vigie/contracts/directory';
import { type Directory, type DirectoryPerson, verdictOf } from '../directory/index.ts';
import type { Clock } from '../platform/clock.ts';
import { Conflict } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { mustBeLimitable } from './accounts.service.ts';
import type { DirectoryGroupsStore } from './directory-groups.store.ts';
import type { DirectoryPeople } from './directory-people.service.ts';
import type { DirectoryPeopleStore } from './directory-people.store.ts';

interface GroupsDeps {
  directory: Directory | undefined;
  store: DirectoryGroupsStore;
  names: Pick<DirectoryPeopleStore, 'findHolder'>;
  people: Pick<DirectoryPeople, 'lastRefresh'>;
  clock: Clock;
  log: Log;
}

/** Which groups of the directory give which role. */
export interface DirectoryGroups {
  view(): Promise<DirectoryView>;
  /** @throws InvalidInput when a role cannot be limited; Conflict when somebody else changed the table meanwhile. */
  change(change: GroupRolesChange, by: string): Promise<DirectoryView>;
  /** What would happen to this person, by the table in force. @throws Conflict without a directory; Unavailable */
  check(typed: string): Promise<DirectoryCheck>;
  /** What would happen to everybody by a table that is not in force. @throws Conflict, Unavailable */
  preview(groups: readonly GroupRole[]): Promise<DirectoryPreview>;
}

/** As many people as a preview lists. */
const mostPeople = 200;

export function createDirectoryGroups(deps: GroupsDeps): DirectoryGroups {
  const { directory, store, names, people, clock, log } = deps;

  async function view(): Promise<DirectoryView> {
    const table = await store.newest();
    const { refreshedAt, failure } = people.lastRefresh();
    return {
      isSet: directory !== undefined,
      canLook: directory?.canLook ?? false,
      servers: [...(directory?.servers ?? [])],
      groups: table?.groups ?? [],
      version: table?.version ?? 0,
      changedBy: table?.changedBy ?? null,
      changedAt: table?.changedAt.toISOString() ?? null,
      refreshedAt: refreshedAt?.toISOString() ?? null,
      failure,
    };
  }

  /** What a person gets, and whether a local account has his name. */
  async function resultOf(person: DirectoryPerson, table: readonly GroupRole[]) {
    const { username, name, hindrance } = person;
    const verdict = verdictOf({ ...person, end: hindrance }, table);
    const holder = await names.findHolder(username);
    if ('rights' in verdict && holder?.directoryId === null)
      return { username, name, rights: null, refusal: 'name-taken' as const };
    if ('rights' in verdict) return { username, name, rights: verdict.rights, refusal: null };
    return { username, name, rights: null, refusal: verdict.refusal };
  }

  return {
    view,
    change: async ({ version, groups }, by) => {
      for (const { role, scope } of groups) mustBeLimitable(role, scope);
      const before = (await store.newest())?.version ?? 0;
      const table = { version: version + 1, groups, changedBy: by, changedAt: clock.now() };
      if (before !== version || !(await store.add(table))) throw changedMeanwhile();
      log.info(
        { by, version: table.version, groups },
        'roles by groups of the directory were changed',
      );
      return view();
    },
    check: async (typed) => {
      const name = set(directory).nameOf(typed);
      const nobody = { username: name ?? typed, dn: null, name: null, groups: [], rights: null };
      if (name === undefined) return { ...nobody, refusal: 'unknown' };
      const asked = await set(directory).find(name);
      if ('refusal' in asked) return { ...nobody, refusal: asked.refusal };
      const { person } = asked;
      const result = await resultOf(person, (await store.newest())?.groups ?? []);
      return { ...result, dn: person.dn, groups: person.groups.map((group) => group.name).sort() };
    },
    preview: async (table) => {
      const groups = table.map(({ group }) => group);
      const members = await set(directory).listMembers(groups, mostPeople);
      const { unknownGroups, isCut } = members;
      const sorted = members.people.toSorted((a, b) => a.name.localeCompare(b.name));
      const found = await Promise.all(sorted.map((person) => resultOf(person, table)));
      return {
        people: found.filter(({ refusal }) => refusal !== 'no-group'),
        unknownGroups,
        isCut,
      };
    },
  };
}

/** @throws Conflict */
function set(directory: Directory | undefined): Directory {
  if (directory) return directory;
  throw new Conflict(
    'accounts/directory-not-set',
    'No directory is configured. Set VIGIE_LDAP_URL and VIGIE_LDAP_DOMAIN.',
  );
}

const changedMeanwhile = () =>
  new Conflict(
    'accounts/directory-changed',
    'Somebody else has changed the table meanwhile. Load it again.',
  );
