import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'ldapts';

const run = promisify(execFile);

/** A domain controller of Active Directory for `ville.example`, on an address of the loopback that is its own. */
export interface Samba {
  /** Has the ports of LDAP (389) and LDAPS (636). */
  host: string;
  base: string;
  /** File of the authority that signed the certificate, which names `host`. */
  ca: string;
  administrator: { user: string; password: string };
  asAdministrator<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** Takes it off the network; `start` brings it back as it was. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Why there can be none on this machine; `undefined`: there can. */
export function sambaLack(): string | undefined {
  const needed = ['/usr/sbin/samba', '/usr/share/samba/setup/provision.ldif', '/usr/bin/openssl'];
  if (!needed.every(existsSync))
    return 'no samba: apt-get install samba samba-ad-provision samba-dsdb-modules samba-vfs-modules openssl';
  return process.getuid?.() === 0 ? undefined : 'no samba: only root may open ports 389 and 636';
}

/** Makes the domain in a folder of its own and serves it; takes seconds. */
export async function startSamba(): Promise<Samba> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-samba-'));
  const host = `127.${randomInt(64, 250)}.${randomInt(1, 250)}.${randomInt(2, 250)}`;
  const administrator = { user: 'Administrator@ville.example', password: 'Maire-adjoint9!' };
  const ca = join(folder, 'ca.pem');
  let server: ChildProcess | undefined;
  let admin: Client | undefined;

  async function start(): Promise<void> {
    server = serve(folder, host);
    await untilOpen(host, server);
  }

  async function halt(): Promise<void> {
    await admin?.unbind();
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
  }

  async function stop(): Promise<void> {
    await halt();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await provision(folder, host, administrator.password);
    await certify(folder, host);
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  async function asAdministrator<T>(work: (client: Client) => Promise<T>): Promise<T> {
    if (!admin?.isConnected) {
      admin = new Client({ url: `ldaps://${host}`, tlsOptions: { rejectUnauthorized: false } });
      await admin.bind(administrator.user, administrator.password);
    }
    return work(admin);
  }
  return {
    host,
    base: 'DC=ville,DC=example',
    ca,
    administrator,
    asAdministrator,
    halt,
    start,
    stop,
  };
}

const provision = (folder: string, host: string, password: string) =>
  run('samba-tool', [
    ...['domain', 'provision', `--targetdir=${folder}`, '--server-role=dc', '--dns-backend=NONE'],
    ...['--realm=VILLE.EXAMPLE', '--domain=VILLE', '--host-name=dc1', `--host-ip=${host}`],
    ...[`--adminpass=${password}`, '--option=bind interfaces only=yes', '--quiet'],
    `--option=interfaces=${host}/8`,
  ]);

/** An authority, and a certificate of it for the address. */
async function certify(folder: string, host: string): Promise<void> {
  const at = (name: string) => join(folder, name);
  const common = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await run('openssl', [
    ...[...common, '-subj', '/CN=Autorite de la ville', '-days', '2'],
    ...['-keyout', at('ca-key.pem'), '-out', at('ca.pem')],
  ]);
  await run('openssl', [
    ...[...common, '-subj', '/CN=dc1', '-addext', `subjectAltName=IP:${host}`, '-days', '2'],
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-CA', at('ca.pem')],
    ...['-CAkey', at('ca-key.pem'), '-keyout', at('key.pem'), '-out', at('certificate.pem')],
  ]);
}

/** Ends by itself when this process does: `--interactive` reads the end of its input. */
const serve = (folder: string, host: string): ChildProcess =>
  spawn(
    '/usr/sbin/samba',
    [
      ...['--interactive', '--model=single', `--configfile=${join(folder, 'etc/smb.conf')}`],
      ...['--debug-stdout', '--debuglevel=0', '--option=server services=ldap'],
      ...[`--option=interfaces=${host}/8`, '--option=bind interfaces only=yes'],
      ...[`--option=pid directory=${folder}`, `--option=ncalrpc dir=${join(folder, 'ncalrpc')}`],
      ...[`--option=log file=${join(folder, 'log')}`, '--option=panic action='],
      ...[`--option=tls keyfile=${join(folder, 'key.pem')}`, '--option=tls cafile='],
      `--option=tls certfile=${join(folder, 'certificate.pem')}`,
    ],
    { stdio: ['pipe', 'ignore', 'ignore'] },
  );

async function untilOpen(host: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    if (await isOpen(host)) return;
    await sleep(100);
  }
  throw new Error(`samba ended with ${server.exitCode}`);
}

const isOpen = (host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(636, host);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
