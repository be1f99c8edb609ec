import { createHmac } from 'node:crypto';
import type { Account, AccountReset, Me } from '@vigie/contracts/accounts';
import type { AuditPage } from '@vigie/contracts/audit';
import type { SecondFactorSetup } from '@vigie/contracts/own-account';
import type { ProviderOffer, SignedOut } from '@vigie/contracts/provider';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { freePort } from '../../platform/listen.ts';
import type { Log } from '../../platform/log.ts';
import { signIn, startTestApp, stranger } from '../../testing/app.ts';
import { openTestDatabase } from '../../testing/database.ts';
import { silentLog } from '../../testing/log.ts';
import {
  claimsOf,
  createVisitor,
  foreignKey,
  type ProviderPerson,
  resigned,
  startProvider,
  type TestProvider,
  type Visitor,
} from '../../testing/provider.ts';
import { totpOf } from '../../testing/totp.ts';
import { createProviderDriver, examineProvider } from './provider.driver.ts';
import { providerSettingsFrom } from './provider-settings.ts';

const everywhere = { zoneIds: null, buildingIds: null };
const startPath = '/api/v1/auth/provider/start';

let provider: TestProvider;
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Visitor;
let home: string;
const lines: Record<string, unknown>[] = [];
const log: Log = { ...silentLog, warn: (data, text) => void lines.push({ ...data, text }) };

const settingsOf = (one: TestProvider) => ({
  VIGIE_OIDC_ISSUER: one.issuer,
  VIGIE_OIDC_CLIENT_ID: one.clientId,
  VIGIE_OIDC_CLIENT_SECRET: one.clientSecret,
});

beforeAll(async () => {
  const port = await freePort();
  home = `http://localhost:${port}`;
  [provider, database] = await Promise.all([startProvider({ home }), openTestDatabase()]);
  app = await startTestApp(
    {
      ...settingsOf(provider),
      DATABASE_URL: database.url,
      VIGIE_PORT: `${port}`,
      VIGIE_SECOND_FACTOR: 'administrators',
      VIGIE_OIDC_PROVIDER: 'proconnect',
    },
    { log },
  );
  admin = createVisitor();
  const { password = '' } = app.firstAdministrator ?? {};
  await post(admin, '/auth/sign-in/username', { username: 'admin', password });
  await setUpTotp(admin, { password });
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await provider?.stop();
  await database?.stop();
});
beforeEach(() => {
  provider.tampering = {};
  provider.person = undefined;
});

async function post<T>(visitor: Visitor, path: string, body: object, method = 'POST') {
  const headers = { 'content-type': 'application/json', origin: home };
  const init = { method, headers, body: JSON.stringify(body) };
  const answer = await visitor.ask(`${home}/api/v1${path}`, init);
  return { status: answer.status, body: (await answer.json()) as T & { code?: string } };
}
async function get<T>(visitor: Visitor, path: string) {
  const answer = await visitor.ask(`${home}/api/v1${path}`);
  return { status: answer.status, body: (await answer.json()) as T };
}

async function setUpTotp(visitor: Visitor, proof: object): Promise<string> {
  const { body } = await post<SecondFactorSetup>(visitor, '/me/second-factor', proof);
  const code = totpOf(body.secret);
  expect((await post(visitor, '/me/second-factor/confirmation', { code })).status).toBe(200);
  return body.secret;
}

async function invite(email: string, change: object = {}) {
  const invitation = { email, name: 'Anna Petit', role: 'viewer', scope: everywhere, ...change };
  return post<Account>(admin, '/accounts/invitations', invitation);
}
const listAccounts = async () => (await get<Account[]>(admin, '/accounts')).body;

/** Goes to the provider and comes back; gives the page on which a browser ends. */
async function come(
  person: ProviderPerson | undefined,
  { visitor = createVisitor(), to = '/' }: { visitor?: Visitor; to?: string } = {},
) {
  provider.person = person;
  const { url } = await visitor.follow(`${home}${startPath}?${new URLSearchParams({ to })}`);
  return { visitor, url, refused: url.searchParams.get('refused') };
}

