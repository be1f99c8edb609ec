import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../platform/listen.ts';
import type { CertificatePaths } from './certificates.ts';

export type ProxyKind = 'nginx' | 'caddy';

const programs: Readonly<Record<ProxyKind, string>> = {
  nginx: '/usr/sbin/nginx',
  caddy: '/usr/bin/caddy',
};

/** Of Debian. */
const packages: Readonly<Record<ProxyKind, string>> = { nginx: 'nginx-light', caddy: 'caddy' };

/** Why there is no such proxy here; `undefined`: there is one. */
export const proxyLack = (kind: ProxyKind): string | undefined =>
  existsSync(programs[kind]) ? undefined : `no ${kind}: apt-get install ${packages[kind]}`;

interface ProxyOptions {
  /** For its files. */
  folder: string;
  certificate: CertificatePaths;
  /** Of 127.0.0.1, where the server listens. */
  to: number;
}

/** A real proxy with the example of the documents, but for names, paths and ports. Port of `localhost`. */
export async function startProxy(
  kind: ProxyKind,
  options: ProxyOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const spare = await freePort();
  const text = await (kind === 'nginx' ? nginxFile : caddyFile)({ ...options, port, spare });
  const conf = join(options.folder, `${kind}.conf`);
  await writeFile(conf, text);
  const flags =
    kind === 'nginx'
      ? ['-p', options.folder, '-c', conf]
      : ['run', '--adapter', 'caddyfile', '--config', conf];
  const home = { ...process.env, HOME: options.folder, XDG_DATA_HOME: options.folder };
  const proxy = spawn(programs[kind], flags, { stdio: 'ignore', env: home });
  await untilOpen(port, proxy);
  return { port, stop: () => ended(proxy) };
}

type Filled = ProxyOptions & { port: number; spare: number };

async function example(name: string, { certificate, to }: Filled): Promise<string> {
  const path = fileURLToPath(new URL(`../../../../docs/proxy/${name}`, import.meta.url));
  return (await readFile(path, 'utf8'))
    .replaceAll('/etc/ssl/vigie/fullchain.pem', certificate.cert)
    .replaceAll('/etc/ssl/vigie/key.pem', certificate.key)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${to}`);
}

async function nginxFile(filled: Filled): Promise<string> {
  const { folder, port, spare } = filled;
  const server = (await example('nginx.conf', filled))
    .replaceAll('vigie.ville.example', 'localhost')
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace('listen 80', `listen 127.0.0.1:${spare}`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  // Rights are given up to nobody else: its files lie in a folder of ours.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `${user} daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'errors')};
events {}
http { access_log off; ${temporary.join(' ')}
${server} }`;
}

async function caddyFile(filled: Filled): Promise<string> {
  const site = (await example('Caddyfile', filled)).replace(
    'vigie.ville.example {',
    `localhost:${filled.port} {\n\tbind 127.0.0.1`,
  );
  return `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n${site}`;
}

async function untilOpen(port: number, proxy: ChildProcess): Promise<void> {
  const until = Date.now() + 20_000;
  while (!(await answers(port))) {
    if (proxy.exitCode !== null || Date.now() > until)
      throw new Error(`the proxy did not begin: ${proxy.exitCode ?? 'no answer'}`);
    await sleep(50);
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

function ended(proxy: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    proxy.once('exit', () => resolve());
    if (!proxy.kill('SIGTERM')) resolve();
  });
}
