import type { Account, Me } from '@vigie/contracts/accounts';
import type { BackupCodes, SecondFactorSetup } from '@vigie/contracts/own-account';
import type { OwnPasskey, PasskeyCreation, PasskeyRequest } from '@vigie/contracts/passkeys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { type Client, clientAfter, signIn, startTestApp, stranger } from '../testing/app.ts';
import {
  type Authenticator,
  addPasskey,
  createAuthenticator,
  signAtDoor,
  type Twist,
} from '../testing/authenticator.ts';
import { openTestDatabase } from '../testing/database.ts';
import { silentLog } from '../testing/log.ts';
import { totpOf } from '../testing/totp.ts';
import { createPasskeys } from './passkeys.service.ts';
import { createPasskeysStore } from './passkeys.store.ts';

const password = 'Lanterne-verte9';
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
/** What our own log says of passkeys that were refused. */
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  app = await startTestApp(
    { DATABASE_URL: database.url, VIGIE_SECOND_FACTOR: 'administrators' },
    { log: { ...silentLog, warn: (data) => void lines.push({ ...data }) } },
  );
});
afterAll(async () => {
  await app?.stop();
  await database?.stop();
});

async function make(username: string, role: Account['role'] = 'viewer'): Promise<Client> {
  await app.createUser({ username, name: username, role, password });
  return signIn(app.url, username, password);
}

const creationFor = async (person: Client, proof: object = {}) =>
  (await person.post('/api/v1/me/passkey-challenges', proof)).body as PasskeyCreation;

/** A person with a passkey. */
async function withPasskey(username: string, role?: Account['role']) {
  const person = await make(username, role);
  const key = createAuthenticator(app.url);
  expect((await addPasskey(person, key)).status).toBe(200);
  return { person, key };
}

const challenge = async () =>
  (await stranger(app.url).post('/api/v1/auth/passkey-challenges', {})).body as PasskeyRequest;

