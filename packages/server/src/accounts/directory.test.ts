import type { Account, Me } from '@vigie/contracts/accounts';
import type { AuditPage } from '@vigie/contracts/audit';
import type { DirectoryCheck, DirectoryPreview, DirectoryView } from '@vigie/contracts/directory';
import type { SecondFactorSetup } from '@vigie/contracts/own-account';
import type { Client } from 'ldapts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createQueries } from '../directory/directory.driver.ts';
import { createDirectory, examineDirectory } from '../directory/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { type Client as Browser, signIn, startTestApp, stranger } from '../testing/app.ts';
import {
  type Authenticator,
  addPasskey,
  createAuthenticator,
  signAtDoor,
} from '../testing/authenticator.ts';
import { silentLog } from '../testing/log.ts';
import { type Samba, sambaLack, startSamba } from '../testing/samba.ts';
import { createSambaPeople, sambaPassword } from '../testing/samba-people.ts';

const everywhere = { zoneIds: null, buildingIds: null };
const inCentre = { zoneIds: ['centre'], buildingIds: [] };
const inGare = { zoneIds: ['gare'], buildingIds: [] };
const lack = sambaLack();
const slowMs = 60_000;

let samba: Samba;
let domain: ReturnType<typeof createSambaPeople>;
let settings: Record<string, string>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Browser;
const lines: Record<string, unknown>[] = [];
const log: Log = { ...silentLog, warn: (data, text) => void lines.push({ ...data, text }) };

beforeAll(async () => {
  if (lack !== undefined) return;
  samba = await startSamba();
  domain = createSambaPeople(samba);
  await fillDomain();
  settings = {
    VIGIE_LDAP_URL: `ldaps://${samba.host}`,
    VIGIE_LDAP_DOMAIN: 'ville.example',
    VIGIE_LDAP_CA: samba.ca,
    VIGIE_LDAP_USER: 'svc-vigie@ville.example',
    VIGIE_LDAP_PASSWORD: sambaPassword,
    VIGIE_LDAP_LOCKOUT: '5',
    VIGIE_TRUSTED_PROXIES: '127.0.0.1',
  };
  app = await startTestApp(settings, { log });
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  await setTable([
    { group: 'GG-Vigie-Admins', role: 'administrator', scope: everywhere },
    { group: 'GG-Police', role: 'police-officer', scope: inCentre },
    { group: 'gg-police-gare', role: 'police-officer', scope: inGare },
    { group: `CN=GG-Guides,CN=Users,${samba.base}`, role: 'warden', scope: everywhere },
    { group: 'GG-Cercle-2', role: 'viewer', scope: everywhere },
  ]);
}, 240_000);
afterAll(async () => {
  await app?.stop();
  await samba?.stop();
});
beforeEach((context) => {
  if (lack !== undefined) context.skip(lack);
  lines.length = 0;
});

