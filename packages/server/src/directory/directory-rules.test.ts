import { directoryServersIn } from '@vigie/contracts/directory-servers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountNameOf, baseOf, dnKey } from './account-names.ts';
import { type AccountFlags, endOf, hindranceOf } from './account-state.ts';
import { guidBytes, guidOf, primaryGroupSid, sidBytes, sidOf } from './binary-ids.ts';
import { bindRefusalOf } from './bind-refusal.ts';
import { type DirectoryGroup, groupsAbove } from './group-walk.ts';
import { lockoutFinding } from './lockout-finding.ts';
import { verdictOf } from './roles-by-group.ts';

describe('an account name', () => {
  it.each([
    { typed: ' Anna ', name: 'anna' },
    { typed: 'ANNA@Ville.Example', name: 'anna' },
    { typed: 'ville\\anna', name: 'anna' },
    { typed: 'anna.petit-roux_2', name: 'anna.petit-roux_2' },
    { typed: 'autre\\anna', name: undefined },
    { typed: 'anna@autre.example', name: undefined },
    { typed: 'anna@ville.example@ville.example', name: undefined },
    { typed: 'ánna', name: undefined },
    { typed: 'anna.', name: undefined },
    { typed: 'anna petit', name: undefined },
    { typed: 'an*', name: undefined },
    { typed: 'anna)(cn=*', name: undefined },
    { typed: 'a\u0000', name: undefined },
    { typed: 'a'.repeat(65), name: undefined },
    { typed: '', name: undefined },
  ])('typed $typed is $name', ({ typed, name }) => {
    expect(accountNameOf(typed, { domain: 'Ville.example' })).toBe(name);
  });

  it('holds nothing that means something in a filter or a distinguished name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const name = accountNameOf(typed, { domain: 'ville.example' });
        return name === undefined || !/[*()\\,+"<>;=#@\s\p{C}]/u.test(name);
      }),
    );
  });
});

describe('a distinguished name', () => {
  it.each([
    {
      a: 'CN=Police,OU=Groupes,DC=ville,DC=example',
      b: 'cn=police, ou=groupes , dc=Ville,dc=example',
      same: true,
    },
    { a: 'CN=Petit\\, Anna,DC=x', b: 'CN=Petit\\2C Anna,DC=x', same: true },
    { a: 'CN=Petit\\, Anna,DC=x', b: 'CN=Petit,Anna,DC=x', same: false },
    { a: 'CN=Police,OU=A,DC=x', b: 'CN=Police,OU=B,DC=x', same: false },
  ])('$a and $b are the same: $same', ({ a, b, same }) => {
    expect(dnKey(a) === dnKey(b)).toBe(same);
  });

  it('of a domain', () => expect(baseOf('ville.example')).toBe('DC=ville,DC=example'));
});

describe('an account', () => {
  const now = Date.UTC(2026, 0, 1);
  const at = (ms: number) => (BigInt(ms) + 11_644_473_600_000n) * 10_000n;
  it.each<{ what: string; flags: AccountFlags; end?: string; hindrance?: string }>([
    {
      what: 'is usual',
      flags: { control: 0x200, expires: 0n, passwordSet: at(now - 1), lockedAt: 0n },
    },
    { what: 'of another directory says nothing', flags: {} },
    { what: 'never expires', flags: { expires: 0x7fff_ffff_ffff_ffffn } },
    { what: 'expires tomorrow', flags: { expires: at(now + 1) } },
    { what: 'has expired', flags: { expires: at(now) }, end: 'expired', hindrance: 'expired' },
    { what: 'is disabled', flags: { control: 0x202 }, end: 'disabled', hindrance: 'disabled' },
    { what: 'is locked', flags: { computed: 0x10 }, hindrance: 'locked' },
    { what: 'was locked, says the directory', flags: { computed: 0, lockedAt: at(now - 9) } },
    {
      what: 'is locked, says its time alone',
      flags: { lockedAt: at(now - 9) },
      hindrance: 'locked',
    },
    { what: 'has an old password', flags: { computed: 0x800000 }, hindrance: 'password-expired' },
    {
      what: 'has a password of another',
      flags: { passwordSet: 0n },
      hindrance: 'must-change-password',
    },
    {
      what: 'keeps its password for ever',
      flags: { control: 0x10200, passwordSet: 0n, computed: 0x800000 },
    },
  ])('that $what: sessions $end, signing in $hindrance', ({ flags, end, hindrance }) => {
    expect(endOf(flags, now)).toBe(end);
    expect(hindranceOf(flags, now)).toBe(hindrance);
  });
});

describe('a refused bind', () => {
  const text = (code: string) =>
    `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${code}, v1db1 Code: 0x31`;
  it.each([
    ['525', 'unknown'],
    ['52e', 'wrong-password'],
    ['530', 'not-now'],
    ['531', 'not-here'],
    ['532', 'password-expired'],
    ['533', 'disabled'],
    ['701', 'expired'],
    ['773', 'must-change-password'],
    ['775', 'locked'],
    ['57', 'refused'],
  ])('with %s is %s', (subCode, reason) => {
    expect(bindRefusalOf(text(subCode))).toEqual({ reason, subCode });
  });

  it('without a sub-code is a wrong password', () => {
    expect(bindRefusalOf('Invalid credentials Code: 0x31')).toEqual({ reason: 'wrong-password' });
  });
});

