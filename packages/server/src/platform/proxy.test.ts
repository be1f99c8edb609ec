import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Town } from '@vigie/contracts/town';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp } from '../testing/app.ts';
import { makeAuthority, type TestAuthority } from '../testing/certificates.ts';
import { type ProxyKind, proxyLack, startProxy } from '../testing/proxy.ts';
import { freePort } from './listen.ts';

const key = 'a-key-that-is-long-enough';
const town = Town.parse({
  zones: [{ id: 'street', name: 'Rue', allowedDays: 7 }],
  spaces: [{ id: 's1', zoneId: 'street', label: 'S1' }],
  bollards: [{ id: 'b1', spaceId: 's1', key }],
});

let folder: string;
let authority: TestAuthority;

const lackOf = (kind: ProxyKind) =>
  existsSync('/usr/bin/openssl') ? proxyLack(kind) : 'no openssl: apt-get install openssl';

describe.each<ProxyKind>(['nginx', 'caddy'])('behind %s, as the example sets it', (kind) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let url: string;
  let cookie = '';
  const lack = lackOf(kind);

  beforeAll(async () => {
    if (lack !== undefined) return;
    folder = await mkdtemp(join(tmpdir(), 'vigie-proxy-'));
    await chmod(folder, 0o755);
    authority = await makeAuthority(folder);
    const to = await freePort();
    proxy = await startProxy(kind, { folder, to, certificate: await authority.sign('proxy') });
    url = `https://localhost:${proxy.port}`;
    app = await startTestApp({
      VIGIE_PORT: `${to}`,
      VIGIE_TRUSTED_PROXIES: '127.0.0.1',
      VIGIE_PUBLIC_URL: url,
    });
    await app.importTown(town);
  });
  afterAll(async () => {
    await app?.stop();
    await proxy?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });
  beforeEach((context) => {
    if (lack !== undefined) context.skip(lack);
  });

  interface Asked {
    method?: string;
    headers?: Record<string, string>;
    body?: string;
  }
  const open = (path: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const sent = { 'content-type': 'application/json', origin: url, cookie, ...headers };
      const asked = request(url + path, { method, headers: sent, ca: authority.pem, agent: false });
      asked.on('response', resolve);
      asked.on('error', reject);
      asked.end(body);
    });
  const ask = async (path: string, wish?: Asked) => {
    const answer = await open(path, wish);
    return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
  };

  it('pages come over TLS, browsers are told to stay with it, and nobody says who answers', async () => {
    const { status, headers } = await ask('/');
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toMatch(/^max-age=/);
    expect(headers.server ?? '').not.toMatch(/\d/);
  });

  it('people sign in by a cookie that goes over TLS only', async () => {
    const body = JSON.stringify(app.firstAdministrator);
    const { status, headers } = await ask('/api/v1/auth/sign-in/username', {
      method: 'POST',
      body,
    });
    expect(status).toBe(200);
    expect(headers['set-cookie']?.every((line) => /; Secure/i.test(line))).toBe(true);
    cookie = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
    expect((await ask('/api/v1/me')).status).toBe(200);
  });

  it('pages of other sites cannot act', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const answer = await ask('/api/v1/auth/sign-out', { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(403);
  });

  it('the log knows the caller, whatever he says of himself', async () => {
    const body = JSON.stringify({ username: 'nobody-here', password: 'guessed' });
    const headers = { 'x-forwarded-for': '192.0.2.9', 'x-forwarded-host': 'elsewhere.example' };
    await ask('/api/v1/auth/sign-in/username', { method: 'POST', headers, body });
    const { text: log } = await ask('/api/v1/audit?act=sign-in-refused');
    expect(log).toContain('127.0.0.1');
    expect(log).not.toContain('192.0.2.9');
  });

  it('live states come as they happen, and bollards are taken by WebSocket', async () => {
    const stream = await open('/api/v1/events');
    expect(stream.headers['content-type']).toContain('text/event-stream');
    let heard = '';
    stream.on('data', (chunk) => {
      heard += chunk;
    });
    const bollard = await connectAsync(`${url.replace('https', 'wss')}/mqtt`, {
      username: 'b1',
      password: key,
      reconnectPeriod: 0,
      wsOptions: { ca: authority.pem },
    });
    const state = JSON.stringify({ v: 1, occupied: true, at: new Date().toISOString() });
    await bollard.publishAsync('vigie/bollards/b1/state', state, { qos: 1 });
    await expect.poll(() => heard, { timeout: 20_000 }).toContain('event: space');
    await bollard.endAsync();
    stream.destroy();
  });
});
