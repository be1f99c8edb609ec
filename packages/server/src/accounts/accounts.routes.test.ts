import type { Account, AccountWithPassword, Me } from '@vigie/contracts/accounts';
import type { ApiToken, ApiTokenWithKey } from '@vigie/contracts/api-tokens';
import type { OwnSession, SecondFactorSetup } from '@vigie/contracts/own-account';
import { Town } from '@vigie/contracts/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp, stranger } from '../testing/app.ts';
import { totpOf } from '../testing/totp.ts';

const password = 'Lanterne-verte9';
const everywhere = { zoneIds: null, buildingIds: null };
let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp({
    VIGIE_TOWN: 'Sainte-Ville',
    VIGIE_SECOND_FACTOR: 'nobody',
  });
  await app.importTown(
    Town.parse({
      zones: ['centre', 'gare'].map((id) => ({ id, name: id, allowedDays: 7 })),
      spaces: ['centre', 'gare'].map((zoneId) => ({ id: `${zoneId}-1`, zoneId, label: zoneId })),
    }),
  );
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
});
afterAll(() => app?.stop());

const invite = async (username: string, change: object = {}) =>
  (
    await admin.post('/api/v1/accounts', {
      username,
      name: 'Anna Petit',
      role: 'police-officer',
      scope: everywhere,
      ...change,
    })
  ).body as AccountWithPassword;

/** An account whose person has set a password of his own. */
async function settled(username: string, change: object = {}): Promise<Account> {
  const account = await invite(username, change);
  const person = await signIn(app.url, username, account.password);
  await person.post('/api/v1/me/password', { current: account.password, next: password });
  return account;
}

const meOf = async (client: Client) => (await client.get('/api/v1/me')).body as Me;

describe('an account', () => {
  it('comes with a drawn password that opens nothing but the way to one’s own', async () => {
    const { password: drawn } = await invite('berthe');
    const person = await signIn(app.url, 'Berthe', drawn);
    expect((await meOf(person)).duties).toEqual(['password']);
    expect(await person.get('/api/v1/spaces')).toMatchObject({
      status: 403,
      body: { code: 'accounts/duty-first' },
    });
    const change = (next: string, current = drawn) =>
      person.post('/api/v1/me/password', { current, next });
    expect(await change('Anna-la-belle9')).toMatchObject({
      status: 400,
      body: { code: 'accounts/password-refused', detail: expect.stringContaining('contains-name') },
    });
    expect(await change('Vive-Sainte.Vi11e')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('contains-town') },
    });
    expect(await change('M@rseille-2026')).toMatchObject({
      status: 400,
      body: { code: 'accounts/password-common' },
    });
    expect((await change(drawn)).body).toMatchObject({ code: 'accounts/password-same' });
    expect((await change(password, 'wrong')).body).toMatchObject({
      code: 'accounts/wrong-credentials',
    });
    expect((await change(password)).status).toBe(200);
    const again = await signIn(app.url, 'berthe', password);
    expect((await meOf(again)).duties).toEqual([]);
    expect((await again.get('/api/v1/spaces')).status).toBe(200);
    expect((await person.get('/api/v1/me')).status).toBe(401);
  });

  it('changes its role and its limits at once, in an open session too', async () => {
    const { id } = await settled('claire');
    const person = await signIn(app.url, 'claire', password);
    const spaces = async () =>
      ((await person.get('/api/v1/spaces')).body as { id: string }[]).map((space) => space.id);
    expect(await spaces()).toEqual(['centre-1', 'gare-1']);
    const change = { name: 'Claire', role: 'police-officer', isDisabled: false };
    const scope = { zoneIds: ['centre'], buildingIds: [] };
    await admin.put(`/api/v1/accounts/${id}`, { ...change, scope });
    expect(await spaces()).toEqual(['centre-1']);
    expect(await person.get('/api/v1/spaces/gare-1')).toMatchObject({
      status: 403,
      body: { code: 'accounts/out-of-scope' },
    });
    await admin.put(`/api/v1/accounts/${id}`, { ...change, role: 'warden', scope: everywhere });
    expect((await person.get('/api/v1/spaces')).status).toBe(403);
  });

  it('that is disabled is signed out, and signs in no more with the right password', async () => {
    const account = await settled('denise');
    const person = await signIn(app.url, 'denise', password);
    const { name, role, scope } = account;
    const path = `/api/v1/accounts/${account.id}`;
    await admin.put(path, { name, role, scope, isDisabled: true });
    expect((await person.get('/api/v1/me')).status).toBe(401);
    const login = { username: 'denise', password };
    expect(await stranger(app.url).post('/api/v1/auth/sign-in/username', login)).toMatchObject({
      status: 401,
      body: { code: 'accounts/wrong-credentials' },
    });
    await admin.put(path, { name, role, scope, isDisabled: false });
    expect((await person.get('/api/v1/me')).status).toBe(401);
    expect(await signIn(app.url, 'denise', password)).toBeDefined();
  });

  it('is opened again by an administrator, whatever was tried on it', async () => {
    const { id } = await settled('emma');
    const attempt = (given: string) =>
      stranger(app.url).post('/api/v1/auth/sign-in/username', {
        username: 'emma',
        password: given,
      });
    for (let i = 0; i < 5; i++) await attempt('wrong');
    expect((await attempt(password)).status).toBe(429);
    const reset = (await admin.post(`/api/v1/accounts/${id}/reset`, {}))
      .body as AccountWithPassword;
    expect((await attempt(password)).status).toBe(401);
    const person = await signIn(app.url, 'emma', reset.password);
    expect((await meOf(person)).duties).toEqual(['password']);
  });

  it.each([
    ['a taken name', { username: 'ADMIN' }, 409, 'accounts/user-exists'],
    ['a name with a space', { username: 'a b' }, 400, 'input/invalid'],
    ['the role of a device', { role: 'device' }, 400, 'input/invalid'],
    [
      'an administrator of one zone',
      { role: 'administrator', scope: { zoneIds: ['centre'], buildingIds: null } },
      400,
      'accounts/role-not-limitable',
    ],
  ])('is refused with %s', async (_name, change, status, code) => {
    const given = { username: 'x', name: 'X', role: 'viewer', scope: everywhere, ...change };
    expect(await admin.post('/api/v1/accounts', given)).toMatchObject({ status, body: { code } });
  });

  it('of the last administrator cannot be taken away', async () => {
    const accounts = (await admin.get('/api/v1/accounts')).body as Account[];
    const first = accounts.find(({ username }) => username === 'admin');
    const change = { name: 'A', role: 'administrator', scope: everywhere, isDisabled: false };
    for (const one of [{ isDisabled: true }, { role: 'viewer' }]) {
      expect(await admin.put(`/api/v1/accounts/${first?.id}`, { ...change, ...one })).toMatchObject(
        {
          status: 409,
          body: { code: 'accounts/last-administrator' },
        },
      );
    }
    expect((await admin.get('/api/v1/accounts')).status).toBe(200);
  });

  it('never shows a hash or a secret', async () => {
    const text = JSON.stringify((await admin.get('/api/v1/accounts')).body);
    expect(text).not.toMatch(/"(hash|secret|password|digest)"|[0-9a-f]{64}/i);
  });
});