/** Sends what the authenticator signed, as a browser does. */
const enter = (assertion: object) =>
  fetch(`${app.url}/api/v1/auth/passkeys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: app.url },
    body: JSON.stringify(assertion),
  });

/** Who comes in with it. @throws Error when nobody does. */
const enterAs = async (key: Authenticator): Promise<Client> =>
  clientAfter(app.url, await enter(await signAtDoor(app.url, key)));

const meOf = async (person: Client) => (await person.get('/api/v1/me')).body as Me;
const listOf = async (person: Client) =>
  (await person.get('/api/v1/me/passkeys')).body as OwnPasskey[];

/** What is on record of an account, newest last. */
async function recordOf(username: string): Promise<{ act: string; details: object }[]> {
  const { rows } = await database.pool.query<{ act: string; details: object }>(
    `SELECT act, details FROM audit_rows JOIN users ON actor = 'account:' || users.id OR subject = 'account:' || users.id
     WHERE username = $1 ORDER BY seq`,
    [username],
  );
  return rows;
}

const refused = { status: 401, body: { code: 'accounts/passkey-refused' } };
const bodyOf = async (answer: Response) => ({ status: answer.status, body: await answer.json() });

describe('a passkey', () => {
  it('is asked for without a maker’s statement, with a look at who it is', async () => {
    const person = await make('anna');
    const creation = await creationFor(person);
    expect(creation).toMatchObject({
      rp: { id: 'localhost', name: 'Vigie' },
      user: { name: 'anna' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(await challenge()).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
  });

  it('is added, opens, is named and removed, and all that is on record', async () => {
    const { person, key } = await withPasskey('berthe');
    const entered = await enterAs(key);
    expect((await meOf(entered)).username).toBe('berthe');
    const [first] = await listOf(entered);
    expect(first).toMatchObject({ name: 'Clé bleue', lastUsedAt: expect.any(String) });
    const path = `/api/v1/me/passkeys/${first?.id}`;
    expect((await entered.put(path, { name: 'Bureau' })).status).toBe(200);
    expect((await listOf(person))[0]?.name).toBe('Bureau');
    expect(await addPasskey(person, key)).toMatchObject({
      body: { code: 'accounts/passkey-exists' },
    });
    expect((await person.post(`${path}/removal`, {})).status).toBe(200);
    expect(await listOf(person)).toEqual([]);
    expect(await bodyOf(await enter(await signAtDoor(app.url, key)))).toMatchObject(refused);
    const record = await recordOf('berthe');
    expect(record.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['passkey-added', 'signed-in', 'passkey-renamed', 'passkey-removed']),
    );
    expect(record).toContainEqual({ act: 'signed-in', details: { secondFactor: 'passkey' } });
  });

  it('of somebody else is neither named nor removed', async () => {
    const { person } = await withPasskey('claire');
    const other = await make('denise');
    const [passkey] = await listOf(person);
    const path = `/api/v1/me/passkeys/${passkey?.id}`;
    const unknown = { status: 404, body: { code: 'accounts/passkey-unknown' } };
    expect(await other.put(path, { name: 'x' })).toMatchObject(unknown);
    expect(await other.post(`${path}/removal`, {})).toMatchObject(unknown);
    expect(await listOf(person)).toEqual([passkey]);
  });

  it('stays when an administrator resets the access, unless it is lost, too', async () => {
    const { key } = await withPasskey('emma');
    const { person: chef } = await withPasskey('chef', 'administrator');
    const all = (await chef.get('/api/v1/accounts')).body as Account[];
    const emma = all.find(({ username }) => username === 'emma');
    expect(emma?.hasPasskey).toBe(true);
    const reset = `/api/v1/accounts/${emma?.id}/reset`;
    expect(await chef.post(reset, {})).toMatchObject({ status: 200, body: { hasPasskey: true } });
    expect((await enter(await signAtDoor(app.url, key))).status).toBe(200);
    expect(await chef.post(reset, { lostSecondFactor: true })).toMatchObject({
      status: 200,
      body: { hasPasskey: false },
    });
    expect(await bodyOf(await enter(await signAtDoor(app.url, key)))).toMatchObject(refused);
  });
});

describe('an answer of an authenticator', () => {
  let key: Authenticator;
  let person: Client;
  beforeAll(async () => {
    ({ key, person } = await withPasskey('fanny'));
  });
  const trying = async (assertion: object) => {
    // Five slips hold the account up; here each is about another thing.
    await database.pool.query('TRUNCATE sign_in_attempts');
    return bodyOf(await enter(assertion));
  };

  it.each<[string, Twist, RegExp]>([
    ['was given to a page of another origin', { origin: 'https://vigie.example' }, /origin/],
    ['was given at another port', { origin: 'http://localhost:1' }, /origin/],
    ['is for another name', { rpId: 'vigie.example' }, /RP ID/],
    ['answers what nobody asked', { challenge: 'bm90aGluZw' }, /challenge/],
    ['did not look who it was', { isVerified: false }, /verification required/],
    ['counted backwards', { counter: 1 }, /counter/],
    ['names another account', { userHandle: 'b3RoZXI' }, /another account/],
  ])('opens nothing when it %s', async (_name, twist, reason) => {
    expect(await trying(await signAtDoor(app.url, key))).toMatchObject({ status: 200 });
    expect(await trying(await signAtDoor(app.url, key, twist))).toMatchObject(refused);
    expect(lines.at(-1)?.reason).toMatch(reason);
  });

  it('opens once', async () => {
    const assertion = await signAtDoor(app.url, key);
    expect(await trying(assertion)).toMatchObject({ status: 200 });
    expect(await trying(assertion)).toMatchObject(refused);
    expect(lines.at(-1)?.reason).toMatch(/challenge/);
  });

  it('comes in time or not at all', async () => {
    const assertion = await signAtDoor(app.url, key);
    await database.pool.query(
      `UPDATE passkey_challenges SET expires_at = now() - interval '1 second'`,
    );
    expect(await trying(assertion)).toMatchObject(refused);
  });

  it('is of the key that was added, however it is called', async () => {
    const assertion = await signAtDoor(app.url, key);
    const foreign = await signAtDoor(app.url, createAuthenticator(app.url));
    const { userHandle } = assertion.response;
    const forged = { ...foreign, response: { ...foreign.response, userHandle } };
    expect(await trying(forged)).toMatchObject(refused);
    expect(await trying({ ...forged, id: assertion.id, rawId: assertion.rawId })).toMatchObject(
      refused,
    );
    expect(await trying(assertion)).toMatchObject({ status: 200 });
  });

  it('to what was asked at the door adds no passkey, and the other way round', async () => {
    const { challenge: atDoor } = await challenge();
    expect(
      await addPasskey(person, createAuthenticator(app.url), { challenge: atDoor }),
    ).toMatchObject(refused);
    const { challenge: within } = await creationFor(person);
    expect(await trying(await signAtDoor(app.url, key, { challenge: within }))).toMatchObject(
      refused,
    );
    const other = await creationFor(await make('gaelle'));
    const twist = { challenge: other.challenge };
    expect(await addPasskey(person, createAuthenticator(app.url), twist)).toMatchObject(refused);
  });

  it.each<[string, Twist, RegExp]>([
    ['did not look who it was', { isVerified: false }, /verification was required/],
    ['is for another name', { rpId: 'vigie.example' }, /RP ID/],
    ['was given to another page', { origin: 'https://vigie.example' }, /origin/],
    ['tells of its maker', { statement: 'fido-u2f' }, /kind fido-u2f was not asked for/],
  ])('adds no passkey when it %s', async (_name, twist, reason) => {
    expect(await addPasskey(person, createAuthenticator(app.url), twist)).toMatchObject(refused);
    expect(lines.at(-1)?.reason).toMatch(reason);
  });

  it('opens no disabled account, and the attempts are on record and held up', async () => {
    const { key: mine } = await withPasskey('irene');
    await database.pool.query(`UPDATE users SET disabled_at = now() WHERE username = 'irene'`);
    await database.pool.query('TRUNCATE sign_in_attempts');
    const seen = [];
    for (let i = 0; i < 6; i++) seen.push((await enter(await signAtDoor(app.url, mine))).status);
    expect(seen).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await recordOf('irene')).at(-1)).toMatchObject({
      act: 'sign-in-refused',
      details: { isDisabled: true },
    });
  });
});

describe('whoever sits at an open page', () => {
  it('adds and removes no passkey without the password, once signing in was a while ago', async () => {
    const { person } = await withPasskey('jeanne');
    const [passkey] = await listOf(person);
    await database.pool.query(
      `UPDATE sessions SET created_at = now() - interval '11 minutes'
       WHERE user_id = (SELECT id FROM users WHERE username = 'jeanne')`,
    );
    const removal = (proof: object) =>
      person.post(`/api/v1/me/passkeys/${passkey?.id}/removal`, proof);
    const stale = { status: 403, body: { code: 'accounts/sign-in-stale' } };
    const wrong = { status: 401, body: { code: 'accounts/wrong-credentials' } };
    expect(await person.post('/api/v1/me/passkey-challenges', {})).toMatchObject(stale);
    expect(await removal({})).toMatchObject(stale);
    expect(await removal({ password: 'guess' })).toMatchObject(wrong);
    expect((await creationFor(person, { password })).challenge).toBeTypeOf('string');
    expect((await removal({ password })).status).toBe(200);
  });
});

describe('a passkey of an administrator', () => {
  it('is a second factor for the session that has seen it, and for no other', async () => {
    const { person, key } = await withPasskey('karl', 'administrator');
    expect((await meOf(person)).duties).toEqual([]);
    const byPassword = await signIn(app.url, 'karl', password);
    expect(await meOf(byPassword)).toMatchObject({ duties: ['second-factor'], hasPasskey: true });
    expect((await byPassword.get('/api/v1/accounts')).status).toBe(403);
    const [passkey] = await listOf(byPassword);
    const dutyFirst = { status: 403, body: { code: 'accounts/duty-first' } };
    const removal = `/api/v1/me/passkeys/${passkey?.id}/removal`;
    for (const path of ['/api/v1/me/second-factor', '/api/v1/me/passkey-challenges', removal])
      expect(await byPassword.post(path, { password })).toMatchObject(dutyFirst);

    const byKey = await enterAs(key);
    expect((await meOf(byKey)).duties).toEqual([]);
    expect((await byKey.get('/api/v1/accounts')).status).toBe(200);
    expect(await byKey.post(removal, {})).toMatchObject({
      status: 409,
      body: { code: 'accounts/second-factor-required' },
    });
    expect((await addPasskey(byKey, createAuthenticator(app.url))).status).toBe(200);
    expect((await byKey.post(removal, {})).status).toBe(200);
  });

  it('comes after a password of his own', async () => {
    const drawn = await make('lea');
    await database.pool.query(
      `UPDATE users SET must_change_password = true WHERE username = 'lea'`,
    );
    expect(await drawn.post('/api/v1/me/passkey-challenges', {})).toMatchObject({
      body: { code: 'accounts/duty-first' },
    });
  });
});

describe('at a public address without https', () => {
  it('there are no passkeys, and the answer says what they need', async () => {
    expect((await stranger(app.url).get('/api/v1/auth/passkeys')).body).toEqual({
      origin: app.url,
    });
    const none = createPasskeys({
      place: undefined,
      driver: undefined,
      store: createPasskeysStore(database.db),
      clock: systemClock,
      log: silentLog,
    });
    expect(none.offer()).toEqual({ origin: null });
    await expect(none.requestSignIn()).rejects.toThrow('VIGIE_PUBLIC_URL');
  });
});

describe('backup codes', () => {
  /** What signing in with the password and a backup code comes to. */
  async function enterWith(code: string): Promise<Response> {
    const post = (path: string, body: object, cookie = '') =>
      fetch(app.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: app.url, cookie },
        body: JSON.stringify(body),
      });
    const half = await post('/api/v1/auth/sign-in/username', { username: 'marie', password });
    const cookie = half.headers.getSetCookie().map((line) => line.split(';')[0]);
    return post('/api/v1/auth/second-factor', { kind: 'backup', code }, cookie.join('; '));
  }

  it('are counted, and new ones end the old', async () => {
    const begun = await make('marie');
    const setUp = await begun.post('/api/v1/me/second-factor', { password });
    const { secret, backupCodes } = setUp.body as SecondFactorSetup;
    const left = async (person: Client) => (await person.get('/api/v1/me/second-factor')).body;
    expect(await left(begun)).toEqual({ backupCodesLeft: null });
    const code = totpOf(secret);
    expect((await begun.post('/api/v1/me/second-factor/confirmation', { code })).status).toBe(200);
    const [used = '', unused = ''] = backupCodes;
    const person = clientAfter(app.url, await enterWith(used));
    expect(await left(person)).toEqual({ backupCodesLeft: 9 });
    const renew = (given: string) =>
      person.post('/api/v1/me/second-factor/backup-codes', { password: given });
    expect(await renew('guess')).toMatchObject({ status: 401 });
    const { backupCodes: fresh } = (await renew(password)).body as BackupCodes;
    expect(await left(person)).toEqual({ backupCodesLeft: 10 });
    expect((await enterWith(unused)).status).toBe(401);
    expect((await enterWith(fresh[0] ?? '')).status).toBe(200);
    expect((await recordOf('marie')).map(({ act }) => act)).toContain('backup-codes-renewed');
  });
});