async function fillDomain(): Promise<void> {
  const groups = ['GG-Vigie-Admins', 'GG-Police', 'GG-Police-Nuit', 'GG-Police-Gare', 'GG-Guides'];
  for (const name of [...groups, 'GG-Accueil', 'GG-Cercle-1', 'GG-Cercle-2'])
    await domain.addGroup(name);
  for (const username of [
    'svc-vigie',
    'admin',
    'chef',
    'bruno',
    'carole',
    'denis',
    'emma',
    'fanny',
  ])
    await domain.addPerson({ username });
  for (const username of ['gilles', 'helene', 'igor', 'julie', 'karim'])
    await domain.addPerson({ username });
  await domain.addPerson({
    username: 'anna',
    cn: 'Petit, Anna (D.S.I.) *\\',
    more: { displayName: 'Anna Petit' },
  });
  await domain.addPerson({ username: 'ferme', more: { userAccountControl: '514' } });
  await domain.addPerson({ username: 'parti', more: { accountExpires: '132000000000000000' } });
  await domain.addPerson({ username: 'nouveau', more: { pwdLastSet: '0' } });
  const joined: [string, string][] = [
    ['GG-Vigie-Admins', 'chef'],
    ['GG-Vigie-Admins', 'admin'],
    ['GG-Police', 'GG-Police-Nuit'],
    ['GG-Police-Nuit', 'anna'],
    ['GG-Police', 'bruno'],
    ['GG-Police-Gare', 'bruno'],
    ['GG-Guides', 'bruno'],
    ['GG-Guides', 'GG-Accueil'],
    ['GG-Accueil', 'carole'],
    ['GG-Cercle-1', 'GG-Cercle-2'],
    ['GG-Cercle-2', 'GG-Cercle-1'],
    ['GG-Cercle-1', 'denis'],
  ];
  for (const [group, member] of joined) await domain.join(group, member);
  for (const member of [
    'emma',
    'gilles',
    'helene',
    'igor',
    'julie',
    'karim',
    'ferme',
    'parti',
    'nouveau',
  ])
    await domain.join('GG-Police', member);
  const rid = await domain.read('GG-Accueil', 'primaryGroupToken');
  await domain.set('carole', 'primaryGroupID', `${rid}`);
  await domain.leave('GG-Accueil', 'carole').catch(() => undefined);
}

const view = async () => (await admin.get('/api/v1/directory')).body as DirectoryView;
async function setTable(groups: DirectoryView['groups']): Promise<void> {
  const { version } = await view();
  const answer = await admin.put('/api/v1/directory/groups', { version, groups });
  expect(answer.status).toBe(200);
}

