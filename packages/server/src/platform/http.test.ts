import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { everywhere } from '@vigie/contracts/accounts';
import { Problem } from '@vigie/contracts/errors';
import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { silentLog } from '../testing/log.ts';
import { NotAllowed } from './errors.ts';
import { openEventStream } from './event-stream.ts';
import { createHttp, type Http, type SignedIn } from './http.ts';
import type { DoorOptions } from './http-doors.ts';

const opened: Http[] = [];
afterEach(async () => {
  for (const http of opened.splice(0)) await http.close();
});

const ada: SignedIn = {
  id: '1',
  username: 'ada',
  name: 'Ada',
  role: 'administrator',
  scope: everywhere,
};

async function open(options: Partial<DoorOptions> = {}): Promise<Http> {
  const http = await createHttp({
    identify: async ({ headers }) => ({ ...ada, id: String(headers.cookie ?? '1') }),
    locate: async () => undefined,
    log: silentLog,
    ...options,
  });
  http.get('/few', { config: { access: 'public', perMinute: 2 } }, () => 'yes');
  http.get('/any', { config: { access: 'public' } }, ({ ip, protocol, host }) => ({
    ip,
    protocol,
    host,
  }));
  http.post('/things/:id', { config: { access: 'public' } }, () => 'yes');
  http.get('/line', { websocket: true, config: { access: 'public' } }, (socket) => socket.close());
  http.get('/stream', { config: { access: 'public' } }, (_request, reply) => {
    openEventStream(reply);
  });
  http.get('/locked', { config: { access: 'in-person' } }, () => {
    throw new NotAllowed('accounts/not-allowed', 'no');
  });
  http.get('/list.csv', { config: { access: 'signed-in' } }, () => 'a,b');
  http.post(
    '/take',
    { config: { access: 'public' }, schema: { body: z.looseObject({}) } },
    () => 'yes',
  );
  http.get('/broken', { config: { access: 'public' } }, () => {
    throw new Error('select * from users failed in /srv/vigie/app.ts');
  });
  opened.push(http);
  return http;
}

/** As a proxy hands a request on. */
const forwarded = (address: string) => ({
  'x-forwarded-for': address,
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'vigie.example',
});

it('does not log as a fault of its own that somebody hangs up within a body', async () => {
  const errors: unknown[] = [];
  const http = await open({ log: { ...silentLog, error: (about) => void errors.push(about) } });
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  http.addHook('onRequestAbort', async (_request) => resolve());
  const { port } = new URL(await http.listen({ host: '127.0.0.1', port: 0 }));
  const head = 'POST /take HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`${head}content-length: 100\r\n\r\n{`, () => setTimeout(() => socket.destroy(), 50));
  await gone;
  await new Promise((done) => setTimeout(done, 20));
  expect(errors).toEqual([]);
});

