import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '@vigie/contracts/accounts';
import type { SecondFactorSetup } from '@vigie/contracts/own-account';
import { seal, unseal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { symmetricDecrypt } from 'better-auth/crypto';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Config, readConfig } from './platform/config.ts';
import { createKeyCheckStore } from './platform/key-check.store.ts';
import { freePort } from './platform/listen.ts';
import { type KeyPurpose, openSecrets, type Secrets, secretsOf } from './platform/secrets.ts';
import { forgetKey, type KeyRenewal, renewKey } from './renew-key.ts';
import { type Client, signIn, startTestApp } from './testing/app.ts';
import { dumpOf, openTestDatabase } from './testing/database.ts';
import { silentLog } from './testing/log.ts';
import { totpOf } from './testing/totp.ts';

const dayMs = 86_400_000;
const password = 'Lanterne-verte9';
const webhook = 'https://hook.example/in?token=T0K3N';
const foreign = secretsOf('of another server');

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let folder: string;
/** The same over restarts. */
let port: number;
let app: Awaited<ReturnType<typeof startTestApp>> | undefined;
let adminPassword: string;
let factor: SecondFactorSetup;
/** Signed in before the key was changed. */
let signedIn: Client;
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs), rate: 1 };

const settings = (more: Record<string, string> = {}) => ({
  VIGIE_DATA: folder,
  DATABASE_URL: database.url,
  VIGIE_PORT: `${port}`,
  ...more,
});
const configOf = (more: Record<string, string> = {}): Config => readConfig(settings(more));
const start = (more: Record<string, string> = {}) =>
  startTestApp(settings(more), { parkingClock: clock, peopleClock: clock });
const renew = (more: Record<string, string> = {}): Promise<KeyRenewal> =>
  renewKey({ config: configOf(more), log: silentLog });
const keyFile = () => join(folder, 'secret.key');
const rootInFile = () => readFile(keyFile(), 'utf8');
const check = () => createKeyCheckStore(database.db);
const open = (secret?: string) =>
  openSecrets({ VIGIE_DATA: folder, VIGIE_SECRET: secret }, check());

async function stop(): Promise<void> {
  await app?.stop();
  app = undefined;
  // PostgreSQL notices a connection that was closed a little later.
  await vi.waitFor(async () => expect(await strangers()).toBe(0), { timeout: 20_000 });
}
async function strangers(): Promise<number> {
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database()
     AND backend_type = 'client backend' AND application_name <> current_setting('application_name')`,
  );
  return rows[0].n;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-renew-'));
  await chmod(folder, 0o755);
  port = await freePort();
  database = await openTestDatabase();
  app = await start();
  adminPassword = app.firstAdministrator?.password ?? '';
  signedIn = await signIn(app.url, 'admin', adminPassword);
  await plantTown(signedIn);
  await plantSecondFactor(app.url);
  await park(app.mqttUrl, signedIn);
  // A second camera bears what another server sealed.
  const text = await seal('rtsp://192.0.2.9/one', foreign.keyFor('vision workers'));
  await database.pool.query(`UPDATE cameras SET sealed_source = $1 WHERE id = 'c2'`, [text]);
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

const camera = (id: string) => ({
  id,
  roomId: 'desk',
  name: id,
  source: `rtsp://guard:${id}@192.0.2.1/one`,
});

async function plantTown(admin: Client): Promise<void> {
  const recipients = [{ channel: 'webhook', address: webhook }, 'police@example.org'];
  const town = {
    zones: [{ id: 'z', name: 'Centre', allowedDays: 7, recipients }],
    spaces: [{ id: 's1', zoneId: 'z', label: '1' }],
    bollards: [{ id: 'b1', spaceId: 's1', model: 'mute' }],
    buildings: [{ id: 'hall', name: 'Mairie' }],
    rooms: [{ id: 'desk', buildingId: 'hall', name: 'Accueil' }],
    cameras: [camera('c1'), camera('c2')],
    parkingCameras: [{ id: 'p1', name: 'Place', source: 'rtsp://192.0.2.2/one', spaces: [] }],
  };
  expect((await admin.put('/api/v1/town', town)).status).toBe(200);
  const receiverInfo = [{ key: 'Authorization', value: 'Bearer T0K3N' }];
  const { status } = await admin.post('/ngsi-ld/v1/subscriptions', {
    type: 'Subscription',
    entities: [{ type: 'ParkingSpot' }],
    notification: { endpoint: { uri: 'https://192.0.2.3/spots', receiverInfo } },
  });
  expect(status).toBe(201);
}

