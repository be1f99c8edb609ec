import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type SecureVersion } from 'node:tls';
import { promisify } from 'node:util';
import { Town } from '@vigie/contracts/town';
import { connectAsync, type IClientOptions } from 'mqtt';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp } from '../testing/app.ts';
import {
  type CertificatePaths,
  makeAuthority,
  type TestAuthority,
} from '../testing/certificates.ts';
import { silentLog } from '../testing/log.ts';
import { systemClock } from './clock.ts';
import { openServerTls, type TlsPaths } from './tls-files.driver.ts';

const run = promisify(execFile);
const hasOpenssl = existsSync('/usr/bin/openssl');

let folder: string;
let authority: TestAuthority;
let good: CertificatePaths;
let other: CertificatePaths;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-tls-'));
  if (!hasOpenssl) return;
  authority = await makeAuthority(folder);
  good = await authority.sign('good');
  other = await authority.sign('other');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach((context) => {
  if (!hasOpenssl) context.skip('no openssl: apt-get install openssl');
});

describe('the files of a certificate', () => {
  const open = (paths: Partial<TlsPaths>) =>
    openServerTls({ ...good, ...paths }, { clock: systemClock, log: silentLog });
  const after = (days: number) => new Date(Date.now() + days * 86_400_000);
  const broken = async () => {
    const path = join(folder, 'broken.pem');
    await writeFile(path, 'no certificate');
    return path;
  };

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['is not there', () => open({ cert: '/nowhere/c.pem' }), /VIGIE_TLS_CERT.*c\.pem.*ENOENT/],
    ['of the key is not there', () => open({ key: '/nowhere/k.pem' }), /VIGIE_TLS_KEY.*k\.pem/],
    ['is none', async () => open({ cert: await broken() }), /VIGIE_TLS_CERT.*no certificate/],
    ['of the key is none', async () => open({ key: await broken() }), /VIGIE_TLS_KEY.*no private/],
    ['belongs to another key', () => open({ key: other.key }), /VIGIE_TLS_KEY.*is not the key/],
  ])('is refused by its setting when it %s', async (_name, attempt, message) => {
    await expect(attempt()).rejects.toThrow(message);
  });

  it.each([
    { name: 'a month and more before its end', days: 59, warnings: [] },
    { name: 'less than a month before its end', days: 61, warnings: [/ends soon/] },
    { name: 'after its end', days: 91, warnings: [/is not valid now/] },
    { name: 'before its time', days: -2, warnings: [/is not valid now/] },
  ])('is used, and warned about $name', async ({ days, warnings }) => {
    const lines: string[] = [];
    const log = { ...silentLog, warn: (_data: object, text: string) => void lines.push(text) };
    let looks = 0;
    const now = () => {
      looks++;
      return after(days);
    };
    const clock = { ...systemClock, now };
    const tls = await openServerTls(good, { clock, log, everyMs: 10 });
    tls.follow(() => undefined);
    await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(4);
    await tls.stop();
    expect(lines).toEqual(warnings.map((warning) => expect.stringMatching(warning)));
    expect(tls.context().cert).toBeDefined();
  });

  /** At once, as tools that renew do: half a file is refused for another reason. */
  async function replace(path: string, by: string): Promise<void> {
    await copyFile(by, `${path}.new`);
    await rename(`${path}.new`, path);
  }

  it('is read again when it was renewed, and the former goes on when what is there does not fit', async () => {
    const paths = { cert: join(folder, 'live.pem'), key: join(folder, 'live-key.pem') };
    await copyFile(good.cert, paths.cert);
    await copyFile(good.key, paths.key);
    const lines: string[] = [];
    const log = { ...silentLog, warn: (_data: object, text: string) => void lines.push(text) };
    const tls = await openServerTls(paths, { clock: systemClock, log, everyMs: 10 });
    const before = tls.context().cert;
    const renewed: unknown[] = [];
    tls.follow(({ cert }) => void renewed.push(cert));
    await replace(paths.cert, other.cert);
    await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(1);
    expect(tls.context().cert).toBe(before);
    await replace(paths.key, other.key);
    await expect.poll(() => renewed, { timeout: 10_000 }).toHaveLength(1);
    expect(tls.context().cert).not.toBe(before);
    await tls.stop();
  });
});