/** Stops where the provider leads back. */
async function leave(visitor: Visitor): Promise<URL> {
  const isBack = ({ pathname }: URL) => pathname === '/api/v1/auth/provider/callback';
  return (await visitor.follow(`${home}${startPath}`, isBack)).url;
}

const isIn = async (visitor: Visitor) => (await get(visitor, '/me')).status === 200;
const meOf = async (visitor: Visitor) => (await get<Me>(visitor, '/me')).body;
const refusalsFor = async (name: string) =>
  (await get<AuditPage>(admin, '/audit?act=sign-in-refused')).body.rows.filter(
    ({ told }) => told.subjectName?.value === name,
  );

/** Somebody who has an account already. */
async function known(name: string, change: object = {}): Promise<ProviderPerson> {
  const person = { sub: `sub-of-${name}`, email: `${name}@ville.example` };
  await invite(person.email, change);
  expect((await come(person)).refused).toBeNull();
  return person;
}

describe('the way to the provider', () => {
  it('is offered by its name, to everybody', async () => {
    const { body } = await get<ProviderOffer>(createVisitor(), '/auth/provider');
    expect(body).toEqual({ name: 'ProConnect', isProConnect: true });
  });

  it('takes state, nonce and PKCE along, and asks how people prove themselves', async () => {
    const answer = await createVisitor().ask(`${home}${startPath}`);
    const { origin, searchParams } = new URL(answer.headers.get('location') ?? '');
    expect(origin).toBe(provider.issuer);
    const asked = Object.fromEntries(searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: 'vigie',
      redirect_uri: `${home}/api/v1/auth/provider/callback`,
      scope: 'openid given_name usual_name email uid siret',
      code_challenge_method: 'S256',
      claims: '{"id_token":{"acr":null,"amr":null}}',
    });
    expect(asked.state?.length).toBeGreaterThanOrEqual(32);
    expect(asked.nonce?.length).toBeGreaterThanOrEqual(32);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^vigie-provider=\S{32}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900$/);
  });

  it('begins at the public address, where the provider leads back', async () => {
    const elsewhere = home.replace('localhost', '127.0.0.1');
    const answer = await createVisitor().ask(`${elsewhere}${startPath}?to=/parking`);
    expect(answer.headers.get('location')).toBe(`${home}${startPath}?at=home&to=%2Fparking`);
  });

  it.each([
    ['/parking?zone=centre', '/parking?zone=centre'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/..//evil.example/', '/'],
    ['/\t/evil.example/', '/'],
    ['/api/v1/auth/sign-out', '/'],
    ['javascript:alert(1)', '/'],
  ])('goes on after %s at %s', async (to, at) => {
    const person = { sub: 'sub-of-wanderer', email: 'wanderer@ville.example' };
    await invite(person.email);
    const { url, visitor } = await come(person, { to });
    expect(url.href).toBe(home + at);
    expect(await isIn(visitor)).toBe(true);
  });
});