describe('a route that takes so many requests a minute', () => {
  it('refuses one address more of them, says for how long, and takes those of others', async () => {
    const http = await open({ trustedProxies: ['127.0.0.1'] });
    const ask = (url: string, address: string) =>
      http.inject({ url, headers: { 'x-forwarded-for': address } });
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

  it('counts colleagues behind one address each for himself, and files without being told', async () => {
    const http = await open();
    const ask = async (cookie: string) =>
      (await http.inject({ url: '/list.csv', headers: { cookie } })).statusCode;
    for (let i = 0; i < 30; i++) expect(await ask('bob')).toBe(200);
    expect(await ask('bob')).toBe(429);
    expect(await ask('eve')).toBe(200);
  });
});

describe('what a proxy says of a caller', () => {
  it('is believed of a proxy that is named', async () => {
    const http = await open({ trustedProxies: ['127.0.0.0/8'] });
    const answer = await http.inject({ url: '/any', headers: forwarded('192.0.2.7') });
    expect(answer.json()).toEqual({ ip: '192.0.2.7', protocol: 'https', host: 'vigie.example' });
    expect(answer.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  });

  it.each([
    { name: 'nobody is named', trustedProxies: [] },
    { name: 'another is named', trustedProxies: ['192.0.2.1', '10.0.0.0/8'] },
  ])('changes nothing when $name', async ({ trustedProxies }) => {
    const http = await open({ trustedProxies });
    const answer = await http.inject({ url: '/any', headers: forwarded('192.0.2.7') });
    expect(answer.json()).toMatchObject({ ip: '127.0.0.1', protocol: 'http' });
    expect(answer.json()).not.toMatchObject({ host: 'vigie.example' });
    expect(answer.headers).not.toHaveProperty('strict-transport-security');
  });

  it('cannot be made up by a caller behind a named proxy', async () => {
    const http = await open({ trustedProxies: ['127.0.0.1'] });
    const answer = await http.inject({
      url: '/any',
      headers: { 'x-forwarded-for': '203.0.113.5, 192.0.2.7' },
    });
    expect(answer.json()).toMatchObject({ ip: '192.0.2.7' });
  });
});

describe('every answer', () => {
  it('forbids what stands inline, frames, guessed types and telling where one was', async () => {
    const { headers } = await (await open()).inject({ url: '/any' });
    const policy = String(headers['content-security-policy']);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });

  it('is kept by no browser when it is for somebody who signed in', async () => {
    const http = await open();
    const { headers } = await http.inject({ url: '/list.csv' });
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('an error', () => {
  it.each<[string, InjectOptions, number]>([
    ['ours', { url: '/broken' }, 500],
    ['a path that does not exist', { method: 'POST', url: '/nowhere' }, 404],
    ['a path that is none', { url: '/%' }, 400],
    ['a method that is none here', { method: 'PATCH', url: '/any' }, 404],
    [
      'a body that is no JSON',
      {
        method: 'POST',
        url: '/take',
        headers: { 'content-type': 'application/json' },
        payload: '{"a":',
      },
      400,
    ],
    [
      'a body of another type',
      {
        method: 'POST',
        url: '/take',
        headers: { 'content-type': 'application/xml' },
        payload: '<a/>',
      },
      415,
    ],
    [
      'a body that is too large',
      { method: 'POST', url: '/take', payload: { a: 'a'.repeat(1_048_576) } },
      413,
    ],
    [
      'a body with a key that changes all objects',
      {
        method: 'POST',
        url: '/take',
        headers: { 'content-type': 'application/json' },
        payload: '{"__proto__":{"a":1}}',
      },
      400,
    ],
  ])('of %s tells neither stack nor path nor version', async (_name, request, status) => {
    const answer = await (await open()).inject(request);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toMatch(/\.ts\b|node_modules|select|users|at \w+ \(|fastify/i);
    expect(answer.body.length).toBeLessThan(400);
  });
});

it('writes down who was refused for want of a right, by account and address', async () => {
  const warnings: object[] = [];
  const warn = (data: object) => void warnings.push(data);
  const http = await open({ log: { ...silentLog, warn } });
  const headers = { origin: 'https://elsewhere.example', cookie: 'eve' };
  expect((await http.inject({ url: '/list.csv', headers })).statusCode).toBe(403);
  expect((await http.inject({ url: '/locked', headers: { cookie: 'eve' } })).statusCode).toBe(403);
  expect(warnings).toMatchObject([
    { route: '/list.csv', code: 'accounts/foreign-origin', address: '127.0.0.1' },
    { route: '/locked', code: 'accounts/not-allowed', account: 'eve', address: '127.0.0.1' },
  ]);
});

describe('a body', () => {
  it('that is packed is refused before it is unpacked', async () => {
    const http = await open();
    const answer = await http.inject({
      method: 'POST',
      url: '/take',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      payload: gzipSync(JSON.stringify({ a: ' '.repeat(10_000_000) })),
    });
    expect(answer.json()).toMatchObject({ status: 415, code: 'platform/body-packed' });
  });
});

describe('a connection', () => {
  /** Resolves with what came back when the server closed it. */
  const closedAfter = (url: string, text: string) =>
    new Promise<string>((resolve, reject) => {
      let heard = '';
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.on('close', () => resolve(heard));
      socket.on('error', reject);
    });
  const patience = { head: 50, whole: 100, silence: 60_000, every: 10 };

  it.each([
    ['never ends its headers', 'GET /any HTTP/1.1\r\nHost: a\r\n'],
    [
      'never sends its body',
      'POST /take HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
  ])('that %s is closed', async (_name, text) => {
    const http = await open({ patience });
    const url = await http.listen({ host: '127.0.0.1', port: 0 });
    expect(await closedAfter(url, text)).toMatch(/^HTTP\/1.1 408/);
  });

  it('that says nothing at all is closed', async () => {
    const http = await open({
      patience: { ...patience, head: 60_000, whole: 60_000, silence: 50 },
    });
    const url = await http.listen({ host: '127.0.0.1', port: 0 });
    expect(await closedAfter(url, '')).toBe('');
  });

  it('beyond those that one address may have is closed at once', async () => {
    const http = await open({ mostConnections: 1 });
    const url = await http.listen({ host: '127.0.0.1', port: 0 });
    const first = connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise((resolve) => first.once('connect', resolve));
    await expect.poll(() => closedAfter(url, '').catch(() => '')).toBe('');
    const ended = new Promise((resolve) => first.once('close', resolve));
    first.destroy();
    await ended;
    await expect
      .poll(
        () =>
          fetch(`${url}/any`).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 10_000 },
      )
      .toBe(200);
  });
});

describe('what is refused', () => {
  it.each([
    { what: 'an unknown path', method: 'POST', url: '/nowhere', status: 404 },
    { what: 'a method that a path does not have', method: 'DELETE', url: '/any', status: 404 },
    { what: 'a wrong encoding', method: 'GET', url: '/any%zz', status: 400 },
    { what: 'a long parameter', method: 'POST', url: `/things/${'x'.repeat(200)}`, status: 414 },
    { what: 'U+0000 in the path', method: 'POST', url: '/things/a%00', status: 400 },
    { what: 'U+0000 in the query', method: 'POST', url: '/things/a?b=%00', status: 400 },
    { what: 'U+0000 in the body', method: 'POST', url: '/things/a', body: ['\0'], status: 400 },
    {
      what: 'half a character',
      method: 'POST',
      url: '/things/a',
      body: { '\ud800': 1 },
      status: 400,
    },
    { what: 'a plain request for a WebSocket', method: 'GET', url: '/line', status: 404 },
  ] as const)('for $what is told as a problem', async ({ method, url, status, ...rest }) => {
    const payload = 'body' in rest ? { payload: rest.body } : {};
    const answer = await (await open()).inject({ method, url, ...payload });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(Problem.parse(answer.json()).status).toBe(status);
  });

  it.each([
    { what: 'no HTTP', sent: 'hello\r\n\r\n', status: 400 },
    {
      what: 'endless headers',
      sent: `GET /any HTTP/1.1\r\na: ${'x'.repeat(40_000)}\r\n\r\n`,
      status: 431,
    },
  ])('because it is $what is told as a problem', async ({ sent, status }) => {
    const { port } = new URL(await (await open()).listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(sent);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*application/problem\\+json`, 's'));
    expect(Problem.parse(JSON.parse(body)).status).toBe(status);
  });
});

it('sends the head of a stream to who asks for the head alone', async () => {
  const url = await (await open()).listen({ host: '127.0.0.1', port: 0 });
  const answer = await fetch(`${url}/stream`, { method: 'HEAD' });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
});
