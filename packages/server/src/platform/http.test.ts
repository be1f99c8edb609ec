import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../testing/log.ts';
import { createHttp, type Http } from './http.ts';

let http: Http;

beforeAll(async () => {
  http = await createHttp({
    identify: async () => undefined,
    locate: async () => undefined,
    log: silentLog,
  });
  http.get('/few', { config: { access: 'public', perMinute: 2 } }, () => 'yes');
  http.get('/any', { config: { access: 'public' } }, () => 'yes');
});

afterAll(async () => {
  await http?.close();
});

const ask = (url: string, address: string) =>
  http.inject({ url, headers: { 'x-forwarded-for': address } });

describe('a route that takes so many requests a minute', () => {
  it('refuses one address more of them, says for how long, and takes those of others', async () => {
    expect((await ask('/few', '192.0.2.1')).statusCode).toBe(200);
    expect((await ask('/few', '192.0.2.1')).statusCode).toBe(200);
    const refused = await ask('/few', '192.0.2.1');
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ code: 'platform/too-many-requests' });
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await ask('/few', '192.0.2.2')).statusCode).toBe(200);
    expect((await ask('/any', '192.0.2.1')).statusCode).toBe(200);
  });
});