/** Signs in from an address, and gives what the server answers. */
async function knock(username: string, password: string, from = '198.51.100.1') {
  const answer = await fetch(`${app.url}/api/v1/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({ username, password }),
  });
  return { status: answer.status, body: (await answer.json()) as { code?: string } };
}

const knockWith = async (key: Authenticator) =>
  stranger(app.url).post('/api/v1/auth/passkeys', await signAtDoor(app.url, key));

const meOf = async (person: Browser) => (await person.get('/api/v1/me')).body as Me;
const enter = (username: string) => signIn(app.url, username, sambaPassword);
const accountOf = async (username: string) =>
  ((await admin.get('/api/v1/accounts')).body as Account[]).find(
    (one) => one.username === username,
  );
const refresh = () => admin.post('/api/v1/directory/refreshes', {});
const check = async (username: string) =>
  (await admin.post('/api/v1/directory/checks', { username })).body as DirectoryCheck;

/** The directory alone, with other settings. */
async function directoryWith(change: Record<string, string>) {
  const config = readConfig({ ...settings, ...change });
  const directory = await createDirectory(config, { clock: systemClock, log });
  if (!directory) throw new Error('no directory is set');
  return directory;
}

describe('who signs in from Active Directory', () => {
  it.each([
    {
      typed: 'anna',
      name: 'Anna Petit',
      role: 'police-officer',
      scope: inCentre,
      why: 'a group within a group',
    },
    {
      typed: 'ANNA@Ville.Example',
      name: 'Anna Petit',
      role: 'police-officer',
      scope: inCentre,
      why: 'the same by another name',
    },
    {
      typed: 'VILLE\\bruno',
      name: 'bruno',
      role: 'police-officer',
      scope: { zoneIds: ['centre', 'gare'], buildingIds: [] },
      why: 'the first line, and the zones of a further one with its role',
    },
    {
      typed: 'carole',
      name: 'carole',
      role: 'warden',
      scope: everywhere,
      why: 'a group above the primary one',
    },
    { typed: 'denis', name: 'denis', role: 'viewer', scope: everywhere, why: 'groups in a circle' },
  ])('$typed gets $role by $why', async ({ typed, name, role, scope }) => {
    expect(await meOf(await enter(typed))).toMatchObject({
      name,
      role,
      scope,
      isFromDirectory: true,
    });
  });

  it.each([
    { typed: 'anna', password: 'wrong', reason: 'wrong-password', subCode: '52e' },
    { typed: 'ferme', password: sambaPassword, reason: 'disabled', subCode: '533' },
    { typed: 'parti', password: sambaPassword, reason: 'expired', subCode: '701' },
    { typed: 'nouveau', password: sambaPassword, reason: 'must-change-password', subCode: '773' },
    { typed: 'fanny', password: sambaPassword, reason: 'no-group', subCode: undefined },
    { typed: 'nobody', password: sambaPassword, reason: 'unknown', subCode: undefined },
    { typed: 'VILLE\\admin', password: sambaPassword, reason: 'name-taken', subCode: undefined },
  ])(
    'or not: $typed, $reason, is told no more than anybody',
    async ({ typed, password, ...why }) => {
      expect(await knock(typed, password)).toMatchObject({
        status: 401,
        body: { code: 'accounts/wrong-credentials', detail: 'User name or password is wrong.' },
      });
      const username = typed.replace('VILLE\\', '');
      const named = why.reason === 'unknown' ? why : { ...why, username };
      expect(lines).toContainEqual(expect.objectContaining(named));
      if (why.reason === 'unknown') expect(JSON.stringify(lines)).not.toContain(typed);
      expect(JSON.stringify(lines)).not.toContain(sambaPassword);
    },
  );

  it.each([
    '*',
    'ann*',
    'anna)(objectClass=*',
    'anna\\2a',
    '*)(sAMAccountName=anna',
    'ánna',
    'CN=anna',
    'AUTRE\\anna',
  ])('is not looked for under %s', async (typed) => {
    expect(await knock(typed, sambaPassword, '198.51.100.2')).toMatchObject({ status: 401 });
  });

  it('never comes in without a password', async () => {
    expect((await knock('anna', '')).status).toBe(400);
    for (const change of [{}, { VIGIE_LDAP_USER: '', VIGIE_LDAP_PASSWORD: '' }]) {
      const directory = await directoryWith(change);
      expect(await directory.signIn('anna', '')).toMatchObject({ refusal: 'wrong-password' });
    }
  });

  it('leaves a local account of the same name alone', async () => {
    expect((await knock('admin', sambaPassword)).status).toBe(401);
    expect(await accountOf('admin')).toMatchObject({ directory: null, role: 'administrator' });
    await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  });

  it('keeps the account through a change of name, and the next of that name gets another', async () => {
    await enter('emma');
    const before = await accountOf('emma');
    await domain.set('emma', 'userPrincipalName', 'emma.roux@ville.example');
    await domain.set('emma', 'sAMAccountName', 'emma.roux');
    await domain.addPerson({ username: 'emma', cn: 'autre emma' });
    await domain.join('GG-Police-Gare', 'emma');
    await enter('emma');
    expect((await accountOf('emma'))?.id).not.toBe(before?.id);
    await enter('emma.roux');
    expect(await accountOf('emma.roux')).toMatchObject({ id: before?.id });
    expect(await meOf(await enter('emma'))).toMatchObject({ scope: inGare });
  });

  it('has its password at the computer, and a second factor here', async () => {
    const person = await enter('chef');
    expect(await meOf(person)).toMatchObject({ role: 'administrator', duties: [] });
    const change = { current: sambaPassword, next: 'Lanterne-verte9' };
    expect(await person.post('/api/v1/me/password', change)).toMatchObject({
      status: 409,
      body: { code: 'accounts/directory-account' },
    });
    const setUp = (password: string) => person.post('/api/v1/me/second-factor', { password });
    expect((await setUp('wrong')).status).toBe(401);
    const setup = (await setUp(sambaPassword)).body as SecondFactorSetup;
    expect(setup.backupCodes.length).toBeGreaterThan(0);
  });
});

describe('what changes in the directory', () => {
  it('holds in an open session once it was compared', async () => {
    const person = await enter('gilles');
    await domain.join('GG-Vigie-Admins', 'gilles');
    expect((await refresh()).status).toBe(200);
    expect(await meOf(person)).toMatchObject({ role: 'administrator', scope: everywhere });
    await domain.leave('GG-Vigie-Admins', 'gilles');
    await refresh();
    expect(await meOf(person)).toMatchObject({ role: 'police-officer', scope: inCentre });
  });

  it('is on record once, and a comparison without a change is not', async () => {
    await refresh();
    const { body } = await admin.get('/api/v1/audit?act=account-changed');
    const rows = (body as AuditPage).rows.filter(
      ({ told }) => told.subjectName?.value === 'gilles',
    );
    expect(rows.map(({ details }) => details.role)).toEqual(['police-officer', 'administrator']);
  });

  it.each([
    { username: 'helene', refusal: 'no-group', act: () => domain.leave('GG-Police', 'helene') },
    {
      username: 'igor',
      refusal: 'disabled',
      act: () => domain.set('igor', 'userAccountControl', '514'),
    },
    { username: 'julie', refusal: 'unknown', act: () => domain.remove('julie') },
  ])('signs $username out: $refusal', async ({ username, refusal, act }) => {
    const person = await enter(username);
    await act();
    expect((await person.get('/api/v1/me')).status).toBe(200);
    await refresh();
    expect((await person.get('/api/v1/me')).status).toBe(401);
    expect(await accountOf(username)).toMatchObject({ directory: { refusal } });
    expect((await knock(username, sambaPassword)).status).toBe(401);
  });

  it('opens nothing by a passkey once the directory says no', async () => {
    const person = await enter('gilles');
    const key = createAuthenticator(app.url);
    expect((await addPasskey(person, key)).status).toBe(200);
    await domain.join('GG-Vigie-Admins', 'gilles');
    expect((await knockWith(key)).status).toBe(200);
    expect(await accountOf('gilles')).toMatchObject({ role: 'administrator' });
    for (const group of ['GG-Vigie-Admins', 'GG-Police']) await domain.leave(group, 'gilles');
    expect(await knockWith(key)).toMatchObject({
      status: 401,
      body: { code: 'accounts/passkey-refused' },
    });
    expect((await person.get('/api/v1/me')).status).toBe(401);
    expect(await accountOf('gilles')).toMatchObject({ directory: { refusal: 'no-group' } });
  });

  it('is not undone by hand, while an administrator here may shut an account, and not make it the last', async () => {
    await enter('bruno');
    const { id, name, role, scope } = (await accountOf('bruno')) as Account;
    const put = (change: object) =>
      admin.put(`/api/v1/accounts/${id}`, { name, role, scope, isDisabled: false, ...change });
    expect(await put({ role: 'administrator', scope: everywhere })).toMatchObject({
      status: 409,
      body: { code: 'accounts/directory-account' },
    });
    expect((await put({ isDisabled: true })).status).toBe(200);
    expect((await knock('bruno', sambaPassword)).status).toBe(401);
    expect((await put({})).status).toBe(200);
    expect((await admin.post(`/api/v1/accounts/${id}/reset`, {})).body).toMatchObject({
      password: null,
    });
    await enter('chef');
    const local = (await accountOf('admin')) as Account;
    expect(
      await admin.put(`/api/v1/accounts/${local.id}`, { ...local, isDisabled: true }),
    ).toMatchObject({ body: { code: 'accounts/last-administrator' } });
  });
});

describe('a stranger', () => {
  it(
    'cannot lock a colleague out of Windows, nor out of here',
    async () => {
      await domain.setDomain('lockoutThreshold', '5');
      await enter('karim');
      const tried = [];
      for (let i = 0; i < 8; i++)
        tried.push((await knock('karim', 'wrong', `203.0.113.${i}`)).status);
      expect(tried).toEqual([401, 401, 429, 429, 429, 429, 429, 429]);
      for (const typed of ['VILLE\\karim', 'KARIM@ville.example'])
        expect((await knock(typed, 'wrong', '203.0.113.99')).status).toBe(429);
      expect(await domain.read('karim', 'badPwdCount')).toBe('2');
      await enter('karim');
    },
    slowMs,
  );
});

describe('an administrator', () => {
  it('sees what would happen to a person', async () => {
    expect(await check('VILLE\\anna')).toMatchObject({
      username: 'anna',
      name: 'Anna Petit',
      groups: expect.arrayContaining(['GG-Police', 'GG-Police-Nuit', 'Domain Users']),
      rights: { role: 'police-officer', by: ['GG-Police'] },
      refusal: null,
    });
    expect(await check('ferme')).toMatchObject({ rights: null, refusal: 'disabled' });
    expect(await check('admin')).toMatchObject({ rights: null, refusal: 'name-taken' });
    expect(await check('*')).toMatchObject({ dn: null, refusal: 'unknown' });
  });

  it('sees who would get what by a table that is not in force, and which groups do not exist', async () => {
    const groups = [
      { group: 'GG-Guides', role: 'warden', scope: everywhere },
      { group: 'GG-Cercle-1', role: 'viewer', scope: everywhere },
      { group: 'GG-Polcie', role: 'police-officer', scope: everywhere },
    ];
    const preview = (await admin.post('/api/v1/directory/previews', { groups }))
      .body as DirectoryPreview;
    expect(preview.people.map(({ username, rights }) => [username, rights?.role])).toEqual([
      ['bruno', 'warden'],
      ['carole', 'warden'],
      ['denis', 'viewer'],
    ]);
    expect(preview).toMatchObject({ unknownGroups: ['GG-Polcie'], isCut: false });
  });

  it('does not write over what another one wrote, nor limits who administers', async () => {
    const { version, groups } = await view();
    const put = (body: object) => admin.put('/api/v1/directory/groups', body);
    expect(await put({ version: version - 1, groups: [] })).toMatchObject({
      status: 409,
      body: { code: 'accounts/directory-changed' },
    });
    const limited = [{ group: 'GG-Police', role: 'administrator', scope: inCentre }];
    expect(await put({ version, groups: limited })).toMatchObject({
      status: 400,
      body: { code: 'accounts/role-not-limitable' },
    });
    expect(await view()).toMatchObject({ version, groups, changedBy: 'admin', isSet: true });
  });
});

describe('the way to the directory', () => {
  const hostAsName = () => {
    const [a, b, c, d] = samba.host.split('.').map(Number);
    return `${a}.${b}.${(c ?? 0) * 256 + (d ?? 0)}`;
  };
  it.each([
    { what: 'LDAPS', change: () => ({}), error: undefined },
    {
      what: 'StartTLS',
      change: () => ({ VIGIE_LDAP_URL: `ldap://${samba.host}` }),
      error: undefined,
    },
    {
      what: 'the second server when the first is down',
      change: () => ({ VIGIE_LDAP_URL: `ldaps://127.0.0.1:9, ldaps://${samba.host}` }),
      error: undefined,
    },
    {
      what: 'the person, without a service account',
      change: () => ({ VIGIE_LDAP_USER: '', VIGIE_LDAP_PASSWORD: '' }),
      error: undefined,
    },
    {
      what: 'LDAPS with an authority that nobody pinned',
      change: () => ({ VIGIE_LDAP_CA: '' }),
      error: /self-signed|unable to verify|unable to get/,
    },
    {
      what: 'StartTLS with an authority that nobody pinned',
      change: () => ({ VIGIE_LDAP_CA: '', VIGIE_LDAP_URL: `ldap://${samba.host}` }),
      error: /self-signed|unable to verify|unable to get/,
    },
    {
      what: 'LDAPS under a name that is not in the certificate',
      change: () => ({ VIGIE_LDAP_URL: `ldaps://${hostAsName()}` }),
      error: /altnames/,
    },
    {
      what: 'StartTLS under a name that is not in the certificate',
      change: () => ({ VIGIE_LDAP_URL: `ldap://${hostAsName()}` }),
      error: /altnames/,
    },
    {
      what: 'a service account with a wrong password',
      change: () => ({ VIGIE_LDAP_PASSWORD: 'wrong' }),
      error: null,
    },
  ])('by $what is open, or not: $error', async ({ change, error }) => {
    const directory = await directoryWith(change());
    const asked = directory.signIn('anna', sambaPassword);
    if (error === undefined) {
      expect(await asked).toMatchObject({ person: { username: 'anna' } });
      return;
    }
    await expect(asked).rejects.toMatchObject({ code: 'accounts/directory-away', status: 503 });
    if (error)
      expect(lines.map((line) => `${line.error}`)).toContainEqual(expect.stringMatching(error));
  });

  it('tells people apart whose names the directory takes for each other', async () => {
    await domain.set('karim', 'userPrincipalName', 'karim.b@ville.example');
    await domain.addPerson({
      username: 'leo',
      password: 'Autre-secret8',
      more: { userPrincipalName: 'karim@autre.example' },
    });
    const directory = await directoryWith({
      VIGIE_LDAP_DOMAIN: 'autre.example',
      VIGIE_LDAP_BASE: samba.base,
      VIGIE_LDAP_USER: '',
      VIGIE_LDAP_PASSWORD: '',
    });
    expect(await directory.signIn('karim', 'Autre-secret8')).toEqual({
      refusal: 'wrong-password',
      subCode: '52e',
    });
  });

  it('is examined by the doctor, who says what to do', async () => {
    const examined = (change: Record<string, string> = {}) =>
      examineDirectory(readConfig({ ...settings, ...change }));
    expect(await examined()).toMatchObject({ isGood: true });
    await domain.setDomain('lockoutThreshold', '4');
    expect(await examined()).toMatchObject({
      isGood: false,
      text: expect.stringContaining('Set VIGIE_LDAP_LOCKOUT to 4'),
    });
    const direct = { VIGIE_LDAP_USER: '', VIGIE_LDAP_PASSWORD: '' };
    expect(await examined(direct)).toMatchObject({ isGood: true });
    expect(await examined({ VIGIE_LDAP_CA: '' })).toMatchObject({
      isGood: false,
      text: expect.stringContaining('certificate'),
    });
    expect(await examined({ VIGIE_LDAP_CA: '/nowhere.pem' })).toMatchObject({ isGood: false });
    expect(await examineDirectory(readConfig({}))).toMatchObject({ isGood: true });
  });

  it('takes values as values, whatever stands in them', async () => {
    await samba.asAdministrator(async (client: Client) => {
      const queries = await createQueries(client, samba.base);
      for (const name of ['*', 'ann*', '*)(cn=*', 'anna)(|(cn=*', 'a\\2a'])
        expect(await queries.findByName(name)).toEqual([]);
      expect(await queries.findGroups('GG-*')).toEqual([]);
    });
  });

  it(
    'may break: sessions go on, signing in says why, and the local administrator comes in',
    async () => {
      const person = await enter('anna');
      const key = createAuthenticator(app.url);
      await addPasskey(person, key);
      await samba.halt();
      try {
        expect(await knock('anna', sambaPassword)).toMatchObject({
          status: 503,
          body: { code: 'accounts/directory-away' },
        });
        for (let i = 0; i < 6; i++)
          expect(await knockWith(key)).toMatchObject({
            status: 503,
            body: { code: 'accounts/directory-away' },
          });
        expect((await refresh()).status).toBe(503);
        expect((await view()).failure).toContain('does not answer');
        expect((await person.get('/api/v1/me')).status).toBe(200);
        await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
        for (let i = 0; i < 6; i++) await knock('anna', sambaPassword);
      } finally {
        await samba.start();
      }
      await enter('anna');
      await refresh();
      expect((await view()).failure).toBeNull();
    },
    slowMs,
  );
});