describe('identifiers', () => {
  it('of security are read and written as Windows writes them', () => {
    const bytes = Buffer.from('010500000000000515000000d55fa57527e94cd52fed521a01020000', 'hex');
    const sid = 'S-1-5-21-1973772245-3578587431-441642287-513';
    expect(sidOf(bytes)).toBe(sid);
    expect(Buffer.from(sidBytes(sid))).toEqual(bytes);
    expect(primaryGroupSid('S-1-5-21-1-2-3-1105', 513)).toBe('S-1-5-21-1-2-3-513');
  });

  it.each(['', '01', '0101000000000005', '0201000000000005150000000', '01ff000000000005'])(
    'of security are none: %s',
    (hex) => expect(sidOf(Buffer.from(hex, 'hex'))).toBeUndefined(),
  );

  it('of people are read and written as Windows writes them', () => {
    const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    expect(guidOf(bytes)).toBe('33221100-5544-7766-8899-aabbccddeeff');
    expect(Buffer.from(guidBytes(guidOf(bytes)))).toEqual(bytes);
  });
});

describe('groups above others', () => {
  const group = (name: string): DirectoryGroup => ({ dn: `cn=${name}`, name });
  /** by member */
  const parents: Record<string, string[]> = {
    'cn=anna': ['a', 'b'],
    'cn=a': ['c'],
    'cn=b': ['c', 'b'],
    'cn=c': ['a'],
  };

  it('are found once, also where they stand in a circle', async () => {
    const all = await groupsAbove(
      ['cn=anna'],
      async (dns) => dns.flatMap((dn) => (parents[dn] ?? []).map(group)),
      dnKey,
    );
    expect(all.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c']);
  });

  it('are none rather than half of too many', async () => {
    let n = 0;
    const endless = async () => [group(`${n++}`)];
    await expect(groupsAbove(['cn=anna'], endless, dnKey)).rejects.toThrow(RangeError);
  });
});

describe('roles by groups', () => {
  const all = { zoneIds: null, buildingIds: null };
  const some = (...zoneIds: string[]) => ({ zoneIds, buildingIds: [] });
  const table = [
    { group: 'GG-Chefs', role: 'police-manager' as const, scope: all },
    { group: 'gg-police', role: 'police-officer' as const, scope: some('centre') },
    { group: 'CN=Gare,DC=x', role: 'police-officer' as const, scope: some('gare', 'centre') },
    { group: 'GG-Nuit', role: 'police-officer' as const, scope: all },
    { group: 'GG-Tous', role: 'viewer' as const, scope: all },
  ];
  it.each([
    { of: ['GG-Police'], role: 'police-officer', scope: some('centre') },
    { of: ['GG-Tous', 'GG-Police'], role: 'police-officer', scope: some('centre') },
    { of: ['GG-Police', 'Gare'], role: 'police-officer', scope: some('centre', 'gare') },
    { of: ['GG-Nuit', 'GG-Police'], role: 'police-officer', scope: all },
    { of: ['GG-Police', 'GG-Chefs'], role: 'police-manager', scope: all },
    { of: ['gare'], role: 'police-officer', scope: some('gare', 'centre') },
  ])('of $of are $role', ({ of, role, scope }) => {
    const groups = of.map((name) => ({
      dn: `CN=${name},DC=x`,
      name: name.replace('Gare', 'other'),
    }));
    const verdict = verdictOf({ groups, end: undefined }, table);
    expect(verdict).toMatchObject({ rights: { role, scope } });
  });

  it('are none without a line, and none for whom the directory has shut out', () => {
    const groups = [{ dn: 'CN=GG-Police,DC=y', name: 'GG-Police' }];
    expect(verdictOf({ groups: [], end: undefined }, table)).toEqual({ refusal: 'no-group' });
    expect(verdictOf({ groups, end: undefined }, [])).toEqual({ refusal: 'no-group' });
    expect(verdictOf({ groups, end: 'disabled' }, table)).toEqual({ refusal: 'disabled' });
  });
});

describe('servers of a directory', () => {
  it.each([
    { text: 'ldaps://dc1.ville.example', plain: false, security: ['tls'] },
    { text: 'LDAPS://dc1, ldap://dc2:1389/', plain: false, security: ['tls', 'starttls'] },
    { text: 'ldap://127.0.0.1:389', plain: true, security: ['plain'] },
    { text: 'ldap://[::1]', plain: true, security: ['plain'] },
    { text: 'ldap://dc1.ville.example', plain: true, security: undefined },
    { text: 'ldap://127.0.0.1.ville.example', plain: true, security: undefined },
    { text: 'http://dc1', plain: false, security: undefined },
    { text: 'ldaps://user:secret@dc1', plain: false, security: undefined },
    { text: 'ldaps://dc1,', plain: false, security: undefined },
  ])('$text (plain allowed: $plain) are spoken to by $security', ({ text, plain, security }) => {
    expect(directoryServersIn(text, plain)?.map((one) => one.security)).toEqual(security);
  });
});

describe('what the doctor says of the lockout of a domain', () => {
  const minute = 60_000;
  it.each([
    { what: 'unknown', policy: undefined, isGood: true, text: 'reads' },
    { what: 'never', policy: { attempts: 0, windowMs: 0 }, isGood: true, text: 'reads' },
    {
      what: 'later',
      policy: { attempts: 20, windowMs: 30 * minute },
      isGood: true,
      text: '20 wrong',
    },
    {
      what: 'sooner',
      policy: { attempts: 5, windowMs: minute },
      isGood: false,
      text: 'LOCKOUT to 5',
    },
    {
      what: 'slower',
      policy: { attempts: 10, windowMs: 60 * minute },
      isGood: false,
      text: 'Halve',
    },
  ])('that locks $what: good $isGood', ({ policy, isGood, text }) => {
    const found = lockoutFinding(policy, 10, 'ldaps://dc1');
    expect(found).toEqual({ isGood, text: expect.stringContaining(text) });
  });
});