describe('a server with a certificate', () => {
  const key = 'a-key-that-is-long-enough';
  const town = Town.parse({
    zones: [{ id: 'street', name: 'Rue', allowedDays: 7 }],
    spaces: [{ id: 's1', zoneId: 'street', label: 'S1' }],
    bollards: [{ id: 'b1', spaceId: 's1', key }],
  });
  /** Of this machine, but not where a broker for this machine alone listens. */
  const host = '127.0.0.2';
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let port: number;
  let url: string;

  beforeAll(async () => {
    if (!hasOpenssl) return;
    const settings = { VIGIE_TLS_CERT: good.cert, VIGIE_TLS_KEY: good.key };
    app = await startTestApp({ ...settings, VIGIE_HOST: host, VIGIE_MQTT_TLS_PORT: '0' });
    await app.importTown(town);
    port = Number(new URL(app.url).port);
    url = `https://${host}:${port}`;
  });
  afterAll(() => app?.stop());

  interface Asked {
    method?: string;
    path?: string;
    body?: string;
    trusts?: string;
  }
  const ask = ({ method = 'GET', path = '/api/v1/health', body, trusts = authority.pem }: Asked) =>
    new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>(
      (resolve, reject) => {
        const headers = { 'content-type': 'application/json', origin: url };
        const options = {
          host,
          port,
          path,
          method,
          headers,
          ca: trusts,
          agent: false,
        };
        const request = httpsRequest(options, (answer) => {
          answer.resume();
          answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers }));
        });
        request.on('error', reject);
        request.end(body);
      },
    );

  it('speaks HTTPS, says so by its address, and tells browsers to stay with it', async () => {
    expect(app.url).toMatch(/^https:/);
    const { status, headers } = await ask({});
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
  });

  it('gives a cookie that goes over TLS only, that no script reads and no other site sends', async () => {
    const { username, password } = app.firstAdministrator ?? {};
    const body = JSON.stringify({ username, password });
    const signIn = { method: 'POST', path: '/api/v1/auth/sign-in/username', body };
    const { status, headers } = await ask(signIn);
    expect(status).toBe(200);
    const cookies = [headers['set-cookie'] ?? []].flat();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Secure-vigie\./);
      expect(cookie).toMatch(/; Secure/i);
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i);
    }
  });

  it('answers nothing to HTTP on the same port', async () => {
    await expect(fetch(`http://${host}:${port}/api/v1/health`)).rejects.toThrow();
  });

  it.each<{ version: SecureVersion; isTaken: boolean }>([
    { version: 'TLSv1', isTaken: false },
    { version: 'TLSv1.1', isTaken: false },
    { version: 'TLSv1.2', isTaken: true },
    { version: 'TLSv1.3', isTaken: true },
  ])('takes $version: $isTaken, for pages and for devices', async ({ version, isTaken }) => {
    const handshake = (to: number) =>
      new Promise<boolean>((resolve) => {
        const versions = { minVersion: version, maxVersion: version };
        // Without it this side refuses old versions already.
        const ciphers = 'DEFAULT@SECLEVEL=0';
        const options = { host, port: to, ca: authority.pem, ciphers, ...versions };
        const socket = connectTls(options, () => {
          resolve(socket.authorized);
          socket.destroy();
        });
        socket.on('error', () => resolve(false));
      });
    expect(await handshake(port)).toBe(isTaken);
    expect(await handshake(app.mqttTlsPort ?? 0)).toBe(isTaken);
  });

  const bollard = (options: IClientOptions = {}) =>
    connectAsync(`mqtts://${host}:${app.mqttTlsPort}`, {
      ...{ username: 'b1', password: key, ca: authority.pem, reconnectPeriod: 0 },
      ...options,
    });

  it.each([4, 5] as const)('takes a bollard over TLS, protocol %s', async (protocolVersion) => {
    const client = await bollard({ protocolVersion });
    const state = JSON.stringify({ v: 1, occupied: true, at: new Date().toISOString() });
    await client.publishAsync('vigie/bollards/b1/state', state, { qos: 1 });
    await client.endAsync();
  });

  it('is refused by a bollard that does not trust its authority, and refuses a wrong key', async () => {
    await expect(bollard({ ca: [] })).rejects.toThrow(/certificate/);
    await expect(bollard({ password: 'wrong' })).rejects.toThrow(/[Nn]ot authorized|[Bb]ad/);
  });

  it('keeps MQTT without TLS for this machine', async () => {
    const elsewhere = new Promise<string>((resolve) => {
      const at = Number(new URL(app.mqttUrl).port);
      const socket = connectPlain(at, host, () => resolve('open'));
      socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(code));
      socket.on('connect', () => socket.destroy());
    });
    expect(await elsewhere).toBe('ECONNREFUSED');
    const worker = { username: 'b1', password: key, reconnectPeriod: 0 };
    await (await connectAsync(app.mqttUrl, worker)).endAsync();
  });

  it('opens WebSockets over TLS to its own pages only', async () => {
    const opened = (origin: string) =>
      new Promise<string>((resolve) => {
        const at = `${url.replace('https', 'wss')}/mqtt`;
        const socket = new WebSocket(at, 'mqtt', { ca: authority.pem, headers: { origin } });
        socket.on('open', () => resolve('open'));
        socket.on('unexpected-response', (_request, { statusCode }) => resolve(`${statusCode}`));
        socket.on('error', () => undefined);
        socket.on('open', () => socket.terminate());
      });
    expect(await opened(url)).toBe('open');
    expect(await opened(url.replace('https:', 'http:'))).toBe('403');
    expect(await opened('https://elsewhere.example')).toBe('403');
  });

  it.skipIf(!existsSync('/usr/bin/mosquitto_pub'))('takes mosquitto_pub over TLS', async () => {
    const state = JSON.stringify({ v: 1, occupied: false, at: new Date().toISOString() });
    const to = ['-h', host, '-p', `${app.mqttTlsPort}`, '-u', 'b1', '-P', key, '-q', '1'];
    const message = ['-t', 'vigie/bollards/b1/state', '-m', state];
    await run('mosquitto_pub', [...to, '--cafile', authority.path, ...message]);
    await expect(run('mosquitto_pub', [...to, ...message], { timeout: 10_000 })).rejects.toThrow();
  });
});

describe('a server whose certificate cannot be used', () => {
  it('does not start, and names the setting', async () => {
    const settings = { VIGIE_TLS_CERT: good.cert, VIGIE_TLS_KEY: other.key };
    await expect(startTestApp(settings)).rejects.toThrow(/VIGIE_TLS_KEY/);
  });
});
