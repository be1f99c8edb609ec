import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openSync } from 'node:fs';
import { readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { messageOf, Unavailable } from './errors.ts';
import { lockDataFolder } from './instance-lock.ts';
import { freePort } from './listen.ts';
import type { Log } from './log.ts';
import { type PostgresPlace, placeFor } from './postgres-place.driver.ts';

const run = promisify(execFile);

/** A PostgreSQL of our own. `url` connects to the database `vigie`. */
export interface EmbeddedPostgres {
  url: string;
  /** Where the cluster is kept; not always below the data folder, see `placeFor`. */
  folder: string;
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL on a free port of 127.0.0.1, creating its folder on first use and taking
 * over what a killed server left behind. The caller holds the lock of `dataDir`.
 * @throws Unavailable when it does not come up; the message names its log file.
 */
export async function startEmbeddedPostgres(dataDir: string, log: Log): Promise<EmbeddedPostgres> {
  const place = await placeFor(dataDir, log);
  const password = await passwordIn(dataDir);
  await stopLeftOver(place, log);
  if (!existsSync(join(place.folder, 'PG_VERSION'))) await createCluster(place, password);
  const port = await freePort();
  const logFile = join(dataDir, 'postgres.log');
  const postgres = superviseProcess(() => spawnPostgres(place, port, logFile), {
    isReady: (child) => untilReady(place, child, logFile),
    log,
  });
  const urlOf = (database: string) =>
    `postgresql://vigie:${password}@127.0.0.1:${port}/${database}`;
  await postgres.start();
  await createDatabase(urlOf('postgres'));
  return { url: urlOf('vigie'), folder: place.folder, stop: postgres.stop };
}

/** Waits between two starts of a PostgreSQL that ended by itself; milliseconds. */
const restart = { firstMs: 500, longestMs: 10_000 };

interface Supervision {
  isReady(child: ChildProcess): Promise<void>;
  log: Log;
}

/** Starts PostgreSQL again, on the same port, when it is killed or breaks down. */
function superviseProcess(spawnOne: () => ChildProcess, { isReady, log }: Supervision) {
  let child: ChildProcess | undefined;
  let isStopping = false;
  let reviving = Promise.resolve();
  // A second Ctrl-C ends us at once: nobody would be left to stop it.
  const abandon = () => child?.kill('SIGQUIT');

  async function start(): Promise<void> {
    const started = spawnOne();
    child = started;
    await isReady(started);
    started.once('exit', (code) => {
      // 0: somebody stopped it in order, and had a reason.
      if (!isStopping && code !== 0) reviving = revive();
    });
  }

  async function revive(): Promise<void> {
    log.error({}, 'PostgreSQL ended by itself; it is started again');
    for (let waitMs = restart.firstMs; !isStopping; waitMs *= 2) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, restart.longestMs)));
      try {
        if (!isStopping) await start();
        return;
      } catch (error) {
        log.error({ error: messageOf(error) }, 'PostgreSQL did not come back; it is tried again');
      }
    }
  }

  return {
    start: () => {
      process.on('exit', abandon);
      return start();
    },
    stop: async () => {
      isStopping = true;
      await reviving;
      if (child) await stopChild(child);
      process.off('exit', abandon);
    },
  };
}

/**
 * Removes a data folder that a killed server left, its PostgreSQL included.
 * @throws Conflict when a server runs on it.
 */
export async function removeDataFolder(dataDir: string, log: Log): Promise<void> {
  const lock = await lockDataFolder(dataDir);
  try {
    const place = await placeFor(dataDir, log);
    await stopLeftOver(place, log);
    await rm(place.folder, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}

/** Kept beside the cluster and not derived, so that a changed secret key does not lock us out. */
async function passwordIn(dataDir: string): Promise<string> {
  const path = join(dataDir, 'postgres.password');
  if (!existsSync(path)) {
    await writeFile(path, randomBytes(24).toString('hex'), { mode: 0o600, flush: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

/** A killed server leaves its PostgreSQL running; we hold the folder's lock, so it is ours to stop. */
async function stopLeftOver(place: PostgresPlace, log: Log): Promise<void> {
  const pidFile = join(place.folder, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
  if (!(await isPostgres(pid))) return;
  log.warn({ pid }, 'taking over a PostgreSQL that an earlier server left running');
  await run(
    place.binary('pg_ctl'),
    ['stop', '-D', place.folder, '-m', 'fast', '-w', '-t', '60'],
    place.runAs,
  );
}

/** A stale pid may belong to somebody else by now: only a process that runs `postgres` is stopped. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  if (process.platform !== 'linux') return true;
  try {
    return /\/postgres( \(deleted\))?$/.test(await readlink(`/proc/${pid}/exe`));
  } catch {
    return false;
  }
}

/** Made in a folder beside and renamed, so that a killed start never leaves half a cluster. */
async function createCluster(place: PostgresPlace, password: string): Promise<void> {
  const unfinished = `${place.folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const passwordFile = `${place.folder}.pw`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await place.give(passwordFile);
  try {
    await run(
      place.binary('initdb'),
      [
        `--pgdata=${unfinished}`,
        '--username=vigie',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
      ],
      { ...place.runAs, env: { ...process.env, LC_ALL: 'C' } },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, place.folder);
}

function spawnPostgres(place: PostgresPlace, port: number, logFile: string): ChildProcess {
  const errors = openSync(logFile, 'a', 0o600);
  const options = [
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['max_connections', '60'],
    ['log_min_messages', 'warning'],
    ['timezone', 'UTC'],
  ].flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: a Ctrl-C in the terminal must reach the server alone, which then stops PostgreSQL last.
  return spawn(place.binary('postgres'), ['-D', place.folder, '-p', String(port), ...options], {
    ...place.runAs,
    detached: true,
    stdio: ['ignore', errors, errors],
    env: { ...process.env, LC_ALL: 'C' },
  });
}

/**
 * PostgreSQL writes its state into its lock file. Trying to connect instead could connect to ourselves: the port is
 * one that the system also gives to outgoing connections.
 */
async function untilReady(
  place: PostgresPlace,
  child: ChildProcess,
  logFile: string,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const lines = await readFile(join(place.folder, 'postmaster.pid'), 'utf8').then(
      (text) => text.split('\n'),
      () => [], // Not written yet.
    );
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGINT');
  throw new Unavailable(
    'platform/database-failed',
    `The embedded PostgreSQL did not start; see ${logFile}.`,
  );
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'vigie'");
    if (found.rowCount === 0) await client.query('CREATE DATABASE vigie');
  } finally {
    await client.end();
  }
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, the data is written. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGINT');
  await ended;
}