describe('an invitation', () => {
  it('is taken once, by the verified address; then issuer and subject are the person', async () => {
    const { status, body } = await invite('Berthe@Ville.example', { role: 'police-officer' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      username: 'berthe@ville.example',
      provider: { email: 'berthe@ville.example', isLinked: false },
    });
    const person = { sub: 'b1', email: 'BERTHE@ville.example' };
    const { visitor } = await come(person);
    expect(await meOf(visitor)).toMatchObject({
      role: 'police-officer',
      isFromProvider: true,
      duties: [],
    });
    expect((await listAccounts()).find(({ id }) => id === body.id)?.provider?.isLinked).toBe(true);
    // Who gets the address later is somebody else; who changes his address is the same.
    expect((await come({ ...person, sub: 'b2' })).refused).toBe('accounts/provider-unknown');
    expect((await come({ sub: 'b1', email: 'berthe.martin@ville.example' })).refused).toBeNull();
    expect((await meOf((await come({ sub: 'b1' })).visitor)).username).toBe('berthe@ville.example');
  });

  it('is for nobody whose address the provider does not vouch for', async () => {
    await invite('claire@ville.example');
    const person = { sub: 'c1', email: 'claire@ville.example', email_verified: false };
    const { visitor, refused } = await come(person);
    expect(refused).toBe('accounts/provider-unverified');
    expect(await isIn(visitor)).toBe(false);
    expect((await come({ ...person, email_verified: true })).refused).toBeNull();
  });

  it('is over after 30 days, and holds anew when the access is reset', async () => {
    const { id } = (await invite('denise@ville.example')).body;
    const person = { sub: 'd1', email: 'denise@ville.example' };
    await database.db.execute(
      sql`UPDATE users SET provider_invited_at = now() - interval '31 days' WHERE id = ${id}`,
    );
    expect((await come(person)).refused).toBe('accounts/provider-unknown');
    const reset = await post<AccountReset>(admin, `/accounts/${id}/reset`, {});
    expect(reset.body).toMatchObject({ password: null, provider: { isLinked: false } });
    expect((await come(person)).refused).toBeNull();
    await post(admin, `/accounts/${id}/reset`, {});
    expect((await come({ ...person, sub: 'd2' })).refused).toBeNull();
    expect((await come(person)).refused).toBe('accounts/provider-unknown');
  });

  it.each([
    ['for a taken address', 'admin2@ville.example', {}, 409, 'accounts/user-exists'],
    ['for no address', 'admin2', {}, 400, 'input/invalid'],
    [
      'with a limit that its role cannot have',
      'e@ville.example',
      { role: 'administrator', scope: { zoneIds: [], buildingIds: null } },
      400,
      'accounts/role-not-limitable',
    ],
  ])('%s is refused', async (_why, email, change, status, code) => {
    if (status === 409) await invite(email);
    expect(await invite(email, change)).toMatchObject({ status, body: { code } });
  });

  it('is not needed to be told who to ask, and the refusal is on record', async () => {
    const before = (await listAccounts()).length;
    const { visitor, refused } = await come({ sub: 'x1', email: 'inconnu@ville.example' });
    expect(refused).toBe('accounts/provider-unknown');
    expect(await isIn(visitor)).toBe(false);
    expect((await listAccounts()).length).toBe(before);
    const [row] = await refusalsFor('inconnu@ville.example');
    expect(row?.details).toEqual({ code: 'accounts/provider-unknown', way: 'provider' });
  });
});

