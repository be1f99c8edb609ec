import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAudit } from '../audit/index.ts';
import { systemClock } from '../platform/clock.ts';
import { TooManyAttempts } from '../platform/errors.ts';
import { keyedDigestOf } from '../platform/secrets.ts';
import { signIn, startTestApp } from '../testing/app.ts';
import { openTestDatabase } from '../testing/database.ts';
import { silentLog } from '../testing/log.ts';
import { createAttemptsStore } from './attempts.store.ts';
import { createAccounts } from './index.ts';
import { createSignInThrottle } from './sign-in-throttle.service.ts';

const password = 'Lanterne-verte9';
const place = { town: 'Ville', timeZone: 'Europe/Paris', isDemo: false, passwordMinLength: 8 };
const minuteMs = 60_000;

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.stop());

describe('the first administrator', () => {
  it('is made once, however many servers start together on an empty database', async () => {
    const servers = Array.from({ length: 8 }, () =>
      createAccounts({
        db: database.db,
        audit: createAudit({ db: database.db, clock: systemClock, log: silentLog }),
        clock: systemClock,
        log: silentLog,
        secret: 'a-secret-that-is-long-enough-here',
        publicUrl: 'http://localhost',
        secondFactorRule: 'nobody',
        place,
      }),
    );
    const made = await Promise.all(servers.map((one) => one.createFirstAdministrator()));
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
    const { rows } = await database.pool.query('SELECT username, role FROM users');
    expect(rows).toEqual([{ username: 'admin', role: 'administrator' }]);
    expect(await servers[0]?.createFirstAdministrator()).toBeUndefined();
  });
});

describe('the throttle', () => {
  let now: Date;
  const clock = { now: () => now, rate: 1 } as typeof systemClock;
  const started = () =>
    createSignInThrottle({
      db: database.db,
      store: createAttemptsStore(database.db),
      clock,
      nameDigest: (name) => keyedDigestOf('a-key', name),
    });
  const mine = { username: 'Anna', address: '192.0.2.1' };
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const refusal = (attempt: Promise<unknown>) =>
    attempt.then(
      () => undefined,
      (error: unknown) => (error instanceof TooManyAttempts ? error.retryAfterSeconds : error),
    );

  beforeEach(async () => {
    now = new Date('2026-03-29T12:00:00Z');
    await database.pool.query('TRUNCATE sign_in_attempts');
  });

  it('lets five of twenty at once through', async () => {
    const throttle = started();
    const all = await Promise.all(Array.from({ length: 20 }, () => refusal(throttle.begin(mine))));
    expect(all.filter((wait) => wait === undefined)).toHaveLength(5);
    expect(all.filter((wait) => wait === 300)).toHaveLength(15);
  });

  it('remembers through a restart, and ends when the window does, however often one tries', async () => {
    const throttle = started();
    for (let i = 0; i < 5; i++) await throttle.begin(mine);
    expect(await refusal(started().begin({ ...mine, username: ' anna ' }))).toBe(300);
    for (let minute = 1; minute < 5; minute++) {
      later(minuteMs);
      expect(await refusal(started().begin(mine))).toBe(300 - minute * 60);
    }
    later(minuteMs);
    expect(await refusal(started().begin(mine))).toBeUndefined();
  });

  it('keeps no name as it was typed: it may be a password', async () => {
    await started().begin({ username: 'Lanterne-Verte9', address: '192.0.2.1' });
    const { rows } = await database.pool.query('SELECT * FROM sign_in_attempts');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/lanterne|verte9/i);
  });

  it('holds up strangers, not the person at a familiar address', async () => {
    const throttle = started();
    await (await throttle.begin(mine)).pass();
    for (let i = 0; i < 25; i++)
      await throttle.begin({ username: 'anna', address: `198.51.100.${i}` });
    expect(await refusal(throttle.begin({ ...mine, address: '203.0.113.1' }))).toBe(3600);
    expect(await refusal(throttle.begin(mine))).toBeUndefined();
  });

  it('forgets slips when somebody gets in, and everything when an administrator says so', async () => {
    const throttle = started();
    for (let i = 0; i < 4; i++) await throttle.begin(mine);
    await (await throttle.begin(mine)).pass();
    for (let i = 0; i < 5; i++) expect(await refusal(throttle.begin(mine))).toBeUndefined();
    expect(await refusal(throttle.begin(mine))).toBe(300);
    await throttle.forget('ANNA');
    expect(await refusal(throttle.begin(mine))).toBeUndefined();
  });
});

describe('signing in', () => {
  it('says how long to wait after wrong passwords, to whoever typed them only', async () => {
    const app = await startTestApp({ VIGIE_TRUSTED_PROXIES: '127.0.0.1' });
    try {
      await app.createUser({ username: 'anna', name: 'Anna', role: 'viewer', password });
      const attempt = (given: string, from: string) =>
        fetch(`${app.url}/api/v1/auth/sign-in/username`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
          body: JSON.stringify({ username: 'anna', password: given }),
        });
      const seen = [];
      for (let i = 0; i < 6; i++) seen.push((await attempt('wrong', '198.51.100.7')).status);
      expect(seen).toEqual([401, 401, 401, 401, 401, 429]);
      const held = await attempt(password, '198.51.100.7');
      expect(held.status).toBe(429);
      const { retryAfterSeconds } = (await held.json()) as { retryAfterSeconds: number };
      expect(Number(held.headers.get('retry-after'))).toBe(retryAfterSeconds);
      expect(retryAfterSeconds).toBeGreaterThan(240);
      expect(await signIn(app.url, 'anna', password)).toBeDefined();
    } finally {
      await app.stop();
    }
  });
});
