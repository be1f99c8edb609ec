import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Me } from '@vigie/contracts/accounts';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError, createApi, errorFrom, mayPass } from './api.ts';

const me = {
  username: 'anna',
  name: 'Anna',
  role: 'viewer',
  permissions: ['rooms.read'],
  scope: { zoneIds: null, buildingIds: null },
  duties: [],
  hasSecondFactor: false,
  hasPasskey: false,
  isFromDirectory: false,
  isFromProvider: false,
  mustKeepSecondFactor: false,
  town: 'Ville',
  timeZone: 'Europe/Paris',
  isDemo: false,
  passwordMinLength: 8,
};

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** An API whose server answers as told, on a free port. */
async function apiOf(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stops.push(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const times: number[] = [];
  const api = createApi({
    fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
    onServerTime: (serverMs) => void times.push(serverMs),
  });
  return { api, times };
}

const saying =
  (status: number, body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('it went through');
    },
    (error: ApiError) => error,
  );

describe('asking the server', () => {
  it('gives a checked answer and learns the server’s time', async () => {
    const { api, times } = await apiOf(saying(200, me));
    expect(await api.get('/me', Me)).toEqual(me);
    expect(Math.abs((times[0] ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('sends a body as JSON', async () => {
    const { api } = await apiOf(async (request, response) => {
      const { name } = JSON.parse(await text(request));
      saying(200, { ...me, name: `${request.method} ${name}` })(request, response);
    });
    expect((await api.post('/me', { name: 'Zoé' }, Me)).name).toBe('POST Zoé');
    expect((await api.put('/me', { name: 'Zoé' }, Me)).name).toBe('PUT Zoé');
  });

  it('takes away without a body', async () => {
    const { api } = await apiOf(async (request, response) => {
      const name = `${request.method} ${request.headers['content-type']} ${await text(request)}`;
      saying(200, { ...me, name })(request, response);
    });
    expect((await api.delete('/me', Me)).name).toBe('DELETE undefined ');
  });

  it.each([
    [
      'a problem document by its code',
      saying(409, {
        type: 't',
        title: 't',
        status: 409,
        code: 'parking/case-step-refused',
        detail: 'd',
      }),
      'parking/case-step-refused',
      409,
    ],
    [
      'a proxy that answers for a server that is away',
      saying(502, 'Bad gateway'),
      'platform/unavailable',
      502,
    ],
    ['an answer of another shape', saying(200, { hello: 1 }), 'web/answer-unreadable', 200],
  ])('throws %s', async (_name, answer, code, status) => {
    const { api } = await apiOf(answer);
    expect(await failure(api.get('/me', Me))).toMatchObject({ code, status });
  });

  it('throws that nobody answers', async () => {
    const { api } = await apiOf((request) => request.socket.destroy());
    expect(await failure(api.get('/me', Me))).toMatchObject({
      code: 'web/no-connection',
      status: 0,
    });
  });
});

describe('asking again', () => {
  it.each([
    ['a server that is away', new ApiError('web/no-connection', 0, ''), true],
    ['a server that starts', errorFrom(503, undefined), true],
    ['a bug, which stays', errorFrom(500, undefined), false],
    ['a missing right', errorFrom(403, undefined), false],
    ['a fault of ours', new Error('x'), false],
  ])('may cure %s: see the table', (_name, error, may) => {
    expect(mayPass(error)).toBe(may);
  });
});