describe('somebody who came by the provider', () => {
  it('is signed out and refused once the account is disabled', async () => {
    const person = await known('fanny');
    const { visitor } = await come(person);
    const account = (await listAccounts()).find(({ username }) => username === person.email);
    const { id, name, role, scope } = account as Account;
    const change = { name, role, scope, isDisabled: true };
    expect((await post(admin, `/accounts/${id}`, change, 'PUT')).status).toBe(200);
    expect(await isIn(visitor)).toBe(false);
    expect((await come(person)).refused).toBe('accounts/provider-disabled');
    expect(await refusalsFor('fanny@ville.example')).toHaveLength(1);
  });

  it('has no password here, and cannot set one', async () => {
    const { email = '', ...rest } = await known('gilles');
    const { visitor } = await come({ email, ...rest });
    const account = (await listAccounts()).find(({ username }) => username === email);
    for (const password of [`provider:${account?.id}`, 'Lanterne-verte9', '-']) {
      const login = { username: email, password };
      const answer = await stranger(home).post('/api/v1/auth/sign-in/username', login);
      expect(answer).toMatchObject({ status: 401, body: { code: 'accounts/wrong-credentials' } });
    }
    const change = { current: `provider:${account?.id}`, next: 'Lanterne-verte9' };
    for (const [path, body] of [
      ['/me/password', change],
      ['/me/passkey-challenges', {}],
    ] as const)
      expect((await post(visitor, path, body)).body.code).toBe('accounts/provider-account');
  });

  it('comes again after twelve hours', async () => {
    const person = await known('helene');
    const { visitor } = await come(person);
    const grow = (hours: number) =>
      database.db.execute(
        sql`UPDATE sessions SET created_at = created_at - make_interval(hours => ${hours})
            WHERE user_id = (SELECT id FROM users WHERE username = ${person.email})`,
      );
    await grow(11);
    expect(await isIn(visitor)).toBe(true);
    await grow(1);
    expect(await isIn(visitor)).toBe(false);
    expect((await come(person, { visitor })).refused).toBeNull();
    expect(await isIn(visitor)).toBe(true);
  });

  it('is signed out at the provider, too', async () => {
    const person = await known('igor');
    const { visitor } = await come(person);
    const before = provider.signIns;
    await come(person, { visitor });
    expect(provider.signIns).toBe(before);
    const { goTo } = (await post<SignedOut>(visitor, '/auth/sign-out', {})).body;
    const end = new URL(goTo ?? '');
    expect(end.searchParams.get('post_logout_redirect_uri')).toBe(`${home}/`);
    expect(claimsOf(end.searchParams.get('id_token_hint') ?? '')).toMatchObject({
      sub: person.sub,
    });
    expect(end.searchParams.get('state')?.length).toBeGreaterThanOrEqual(32);
    expect(await isIn(visitor)).toBe(false);
    const { text } = await visitor.follow(end.href);
    const [, action = ''] = /action="([^"]+)"/.exec(text) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(text) ?? [];
    const answer = await visitor.ask(action, {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    expect(answer.headers.get('location')).toBe(`${home}/?state=${end.searchParams.get('state')}`);
    await come(person, { visitor });
    expect(provider.signIns).toBe(before + 1);
  });

  it('who has a local account only is sent nowhere when he signs out', async () => {
    await app.createUser({ username: 'local', name: 'X', role: 'viewer', password: 'Lanterne-9v' });
    const local = await signIn(home, 'local', 'Lanterne-9v');
    expect((await local.post('/api/v1/auth/sign-out', {})).body).toEqual({ ok: true, goTo: null });
  });
});

describe('an administrator who came by the provider', () => {
  const one = { sub: 'sub-of-chef', email: 'chef@ville.example', acr: 'eidas1', amr: ['pwd'] };
  let secret: string;

  beforeAll(async () => {
    await invite(one.email, { role: 'administrator' });
  });

  it.each([
    ['by the level', { acr: 'eidas2', amr: ['pwd'] }],
    ['by the methods', { acr: 'eidas1', amr: ['pwd', 'otp', 'mfa'] }],
  ])('and gave two factors there, as it says %s, needs none here', async (_how, given) => {
    const { visitor } = await come({ ...one, ...given });
    expect((await meOf(visitor)).duties).toEqual([]);
    expect((await get(visitor, '/accounts')).status).toBe(200);
  });

  it('and gave one sets up the second one here, soon after signing in', async () => {
    const { visitor } = await come(one);
    expect((await meOf(visitor)).duties).toEqual(['second-factor']);
    expect((await get(visitor, '/accounts')).status).toBe(403);
    const grow = (minutes: number) =>
      database.db.execute(
        sql`UPDATE sessions SET created_at = created_at - make_interval(mins => ${minutes})
            WHERE user_id = (SELECT id FROM users WHERE username = ${one.email})`,
      );
    await grow(11);
    const late = await post(visitor, '/me/second-factor', {});
    expect(late).toMatchObject({ status: 403, body: { code: 'accounts/sign-in-stale' } });
    await grow(-11);
    secret = await setUpTotp(visitor, {});
    expect((await meOf(visitor)).duties).toEqual([]);
    expect((await post(visitor, '/me/second-factor/backup-codes', {})).status).toBe(200);
    expect((await post(admin, '/me/second-factor/backup-codes', {})).status).toBe(400);
  });

  it('is asked for its code from then on, unless the provider vouches for two factors', async () => {
    const { visitor, url } = await come(one, { to: '/rooms?x=1' });
    expect(url.href).toBe(`${home}/rooms?x=1&second-factor=asked`);
    expect(await isIn(visitor)).toBe(false);
    const wrong = await post(visitor, '/auth/second-factor', { kind: 'totp', code: '000000' });
    expect(wrong.body.code).toBe('accounts/wrong-code');
    const code = { kind: 'totp', code: totpOf(secret) };
    expect((await post(visitor, '/auth/second-factor', code)).status).toBe(200);
    expect((await get(visitor, '/accounts')).status).toBe(200);
    const vouched = await come({ ...one, amr: ['mfa'] });
    expect((await get(vouched.visitor, '/accounts')).status).toBe(200);
  });

  it('does not keep the last local administrator from staying', async () => {
    const local = (await listAccounts()).find(({ username }) => username === 'admin');
    const { name, role, scope } = local as Account;
    const change = { name, role, scope, isDisabled: true };
    expect(await post(admin, `/accounts/${local?.id}`, change, 'PUT')).toMatchObject({
      status: 409,
      body: { code: 'accounts/last-administrator' },
    });
  });
});

