import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'ldapts';
import { freePort } from '../platform/listen.ts';

/** A directory that is not of Active Directory, on a free port of 127.0.0.1, without encryption. */
export interface Slapd {
  url: string;
  base: string;
  /** May do everything. */
  root: { user: string; password: string };
  /** Adds an entry below the base. */
  add(rdn: string, attributes: Record<string, string | string[]>): Promise<void>;
  stop(): Promise<void>;
}

const places = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];
const binary = places.map((folder) => join(folder, 'slapd')).find(existsSync);

/** Why there can be none on this machine; `undefined`: there can. */
export const slapdLack = (): string | undefined =>
  binary === undefined ? 'no slapd: apt-get install slapd' : undefined;

/** An empty domain `ville.example`. @throws Error where `slapdLack` says why. */
export async function startSlapd(): Promise<Slapd> {
  if (binary === undefined) throw new Error(slapdLack());
  const folder = await mkdtemp(join(tmpdir(), 'vigie-slapd-'));
  const base = 'dc=ville,dc=example';
  const root = { user: `cn=root,${base}`, password: 'Racine-du-mur7' };
  const url = `ldap://127.0.0.1:${await freePort()}`;
  const configuration = join(folder, 'slapd.conf');
  await writeFile(configuration, configurationOf({ binary, folder, base, root }));
  const server = spawn(binary, ['-f', configuration, '-h', url, '-d', '0'], { stdio: 'ignore' });
  const stop = async () => {
    await ended(server);
    await rm(folder, { recursive: true, force: true });
  };
  const add: Slapd['add'] = async (rdn, attributes) => {
    const client = new Client({ url });
    try {
      await client.bind(root.user, root.password);
      await client.add(rdn === '' ? base : `${rdn},${base}`, attributes);
    } finally {
      await client.unbind();
    }
  };
  try {
    await untilAnswers(url, server);
    await add('', { objectClass: ['dcObject', 'organization'], dc: 'ville', o: 'Ville' });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, base, root, add, stop };
}

interface Made extends Pick<Slapd, 'base' | 'root'> {
  binary: string;
  folder: string;
}

const configurationOf = ({ binary: program, folder, base, root }: Made): string => {
  const beside = (path: string) => resolve(program, '../../..', path);
  return [
    ...['core', 'cosine', 'nis', 'inetorgperson'].map(
      (schema) => `include ${beside(`etc/ldap/schema/${schema}.schema`)}`,
    ),
    `modulepath ${beside('usr/lib/ldap')}`,
    'moduleload back_mdb',
    'database mdb',
    `directory ${folder}`,
    `suffix "${base}"`,
    `rootdn "${root.user}"`,
    `rootpw ${root.password}`,
    '',
  ].join('\n');
};

async function untilAnswers(url: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const client = new Client({ url });
    const answer = await client.search('', { scope: 'base' }).catch(() => undefined);
    await client.unbind().catch(() => undefined);
    if (answer) return;
    await sleep(50);
  }
  throw new Error(`slapd ended with ${server.exitCode}`);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  await gone;
}
