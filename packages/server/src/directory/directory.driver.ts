import {
  AndFilter,
  type Client,
  type Entry,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  OrFilter,
} from 'ldapts';
import { dnKey } from './account-names.ts';
import type { AccountFlags } from './account-state.ts';
import { guidBytes, guidOf, lastPartOf, primaryGroupSid, sidBytes, sidOf } from './binary-ids.ts';
import { type DirectoryGroup, groupsAbove } from './group-walk.ts';
import type { LockoutPolicy } from './lockout-finding.ts';

/** A person as the directory knows him. */
export interface DirectoryEntry {
  /** Stays through a change of name: `objectGUID`, or `entryUUID` where there is none. */
  id: string;
  dn: string;
  /** `sAMAccountName`, or `uid`; lower case. */
  username: string;
  /** `displayName`, or `cn`. */
  name: string;
  flags: AccountFlags;
  /** `undefined`: not of Active Directory. */
  sid: string | undefined;
  primaryGroupId: number | undefined;
}

/** What one can ask over a connection that is bound. */
export interface DirectoryQueries {
  findByName(name: string): Promise<DirectoryEntry[]>;
  findById(id: string): Promise<DirectoryEntry | undefined>;
  /** All groups of a person: direct, nested, primary, and those above the primary one. */
  groupsOf(person: DirectoryEntry): Promise<DirectoryGroup[]>;
  /** A group by its name or distinguished name. */
  findGroups(nameOrDn: string): Promise<DirectoryGroup[]>;
  /** People who may be in one of the groups, at most `most` and one more; some of them may turn out not to be. */
  listCandidates(groups: readonly DirectoryGroup[], most: number): Promise<DirectoryEntry[]>;
  /** `true` when there is something to be found: a base that cannot be read looks like one without people. */
  hasBase(): Promise<boolean>;
  /** `undefined`: the directory does not say. */
  lockout(): Promise<LockoutPolicy | undefined>;
}

/** `LDAP_MATCHING_RULE_IN_CHAIN`: follows members of members. Source: MS-ADTS 3.1.1.3.4.4.3. */
const inChain = '1.2.840.113556.1.4.1941';
/** `LDAP_CAP_ACTIVE_DIRECTORY_OID`. Source: MS-ADTS 3.1.1.3.4.3.1. */
const activeDirectory = '1.2.840.113556.1.4.800';
const binary = ['objectGUID', 'objectSid'];
const personAttributes = [
  ...binary,
  'entryUUID',
  'sAMAccountName',
  'uid',
  'displayName',
  'cn',
  'primaryGroupID',
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'accountExpires',
  'pwdLastSet',
  'lockoutTime',
];
const groupAttributes = [...binary, 'sAMAccountName', 'cn'];
const groupClasses = ['group', 'groupOfNames', 'groupOfUniqueNames'];

const is = (attribute: string, value: string | Buffer): Filter =>
  new EqualityFilter({ attribute, value });
const anyOf = (filters: Filter[]): Filter => new OrFilter({ filters });
const allOf = (...filters: Filter[]): Filter => new AndFilter({ filters });
const chain = (matchType: string, dn: string): Filter =>
  new ExtensibleFilter({ matchType, rule: inChain, value: dn });
const isGroup = anyOf(groupClasses.map((one) => is('objectClass', one)));

