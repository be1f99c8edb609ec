import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHttpServer, type TestHttpServer } from '../testing/http-server.ts';
import { createOutgoing } from './outgoing.driver.ts';

let server: TestHttpServer;
beforeEach(async () => {
  server = await startHttpServer();
});
afterEach(() => server.stop());

const get = (url: string) => ({ url, method: 'GET' });
const port = () => new URL(server.url).port;
const ownAddress = Object.values(networkInterfaces())
  .flat()
  .find((one) => one && !one.internal && one.family === 'IPv4')?.address;

describe('what somebody wrote down', () => {
  const { ask, mustBeAllowed } = createOutgoing([]);

  it.each([
    ['127.0.0.1', 'this machine'],
    ['localhost', 'this machine'],
    ['[::1]', 'this machine'],
    ['[::ffff:127.0.0.1]', 'this machine'],
    ['2130706433', 'this machine'],
    ['0x7f.1', 'this machine'],
    ['0.0.0.0', 'no machine'],
    ['169.254.169.254', 'a cloud keeps its keys'],
    ['[fd00:ec2::254]', 'a cloud keeps its keys'],
    ['169.254.7.7', 'no router'],
    ['[fe80::1]', 'no router'],
    ['224.0.0.1', 'many machines'],
  ])('reaches nobody at %s: %s', async (host, words) => {
    const url = `http://${host}:${port()}/hook?key=S3CRET`;
    await expect(ask(get(url))).rejects.toThrow(words);
    await expect(ask(get(url))).rejects.not.toThrow(/S3CRET/);
    expect(server.requests).toEqual([]);
  });

  it('reaches nobody at an address of this machine in the network of the town', async (context) => {
    if (ownAddress === undefined) return context.skip('no network: nothing but loopback');
    await expect(ask(get(`http://${ownAddress}:${port()}/`))).rejects.toThrow('this machine');
  });

  it.each(['http://127.0.0.1/a', 'https://169.254.169.254/latest', 'http://[::1]:8080/'])(
    'is refused when it is written down: %s',
    (address) => {
      expect(() => mustBeAllowed(address)).toThrow(/VIGIE_OUTGOING_ALLOW/);
    },
  );

  it.each(['http://10.0.0.7/a', 'https://192.168.1.20:8443/', 'https://hook.example/'])(
    'may lie in the network of the town, or beyond: %s',
    (address) => {
      expect(() => mustBeAllowed(address)).not.toThrow();
    },
  );

  it('reaches this machine where a setting names it', async () => {
    server.answer = () => ({ status: 202, body: 'taken' });
    const open = createOutgoing(['127.0.0.0/8']);
    expect(await open.ask(get(server.url))).toEqual({ status: 202, text: 'taken' });
    expect(await open.ask(get(`http://localhost:${port()}/`))).toMatchObject({ status: 202 });
  });
});

describe('the address in a setting', () => {
  it.each(['127.0.0.1', 'localhost'])(
    'may be this machine by %s, and opens it to nobody else',
    async (host) => {
      const outgoing = createOutgoing([]);
      const url = `http://${host}:${port()}/sms`;
      expect(await outgoing.askAsSet(url)(get(url))).toMatchObject({ status: 200 });
      await expect(outgoing.ask(get(url))).rejects.toThrow('this machine');
    },
  );

  it('by a name does not open what somebody else lets the name lead to', async () => {
    const { askAsSet } = createOutgoing([]);
    // Any name under localhost leads to this machine, as a name could that was changed meanwhile. Source: RFC 6761.
    const url = `http://gateway.localhost:${port()}/`;
    await expect(askAsSet(url)(get(url))).rejects.toThrow();
    expect(server.requests).toEqual([]);
  });
});

describe('an answer', () => {
  const { ask } = createOutgoing(['127.0.0.1']);

  it('that leads elsewhere is not followed', async () => {
    server.answer = () => ({ status: 302, headers: { location: `${server.url}/elsewhere` } });
    expect(await ask(get(server.url))).toMatchObject({ status: 302 });
    expect(server.requests).toHaveLength(1);
  });

  it('is read up to a limit', async () => {
    server.answer = () => ({ status: 200, body: 'a'.repeat(3_000_000) });
    const { text } = await ask(get(server.url), { mostBytes: 1000 });
    expect(text).toBe('a'.repeat(1000));
  });

  it('that breaks, or does not come in time, is an error', async () => {
    server.answer = () => undefined;
    await expect(ask(get(server.url))).rejects.toThrow();
    server.answer = () => ({ status: 200 });
    const never = ask({ ...get(server.url), method: 'POST' }, { patienceMs: 0 });
    await expect(Promise.race([never, sleep(10_000)])).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('to a body carries the headers and the body as they were given', async () => {
    await ask({ url: server.url, method: 'POST', headers: { 'x-key': '1' }, body: 'é' });
    expect(server.requests).toMatchObject([
      { method: 'POST', body: 'é', headers: { 'x-key': '1', 'content-length': '2' } },
    ]);
  });
});
