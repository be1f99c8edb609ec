import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { silentLog } from '../testing/log.ts';
import { type Slapd, slapdLack, startSlapd } from '../testing/slapd.ts';
import { createDirectory, type Directory } from './index.ts';

const password = 'Soleil-levant7';
const lack = slapdLack();
let slapd: Slapd;
let directory: Directory;

beforeAll(async () => {
  if (lack !== undefined) return;
  slapd = await startSlapd();
  for (const uid of ['anna', 'bruno'])
    await slapd.add(`uid=${uid}`, {
      objectClass: 'inetOrgPerson',
      cn: uid === 'anna' ? 'Anna (D.S.I.) *' : 'Bruno',
      sn: uid,
      uid,
      userPassword: password,
    });
  const group = (cn: string, ...members: string[]) =>
    slapd.add(`cn=${cn}`, {
      objectClass: 'groupOfNames',
      cn,
      member: members.map((rdn) => `${rdn},${slapd.base}`),
    });
  await group('nuit', 'uid=anna', 'cn=ronde');
  await group('police', 'cn=nuit', 'uid=bruno');
  await group('ronde', 'cn=police');
  await group('autres', 'uid=bruno');
  const config = readConfig({
    VIGIE_LDAP_URL: slapd.url,
    VIGIE_LDAP_PLAIN: 'loopback',
    VIGIE_LDAP_DOMAIN: 'ville.example',
    VIGIE_LDAP_USER: slapd.root.user,
    VIGIE_LDAP_PASSWORD: slapd.root.password,
  });
  const made = await createDirectory(config, { clock: systemClock, log: silentLog });
  if (made) directory = made;
});
afterAll(() => slapd?.stop());
beforeEach((context) => {
  if (lack !== undefined) context.skip(lack);
});

const namesOf = (groups: readonly { name: string }[]) => groups.map(({ name }) => name).sort();

describe('a directory that is not of Active Directory', () => {
  it('takes the right password, and gives groups within groups, also in a circle', async () => {
    const asked = await directory.signIn('anna', password);
    if (!('person' in asked)) throw new Error('anna was refused');
    expect(asked.person).toMatchObject({ username: 'anna', name: 'Anna (D.S.I.) *' });
    expect(namesOf(asked.person.groups)).toEqual(['nuit', 'police', 'ronde']);
    const found = await directory.lookUp([asked.person.id]);
    expect(found.get(asked.person.id)).toMatchObject({ dn: asked.person.dn, end: undefined });
  });

  it.each([
    { name: 'anna', given: 'wrong', refusal: 'wrong-password' },
    { name: 'anna', given: '', refusal: 'wrong-password' },
    { name: 'nobody', given: password, refusal: 'unknown' },
    { name: '*', given: password, refusal: 'unknown' },
  ])('refuses $name with "$given": $refusal', async ({ name, given, refusal }) => {
    expect(await directory.signIn(name, given)).toMatchObject({ refusal });
  });

  it('lists people for a preview, and names the groups that it does not have', async () => {
    const { people, unknownGroups } = await directory.listMembers(['police', 'polcie'], 10);
    expect(people.map(({ username }) => username).sort()).toEqual(['anna', 'bruno']);
    expect(unknownGroups).toEqual(['polcie']);
    expect(await directory.listMembers(['police'], 1)).toMatchObject({ isCut: true });
  });

  it('knows no person of an id that is gone', async () => {
    expect((await directory.lookUp(['11111111-2222-3333-4444-555555555555'])).size).toBe(0);
  });
});