describe('what comes back from the provider', () => {
  const person = { sub: 'sub-of-julie', email: 'julie@ville.example' };
  const stranger = foreignKey('rsa-1');
  const unsigned = (header: object, jwt: string) =>
    `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${jwt.split('.')[1]}`;
  /** As a client signs that has the secret alone. */
  const bySecret = (jwt: string) => {
    const text = unsigned({ alg: 'HS256' }, jwt);
    return `${text}.${createHmac('sha256', provider.clientSecret).update(text).digest('base64url')}`;
  };
  const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
  const past = ago(3600);
  const idToken = (forge: (jwt: string) => string) => () => {
    provider.tampering.token = (body) => ({ ...body, id_token: forge(body.id_token) });
  };
  const userInfo = (forge: (jwt: string) => string | object) => () => {
    provider.tampering.userInfo = (body) => forge(`${body}`);
  };
  const claim = (change: Record<string, unknown>) => (jwt: string) =>
    resigned(jwt, change, provider.key);

  beforeAll(async () => {
    await invite(person.email);
    await come(person);
  });

  it.each([
    { what: 'it is the same, signed anew', tamper: idToken(claim({})) },
    { what: 'a clock is off by seconds', tamper: idToken((jwt) => claim({ exp: ago(5) })(jwt)) },
    { what: 'the userinfo is signed anew', tamper: userInfo(claim({})) },
  ])('is taken when $what', async ({ tamper }) => {
    tamper();
    const { visitor, refused } = await come(person);
    expect(refused).toBeNull();
    expect(await isIn(visitor)).toBe(true);
  });

  it.each([
    { what: 'the nonce is another’s', tamper: idToken(claim({ nonce: 'x'.repeat(43) })) },
    { what: 'the nonce is missing', tamper: idToken(claim({ nonce: undefined })) },
    { what: 'the ID token is over', tamper: idToken(claim({ exp: past })) },
    { what: 'the ID token is for somebody else', tamper: idToken(claim({ aud: 'other' })) },
    {
      what: 'the ID token is of another issuer',
      tamper: idToken(claim({ iss: 'https://evil.example' })),
    },
    { what: 'the ID token has no subject', tamper: idToken(claim({ sub: undefined })) },
    {
      what: 'the ID token is not signed',
      tamper: idToken((jwt) => `${unsigned({ alg: 'none' }, jwt)}.`),
    },
    { what: 'the ID token is signed by the secret', tamper: idToken(bySecret) },
    {
      what: 'the ID token is signed by an unknown key',
      tamper: idToken((jwt) => resigned(jwt, {}, stranger)),
    },
    {
      what: 'the ID token names an unknown key',
      tamper: idToken((jwt) => resigned(jwt, {}, foreignKey('other'))),
    },
    {
      what: 'the ID token was changed',
      tamper: idToken((jwt) =>
        jwt.replace(
          /\.[^.]*\./,
          `.${Buffer.from(JSON.stringify({ ...claimsOf(jwt), acr: 'eidas2' })).toString('base64url')}.`,
        ),
      ),
    },
    {
      what: 'there is no ID token',
      tamper: () => {
        provider.tampering.token = ({ id_token: _, ...rest }) => rest;
      },
    },
    {
      what: 'the userinfo is signed by an unknown key',
      tamper: userInfo((jwt) => resigned(jwt, {}, stranger)),
    },
    { what: 'the userinfo is signed by the secret', tamper: userInfo(bySecret) },
    {
      what: 'the userinfo is not signed',
      tamper: userInfo((jwt) => `${unsigned({ alg: 'none' }, jwt)}.`),
    },
    { what: 'the userinfo is plain JSON', tamper: userInfo(claimsOf) },
    {
      what: 'the userinfo is about somebody else',
      tamper: userInfo(claim({ sub: 'sub-of-igor' })),
    },
    { what: 'the userinfo is for somebody else', tamper: userInfo(claim({ aud: 'other' })) },
    { what: 'the userinfo is for nobody', tamper: userInfo(claim({ aud: undefined })) },
    {
      what: 'the userinfo is of another issuer',
      tamper: userInfo(claim({ iss: 'https://evil.example' })),
    },
    { what: 'the userinfo is of nobody', tamper: userInfo(claim({ iss: undefined })) },
  ])('is refused when $what', async ({ tamper }) => {
    tamper();
    const { visitor, refused } = await come(person);
    expect(refused).toBe('accounts/provider-refused');
    expect(await isIn(visitor)).toBe(false);
  });

  it.each([
    {
      what: 'the state is another',
      change: (url: URL) => url.searchParams.set('state', 'x'.repeat(43)),
    },
    { what: 'the state is missing', change: (url: URL) => url.searchParams.delete('state') },
  ])('is not awaited when $what', async ({ change }) => {
    provider.person = person;
    const visitor = createVisitor();
    const back = await leave(visitor);
    change(back);
    const { url } = await visitor.follow(back.href);
    expect(url.searchParams.get('refused')).toBe('accounts/provider-expired');
    expect(await isIn(visitor)).toBe(false);
  });

  it('opens no session in a browser that did not leave for it', async () => {
    provider.person = person;
    const back = await leave(createVisitor());
    const victim = createVisitor();
    for (const before of ['not at all', 'for its own errand']) {
      if (before !== 'not at all') await leave(victim);
      const { url } = await victim.follow(back.href);
      expect(url.searchParams.get('refused')).toBe('accounts/provider-expired');
      expect(await isIn(victim)).toBe(false);
    }
  });

  it('opens once, also with the cookie of its browser', async () => {
    provider.person = person;
    const visitor = createVisitor();
    const start = await visitor.ask(home + startPath);
    const [cookie = ''] = start.headers.getSetCookie()[0]?.split(';') ?? [];
    const isBack = ({ pathname }: URL) => pathname.endsWith('/callback');
    const back = (await visitor.follow(start.headers.get('location') ?? '', isBack)).url.href;
    expect((await visitor.follow(back)).url.href).toBe(`${home}/`);
    const again = await fetch(back, { headers: { cookie }, redirect: 'manual' });
    expect(again.headers.get('location')).toBe('/?refused=accounts%2Fprovider-expired');
  });

  it.each([
    [
      'another issuer in the address',
      (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
    ],
    ['no issuer in the address', (url: URL) => url.searchParams.delete('iss')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
  ])('is refused with %s', async (_what, change) => {
    provider.person = person;
    const visitor = createVisitor();
    const back = await leave(visitor);
    change(back);
    const { url } = await visitor.follow(back.href);
    expect(url.searchParams.get('refused')).toBe('accounts/provider-refused');
    expect(await isIn(visitor)).toBe(false);
  });

  it('is nobody when people turn back there', async () => {
    expect((await come(undefined)).refused).toBe('accounts/provider-cancelled');
  });
});

describe('a provider that does not answer', () => {
  it.each([['/token'], ['/me']])('at %s is said to be away', async (path) => {
    const person = { sub: 'sub-of-julie', email: 'julie@ville.example' };
    provider.tampering.status = { [path]: 503 };
    const { visitor, refused } = await come(person);
    expect(refused).toBe('accounts/provider-away');
    expect(await isIn(visitor)).toBe(false);
  });

  it('keeps nobody out who has a password here, and is asked again', async () => {
    const person = await known('karim');
    const visitor = createVisitor();
    provider.person = person;
    const back = await leave(visitor);
    await provider.stop();
    const { url } = await visitor.follow(back.href);
    expect(url.searchParams.get('refused')).toBe('accounts/provider-away');
    await app.createUser({
      username: 'urgence',
      name: 'X',
      role: 'viewer',
      password: 'Lanterne-9',
    });
    const local = await signIn(home, 'urgence', 'Lanterne-9');
    expect((await local.get('/api/v1/me')).status).toBe(200);
    expect((await local.post('/api/v1/auth/sign-out', {})).status).toBe(200);
    await provider.start();
    expect((await come(person)).refused).toBeNull();
  });

  it('when Vigie starts keeps it from nothing', async () => {
    const config = readConfig({
      ...settingsOf(provider),
      VIGIE_OIDC_ISSUER: 'http://127.0.0.1:9',
    });
    expect(await examineProvider(readConfig(settingsOf(provider)))).toMatchObject({ isGood: true });
    expect(await examineProvider(config)).toMatchObject({ isGood: false });
    const alias = provider.issuer.replace('127.0.0.1', 'localhost');
    const posed = readConfig({ ...settingsOf(provider), VIGIE_OIDC_ISSUER: alias });
    expect((await examineProvider(posed)).text).toContain('does not match the expected issuer');
    const settings = providerSettingsFrom(config);
    if (!settings) throw new Error('no provider is set');
    const away = createProviderDriver({ settings, publicUrl: home, clock: systemClock, log });
    await expect(away.begin()).rejects.toMatchObject({ code: 'accounts/provider-away' });
    await expect(away.findEnd('x')).resolves.toBeUndefined();
  });
});

describe('a provider that signs no userinfo', () => {
  let plain: TestProvider;
  beforeAll(async () => {
    plain = await startProvider({ home, signs: false });
    plain.person = { sub: 'p1', email: 'p@ville.example', email_verified: true, acr: 'eidas1' };
  });
  afterAll(() => plain?.stop());

  async function arrive(change: Record<string, string>) {
    const settings = providerSettingsFrom(readConfig({ ...settingsOf(plain), ...change }));
    if (!settings) throw new Error('no provider is set');
    const driver = createProviderDriver({ settings, publicUrl: home, clock: systemClock, log });
    const { url, errand } = await driver.begin();
    const isBack = ({ origin }: URL) => origin === home;
    const back = (await createVisitor().follow(url, isBack)).url;
    return driver.finish(back.searchParams, errand);
  }

  it('says in plain JSON who comes', async () => {
    expect((await arrive({})).person).toEqual({
      issuer: plain.issuer,
      subject: 'p1',
      email: 'p@ville.example',
      isEmailVerified: true,
      hasSecondFactor: false,
    });
  });

  it('is asked for a level, and lets in nobody below it', async () => {
    await expect(arrive({ VIGIE_OIDC_ACR: 'eidas1 eidas2' })).resolves.toBeDefined();
    plain.tampering.token = (body) => ({
      ...body,
      id_token: resigned(body.id_token, { acr: 'eidas0' }, plain.key),
    });
    await expect(arrive({ VIGIE_OIDC_ACR: 'eidas1 eidas2' })).rejects.toMatchObject({
      code: 'accounts/provider-level',
    });
  });
});

it('leaves no secret and no token in the log', () => {
  const said = JSON.stringify(lines);
  expect(said).toContain('was refused');
  expect(said).not.toContain(provider.clientSecret);
  expect(said).not.toMatch(/eyJ[\w-]+\./);
});
