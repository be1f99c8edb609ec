import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Problem } from '@vigie/contracts/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../testing/log.ts';
import { openEventStream } from './event-stream.ts';
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
  http.post('/things/:id', { config: { access: 'public' } }, () => 'yes');
  http.get('/line', { websocket: true, config: { access: 'public' } }, (socket) => socket.close());
  http.get('/stream', { config: { access: 'public' } }, (_request, reply) => {
    openEventStream(reply);
  });
});

afterAll(async () => {
  await http?.close();
});

let address: string | undefined;
const listening = async (): Promise<string> => {
  address ??= await http.listen({ host: '127.0.0.1', port: 0 });
  return address;
};

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
    const answer = await http.inject({ method, url, ...payload });
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
    const { port } = new URL(await listening());
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(sent);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*application/problem\\+json`, 's'));
    expect(Problem.parse(JSON.parse(body)).status).toBe(status);
  });
});

it('sends the head of a stream to who asks for the head alone', async () => {
  const answer = await fetch(`${await listening()}/stream`, { method: 'HEAD' });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
});
