import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../testing/log.ts';
import { removeDataFolder, startEmbeddedPostgres } from './embedded-postgres.driver.ts';
import { lockDataFolder } from './instance-lock.ts';

const folders: string[] = [];

/** `mode` 0o700 is what temporary and home folders have: closed to the user that PostgreSQL runs as under root. */
async function folderWith(mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-postgres-'));
  await chmod(folder, mode);
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it.each([
    ['an open folder', 0o755],
    ['a folder that is closed to others', 0o700],
  ])('keeps its data from start to start in %s', async (_name, mode) => {
    const folder = join(await folderWith(mode), 'data');
    const first = await startEmbeddedPostgres(folder, silentLog);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    expect(await ask(first.url, 'SHOW fsync')).toEqual({ fsync: 'on' });
    await first.stop();
    const second = await startEmbeddedPostgres(folder, silentLog);
    folders.push(dirname(second.folder));
    expect(await ask(second.url, 'SELECT n FROM kept')).toEqual({ n: 42 });
    await second.stop();
  });

  it('takes over a PostgreSQL that a killed server left running', async () => {
    const folder = join(await folderWith(0o755), 'data');
    const leftOver = await startEmbeddedPostgres(folder, silentLog);
    await ask(leftOver.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    const pid = Number(
      (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
    );
    const next = await startEmbeddedPostgres(folder, silentLog);
    expect(() => process.kill(pid, 0)).toThrow();
    expect(await ask(next.url, 'SELECT n FROM kept')).toEqual({ n: 42 });
    await next.stop();
  });

  it('is started again where it was when it is killed', async () => {
    const folder = join(await folderWith(0o755), 'data');
    const postgres = await startEmbeddedPostgres(folder, silentLog);
    await ask(postgres.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    const pidFile = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
    process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL');
    await vi.waitFor(
      async () => expect(await ask(postgres.url, 'SELECT n FROM kept')).toEqual({ n: 42 }),
      { timeout: 25_000, interval: 200 },
    );
    await postgres.stop();
    await expect(ask(postgres.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('is ended and removed with the folder that a killed server left', async () => {
    const folder = join(await folderWith(0o755), 'data');
    const leftOver = await startEmbeddedPostgres(folder, silentLog);
    await removeDataFolder(folder, silentLog);
    expect(existsSync(folder)).toBe(false);
    await expect(ask(leftOver.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('is not removed from under a running server', async () => {
    const folder = await folderWith(0o755);
    const lock = await lockDataFolder(folder);
    await expect(removeDataFolder(folder, silentLog)).rejects.toThrow(/Another Vigie server/);
    expect(existsSync(folder)).toBe(true);
    await lock.release();
  });

  it('asks for its password', async () => {
    const postgres = await startEmbeddedPostgres(join(await folderWith(0o755), 'data'), silentLog);
    const wrong = new URL(postgres.url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password/);
    await postgres.stop();
  });
});

describe('the lock of a data folder', () => {
  it('refuses a second server and names the remedy', async () => {
    const folder = await folderWith(0o755);
    const first = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(/Another Vigie server.*VIGIE_DATA/);
    await first.release();
    const second = await lockDataFolder(folder);
    await second.release();
  });
});