/** @param base distinguished name under which people and groups lie. */
export async function createQueries(client: Client, base: string): Promise<DirectoryQueries> {
  const isActive = await isActiveDirectory(client);
  const isPerson = isActive
    ? allOf(is('objectCategory', 'person'), is('objectClass', 'user'))
    : anyOf([is('objectClass', 'person'), is('objectClass', 'posixAccount')]);

  async function search(filter: Filter, attributes: string[], most = 0): Promise<Entry[]> {
    const found: Entry[] = [];
    const pages = client.searchPaginated(base, {
      scope: 'sub',
      filter,
      attributes,
      explicitBufferAttributes: binary,
      paged: { pageSize: 500 },
    });
    for await (const { searchEntries } of pages) {
      found.push(...searchEntries);
      if (most > 0 && found.length >= most) break;
    }
    return found;
  }

  const people = async (filter: Filter, most?: number) =>
    (await search(allOf(isPerson, filter), personAttributes, most)).flatMap(
      (entry) => personOf(entry) ?? [],
    );
  const groups = async (filter: Filter) =>
    (await search(allOf(isGroup, filter), groupAttributes)).map(groupOf);

  /** The groups of which any of these is a member, through any number of others. */
  const above = (dns: readonly string[]): Promise<DirectoryGroup[]> =>
    isActive
      ? groups(anyOf(dns.map((dn) => chain('member', dn))))
      : groupsAbove(dns, (level) => groups(anyOf(level.flatMap(hasMember))), dnKey);

  async function groupsOf({ dn, sid, primaryGroupId }: DirectoryEntry): Promise<DirectoryGroup[]> {
    const primary =
      sid === undefined || primaryGroupId === undefined
        ? []
        : await groups(
            is('objectSid', Buffer.from(sidBytes(primaryGroupSid(sid, primaryGroupId)))),
          );
    const all = [...primary, ...(await above([dn, ...primary.map((one) => one.dn)]))];
    return [...new Map(all.map((group) => [dnKey(group.dn), group])).values()];
  }

  /** Whose primary group is one of these, or one within these. */
  async function primaryFilters(named: readonly DirectoryGroup[]): Promise<Filter[]> {
    const own = named.map(({ dn }) => is('distinguishedName', dn));
    const within = named.map(({ dn }) => chain('memberOf', dn));
    const found = await search(allOf(isGroup, anyOf([...own, ...within])), groupAttributes);
    const sids = found.flatMap(({ objectSid }) => textOfSid(objectSid) ?? []);
    return sids.map((sid) => is('primaryGroupID', `${lastPartOf(sid)}`));
  }

  return {
    findByName: (name) => people(is(isActive ? 'sAMAccountName' : 'uid', name)),
    findById: async (id) => {
      const filter = isActive ? is('objectGUID', Buffer.from(guidBytes(id))) : is('entryUUID', id);
      return (await people(filter))[0];
    },
    groupsOf,
    findGroups: (nameOrDn) => {
      const name = isActive ? is('sAMAccountName', nameOrDn) : is('cn', nameOrDn);
      return groups(
        nameOrDn.includes('=') ? is(isActive ? 'distinguishedName' : 'entryDN', nameOrDn) : name,
      );
    },
    listCandidates: async (named, most) => {
      if (named.length === 0) return [];
      const member = named.map(({ dn }) => chain('memberOf', dn));
      const filter = isActive ? anyOf([...member, ...(await primaryFilters(named))]) : isPerson;
      return (await people(filter, most + 1)).slice(0, most + 1);
    },
    hasBase: async () => {
      const { searchEntries } = await client.search(base, { scope: 'base', attributes: ['1.1'] });
      return searchEntries.length === 1;
    },
    lockout: async () => {
      const attributes = ['lockoutThreshold', 'lockOutObservationWindow'];
      const { searchEntries } = await client.search(base, { scope: 'base', attributes });
      const [entry] = searchEntries;
      const attempts = entry && numberOf(entry, 'lockoutThreshold');
      const window = entry && bigOf(entry, 'lockOutObservationWindow');
      if (attempts === undefined || window === undefined) return undefined;
      return { attempts, windowMs: Number(-window / 10_000n) };
    },
  };
}

const hasMember = (dn: string): Filter[] => [is('member', dn), is('uniqueMember', dn)];

async function isActiveDirectory(client: Client): Promise<boolean> {
  const { searchEntries } = await client.search('', {
    scope: 'base',
    attributes: ['supportedCapabilities'],
  });
  return [searchEntries[0]?.supportedCapabilities].flat().includes(activeDirectory);
}

/** `undefined`: without what tells him from others. */
function personOf(entry: Entry): DirectoryEntry | undefined {
  const guid = entry.objectGUID;
  const id = Buffer.isBuffer(guid) ? guidOf(guid) : wordOf(entry, 'entryUUID');
  const username = wordOf(entry, 'sAMAccountName') ?? wordOf(entry, 'uid');
  if (id === undefined || username === undefined) return undefined;
  return {
    id,
    dn: entry.dn,
    username: username.toLowerCase(),
    name: wordOf(entry, 'displayName') ?? wordOf(entry, 'cn') ?? username,
    flags: {
      control: numberOf(entry, 'userAccountControl'),
      computed: numberOf(entry, 'msDS-User-Account-Control-Computed'),
      expires: bigOf(entry, 'accountExpires'),
      passwordSet: bigOf(entry, 'pwdLastSet'),
      lockedAt: bigOf(entry, 'lockoutTime'),
    },
    sid: textOfSid(entry.objectSid),
    primaryGroupId: numberOf(entry, 'primaryGroupID'),
  };
}

const groupOf = (entry: Entry): DirectoryGroup => ({
  dn: entry.dn,
  name: wordOf(entry, 'sAMAccountName') ?? wordOf(entry, 'cn') ?? entry.dn,
});

const textOfSid = (value: Entry[string] | undefined): string | undefined =>
  Buffer.isBuffer(value) ? sidOf(value) : undefined;

/** The first value of an attribute; `undefined`: it has none. */
function wordOf(entry: Entry, attribute: string): string | undefined {
  const [value] = [entry[attribute]].flat();
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function bigOf(entry: Entry, attribute: string): bigint | undefined {
  const word = wordOf(entry, attribute);
  return word !== undefined && /^-?\d+$/.test(word) ? BigInt(word) : undefined;
}

const numberOf = (entry: Entry, attribute: string): number | undefined => {
  const value = bigOf(entry, attribute);
  return value === undefined ? undefined : Number(value);
};