async function plantSecondFactor(url: string): Promise<void> {
  const role: Account['role'] = 'viewer';
  await app?.createUser({ username: 'ada', name: 'Ada', role, password });
  const ada = await signIn(url, 'ada', password);
  factor = (await ada.post('/api/v1/me/second-factor', { password })).body as SecondFactorSetup;
  const code = totpOf(factor.secret);
  const confirmed = await ada.post('/api/v1/me/second-factor/confirmation', { code });
  expect(confirmed.status).toBe(200);
}

/** A car that stays too long: its case is to be told to the webhook. */
async function park(mqttUrl: string, admin: Client): Promise<void> {
  const { key } = (await admin.post('/api/v1/bollards/b1/key', {})).body as { key: string };
  const bollard = await connectAsync(mqttUrl, { username: 'b1', password: key });
  const state = JSON.stringify({ v: 1, occupied: true, at: clock.now().toISOString() });
  await bollard.publishAsync(topics.bollardState('b1'), state, { qos: 1 });
  await bollard.endAsync();
  aheadMs += 7 * dayMs;
  const isTold = async () => expect(await countWebhooks()).toBeGreaterThan(0);
  await vi.waitFor(isTold, { timeout: 60_000, interval: 250 });
}
async function countWebhooks(): Promise<number> {
  aheadMs += dayMs / 4;
  const told = `SELECT FROM messages WHERE channel = 'webhook'`;
  return (await database.pool.query(told)).rowCount ?? 0;
}

/** A new purpose must be thought of here, and planted. */
const nothing: Record<KeyPurpose, number> = {
  'vision workers': 0,
  recipients: 0,
  subscribers: 0,
  sessions: 0,
  'alarm webhooks': 0,
  'key check': 0,
};

/** How many texts of the whole database a secret opens, by what its keys are for. */
async function openedBy(secrets: Secrets): Promise<Record<KeyPurpose, number>> {
  const sum = { ...nothing };
  const all = (await dumpOf(database.pool)).map(({ text }) => text).join('\n');
  for (const purpose of Object.keys(sum) as KeyPurpose[]) {
    const bytes = secrets.keyFor(purpose);
    const key = Buffer.from(bytes).toString('base64');
    const tries = [
      ...(all.match(/v1\.[A-Za-z0-9+/]+=*/g) ?? []).map((text) => unseal(text, bytes)),
      ...(all.match(/[0-9a-f]{80,}/g) ?? []).map((data) => symmetricDecrypt({ key, data })),
    ];
    const done = await Promise.allSettled(tries);
    sum[purpose] = done.filter(({ status }) => status === 'fulfilled').length;
  }
  return sum;
}
/** What ada is let in with: the status of the second step. */
async function enter(url: string, second: object): Promise<number> {
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${url}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  const first = await post('sign-in/username', { username: 'ada', password });
  const cookie = first.headers.getSetCookie().map((line) => line.split(';')[0]);
  return (await post('second-factor', second, cookie.join('; '))).status;
}