describe('sessions', () => {
  it('are listed to their person, and end when revoked', async () => {
    await settled('fanny');
    const here = await signIn(app.url, 'fanny', password);
    const there = await signIn(app.url, 'fanny', password);
    const list = async () => (await here.get('/api/v1/me/sessions')).body as OwnSession[];
    const other = (await list()).filter(({ isCurrent }) => !isCurrent);
    expect((await list()).filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    for (const { id } of other) await here.delete(`/api/v1/me/sessions/${id}`);
    expect((await there.get('/api/v1/me')).status).toBe(401);
    expect((await here.get('/api/v1/me')).status).toBe(200);
    const mine = (await list())[0]?.id;
    expect(await admin.delete(`/api/v1/me/sessions/${mine}`)).toMatchObject({ status: 404 });
    expect((await here.get('/api/v1/me')).status).toBe(200);
  });
});

describe('a second factor', () => {
  const codeOf = (setup: SecondFactorSetup) => ({ code: totpOf(setup.secret) });

  /** What a browser keeps: cookies of one answer for the next request. */
  async function signInWith(second: object | undefined, username = 'gilberte') {
    const post = (path: string, body: object, cookie = '') =>
      fetch(app.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: app.url, cookie },
        body: JSON.stringify(body),
      });
    const first = await post('/api/v1/auth/sign-in/username', { username, password });
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const half = await fetch(`${app.url}/api/v1/me`, { headers: { cookie } });
    const answer = second && (await post('/api/v1/auth/second-factor', second, cookie));
    return { first: await first.json(), half: half.status, answer };
  }

  it('is set up with a picture, asked for at the door, and replaced once by a backup code', async () => {
    await settled('gilberte');
    const person = await signIn(app.url, 'gilberte', password);
    const begun = await person.post('/api/v1/me/second-factor', { password });
    const setup = begun.body as SecondFactorSetup;
    expect(setup.uri).toMatch(/^otpauth:\/\/totp\/Vigie%3Agilberte\?secret=[A-Z2-7]+&issuer=Vigie/);
    expect(setup.qr).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(setup.backupCodes.length).toBeGreaterThan(5);
    const confirm = (body: object) => person.post('/api/v1/me/second-factor/confirmation', body);
    expect(await confirm({ code: '000000' })).toMatchObject({
      body: { code: 'accounts/wrong-code' },
    });
    expect((await signInWith(undefined)).first).toEqual({ secondFactor: false });
    expect((await confirm(codeOf(setup))).status).toBe(200);

    const wrong = await signInWith({ code: '000000' });
    expect(wrong).toMatchObject({ first: { secondFactor: true }, half: 401 });
    expect(wrong.answer?.status).toBe(401);
    const twice = codeOf(setup);
    const answers = [await signInWith(twice), await signInWith(twice)];
    expect(answers.map(({ answer }) => answer?.status)).toEqual([200, 401]);
    expect(answers[1]?.answer?.headers.getSetCookie()).toEqual([]);
    const backup = { kind: 'backup', code: setup.backupCodes[0] };
    expect((await signInWith(backup)).answer?.status).toBe(200);
    expect((await signInWith(backup)).answer?.status).toBe(401);
  });

  it('is not set up by whoever finds a page open and knows no password', async () => {
    await settled('helene');
    const person = await signIn(app.url, 'helene', password);
    expect(await person.post('/api/v1/me/second-factor', { password: 'guess' })).toMatchObject({
      status: 401,
      body: { code: 'accounts/wrong-credentials' },
    });
  });

  it('comes before anything else for administrators, who may not be without', async () => {
    const strict = await startTestApp({ VIGIE_SECOND_FACTOR: 'administrators' });
    try {
      const drawn = strict.firstAdministrator?.password ?? '';
      const person = await signIn(strict.url, 'admin', drawn);
      expect((await meOf(person)).duties).toEqual(['second-factor']);
      expect(await person.get('/api/v1/spaces')).toMatchObject({
        status: 403,
        body: { code: 'accounts/duty-first' },
      });
      expect(
        await person.post('/api/v1/me/second-factor/removal', { password: drawn }),
      ).toMatchObject({ status: 409, body: { code: 'accounts/second-factor-required' } });
      expect((await person.get('/api/v1/events')).status).toBe(403);
    } finally {
      await strict.stop();
    }
  });
});