describe('the key of an installation', () => {
  it('is not changed while a server runs on the folder, or on the database from elsewhere', async () => {
    const before = await openedBy(await open());
    await expect(renew()).rejects.toMatchObject({ code: 'platform/data-folder-taken' });
    const elsewhere = await mkdtemp(join(tmpdir(), 'vigie-renew-'));
    await writeFile(join(elsewhere, 'secret.key'), await rootInFile());
    const second = renew({ VIGIE_DATA: elsewhere });
    await expect(second).rejects.toMatchObject({ code: 'platform/database-taken' });
    expect(await readdir(elsewhere)).toEqual(['secret.key']);
    await rm(elsewhere, { recursive: true });
    expect(await openedBy(await open())).toEqual(before);
  });

  it('is changed whole: the old key opens nothing any more, the new one all that the old one did', async () => {
    const old = await open();
    const before = await openedBy(old);
    for (const purpose of ['vision workers', 'recipients', 'subscribers', 'sessions'] as const)
      expect([purpose, before[purpose] > 0]).toEqual([purpose, true]);
    const rulesBefore = await signedIn.get('/api/v1/zones/z/rules');
    const oldRoot = await rootInFile();
    if (process.getuid?.() === 0) await chown(keyFile(), 65_534, 65_534);
    const { uid: owner } = await stat(keyFile());
    await stop();

    const { parts, sessions, file, sealKey } = await renew();
    expect(file).toBe(keyFile());
    expect(await rootInFile()).not.toBe(oldRoot);
    const { mode, uid } = await stat(keyFile());
    expect([mode & 0o777, uid]).toEqual([0o600, owner]);
    expect(await readdir(folder)).not.toContain('secret.key.next');
    const secrets = await open();
    expect(sealKey).toBe(Buffer.from(secrets.keyFor('vision workers')).toString('base64'));
    expect(await openedBy(old)).toEqual(nothing);
    expect(await openedBy(secrets)).toEqual(before);
    expect((await openedBy(foreign))['vision workers']).toBe(1);
    expect(parts.filter(({ anew }) => anew === 0)).toEqual([]);
    expect(parts.filter(({ closed }) => closed > 0)).toEqual([
      { what: 'addresses of cameras in rooms', anew: 1, closed: 1 },
    ]);
    expect(sessions).toBeGreaterThan(1);
    const left = await database.pool.query(
      'SELECT FROM sessions UNION ALL SELECT FROM sign_in_attempts',
    );
    expect(left.rowCount).toBe(0);

    app = await start();
    expect(app.firstAdministrator).toBeUndefined();
    expect((await signedIn.get('/api/v1/me')).status).toBe(401);
    const admin = await signIn(app.url, 'admin', adminPassword);
    expect(await admin.get('/api/v1/zones/z/rules')).toEqual(rulesBefore);
    expect(JSON.stringify(rulesBefore.body)).toContain(webhook);
    expect(await enter(app.url, { code: totpOf(factor.secret, Date.now() + 30_000) })).toBe(200);
    expect(await enter(app.url, { kind: 'backup', code: factor.backupCodes[0] })).toBe(200);
    const audit = await database.pool.query(
      `SELECT actor, details FROM audit_rows WHERE act = 'key-renewed'`,
    );
    const anew = parts.reduce((sum, part) => sum + part.anew, 0);
    expect(audit.rows).toEqual([{ actor: 'system', details: { anew, closed: 1, sessions } }]);
    await stop();
  });

  it('is the old one when the power fails before the commit', async () => {
    const root = await rootInFile();
    const before = await openedBy(secretsOf(root));
    await database.pool.query('ALTER TABLE two_factors RENAME TO away');
    await expect(renew()).rejects.toThrow();
    await database.pool.query('ALTER TABLE away RENAME TO two_factors');
    expect(await readdir(folder)).toContain('secret.key.next');
    expect(await openedBy(secretsOf(root))).toEqual(before);
    expect(await openedBy(await open())).toEqual(before);
    expect(await rootInFile()).toBe(root);
    expect(await readdir(folder)).not.toContain('secret.key.next');
  });

  it('is the new one when the power fails after the commit', async () => {
    const old = await rootInFile();
    await renew();
    const root = await rootInFile();
    const cutOff = async () => {
      await writeFile(keyFile(), old);
      await writeFile(`${keyFile()}.next`, root);
    };
    await cutOff();
    await open();
    expect(await rootInFile()).toBe(root);
    expect(await readdir(folder)).not.toContain('secret.key.next');
    await cutOff();
    await renew();
    expect(await openedBy(await open())).not.toEqual(nothing);
    expect([old, root]).not.toContain(await rootInFile());
  });

  it('is named at the start when it is missing or another database’s, and nothing is drawn', async () => {
    const root = await rootInFile();
    const wrong = { code: 'platform/key-wrong' };
    await expect(start({ VIGIE_SECRET: 'w'.repeat(32) })).rejects.toMatchObject(wrong);
    for (const rest of [undefined, 'another key', '']) {
      await rm(keyFile());
      if (rest !== undefined) await writeFile(keyFile(), rest);
      await writeFile(`${keyFile()}.next`, 'and another');
      await expect(open()).rejects.toMatchObject(wrong);
      await expect(renew()).rejects.toThrow(/secret\.key/);
      const left = await readdir(folder);
      expect(left.includes('secret.key')).toBe(rest !== undefined);
      expect(await readFile(`${keyFile()}.next`, 'utf8')).toBe('and another');
      await writeFile(keyFile(), root);
    }
    await open();
  });

  it('may be lost: the town starts anew with another, and whoever has an app for codes sets it up again', async () => {
    const forget = () => forgetKey({ config: configOf(), log: silentLog });
    await expect(forget()).rejects.toMatchObject({ code: 'platform/key-there' });
    await rm(keyFile());
    expect((await forget()).secondFactors).toBe(1);
    app = await start();
    expect(await openedBy(await open())).toEqual(nothing);
    const ada = await signIn(app.url, 'ada', password);
    expect((await ada.get('/api/v1/me')).body).toMatchObject({ hasSecondFactor: false });
    const admin = await signIn(app.url, 'admin', adminPassword);
    const { status } = await admin.put('/api/v1/town', { cameras: [camera('c1')] });
    expect(status).toBe(200);
    expect((await openedBy(await open()))['vision workers']).toBe(1);
    await stop();
  });

  it('can stand in the environment, and is changed there by whoever sets it', async () => {
    const root = await rootInFile();
    const next = 'n'.repeat(32);
    const wish = { VIGIE_SECRET: root, VIGIE_NEW_SECRET: next };
    const { file } = await renew(wish);
    expect(file).toBeUndefined();
    await expect(renew(wish)).rejects.toMatchObject({ code: 'platform/key-wrong' });
    await expect(open()).rejects.toMatchObject({ code: 'platform/key-wrong' });
    expect(await openedBy(await open(next))).not.toEqual(nothing);
    expect(await readdir(folder)).not.toContain('secret.key.next');
  });

  it('is drawn where a database knows none, and of two servers that start at once one is first', async () => {
    const forget = () => database.pool.query('DELETE FROM key_checks');
    await forget();
    await rm(keyFile());
    await open();
    await expect(open('a'.repeat(32))).rejects.toMatchObject({ code: 'platform/key-wrong' });
    expect(await rootInFile()).toMatch(/^[0-9a-f]{64}$/);
    await forget();
    const both = await Promise.allSettled([open('a'.repeat(32)), open('b'.repeat(32))]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    ['no new one', { VIGIE_SECRET: 'o'.repeat(32) }],
    ['the same one', { VIGIE_SECRET: 'o'.repeat(32), VIGIE_NEW_SECRET: 'o'.repeat(32) }],
    ['a new one for a file', { VIGIE_NEW_SECRET: 'n'.repeat(32) }],
    ['a short one', { VIGIE_SECRET: 'o'.repeat(32), VIGIE_NEW_SECRET: 'n'.repeat(31) }],
  ])('is not changed by %s', async (_, given) => {
    await expect(async () => renew(given)).rejects.toThrow(/VIGIE_NEW_SECRET/);
  });
});