describe('a token', () => {
  const draw = async (change: object = {}) =>
    (
      await admin.post('/api/v1/tokens', {
        name: 'statistics',
        permissions: ['parking.read'],
        scope: everywhere,
        ...change,
      })
    ).body as ApiTokenWithKey;
  const ask = (token: string, path: string) =>
    fetch(app.url + path, { headers: { authorization: `Bearer ${token}` } });
  const listed = async (id: string) =>
    ((await admin.get('/api/v1/tokens')).body as ApiToken[]).find((one) => one.id === id);

  it('has the rights it was given, where it was given them, and says when it was used', async () => {
    const { id, token } = await draw({ scope: { zoneIds: ['gare'], buildingIds: [] } });
    expect((await listed(id))?.lastUsedAt).toBeNull();
    const spaces = (await (await ask(token, '/api/v1/spaces')).json()) as { id: string }[];
    expect(spaces.map((space) => space.id)).toEqual(['gare-1']);
    expect((await ask(token, '/api/v1/spaces/centre-1')).status).toBe(403);
    expect((await ask(token, '/api/v1/cases')).status).toBe(403);
    expect((await ask(token, '/api/v1/me')).status).toBe(403);
    expect(Date.parse((await listed(id))?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('is kept as a digest only, and shown once', async () => {
    const { id, token } = await draw();
    expect(token).toMatch(/^vigie_[a-z2-9]{32}$/);
    expect(JSON.stringify(await listed(id))).not.toContain(token.slice(6));
  });

  it('ends when it is revoked', async () => {
    const { id, token } = await draw();
    expect((await ask(token, '/api/v1/spaces')).status).toBe(200);
    expect((await admin.delete(`/api/v1/tokens/${id}`)).status).toBe(200);
    expect((await ask(token, '/api/v1/spaces')).status).toBe(401);
    expect((await admin.delete(`/api/v1/tokens/${id}`)).status).toBe(404);
  });

  it.each([
    ['the right to make accounts', { permissions: ['accounts.write'] }, 'input/invalid'],
    ['clear pictures of people', { permissions: ['cameras.view-clear'] }, 'input/invalid'],
    ['no right', { permissions: [] }, 'input/invalid'],
    ['no end', { expiresInDays: 4000 }, 'input/invalid'],
    [
      'a right over the town for one zone',
      { permissions: ['town.write'], scope: { zoneIds: ['gare'], buildingIds: null } },
      'accounts/role-not-limitable',
    ],
  ])('is refused with %s', async (_name, change, code) => {
    expect(await draw(change)).toMatchObject({ code });
  });

  it('opens nothing when it is wrong, or beside a word', async () => {
    for (const wrong of ['vigie_wrong', '', "vigie_' OR 1=1", 'vigie_'])
      expect((await ask(wrong, '/api/v1/spaces')).status).toBe(401);
  });
});
