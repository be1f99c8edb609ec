import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openDatabase } from '../platform/database.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres.driver.ts';
import { silentLog } from './log.ts';

const run = promisify(execFile);
const server = fileURLToPath(new URL('../..', import.meta.url));

/** The same for the same tables on the same PostgreSQL of the same user. */
function nameOfPattern(): string {
  const hash = createHash('sha256').update(String(process.getuid?.()));
  const files = globSync('migrations/**/*.sql', { cwd: server }).sort();
  for (const file of ['package.json', ...files]) hash.update(readFileSync(join(server, file)));
  return `vigie-test-cluster-${hash.digest('hex').slice(0, 16)}`;
}

const pattern = join(tmpdir(), nameOfPattern());

/** Another process may make it at the same time: the first one counts. */
async function makePattern(): Promise<void> {
  const folder = await mkdtemp(`${pattern}-`);
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres(folder, silentLog);
  await (await openDatabase(postgres.url, silentLog)).stop();
  await postgres.stop();
  try {
    await rename(folder, pattern);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!existsSync(pattern)) throw error;
  }
}

/**
 * Gives a data folder without a database an empty, migrated one: a copy, for to make one takes more than a second of the
 * processor. What is copied stays in the system's folder for temporary files, 49 MB.
 */
export async function giveCluster(folder: string): Promise<void> {
  if (process.platform === 'win32' || existsSync(join(folder, 'postgres'))) return;
  if (!existsSync(pattern)) await makePattern();
  // Node copies neither owners nor rights.
  await run('cp', ['-a', join(pattern, 'postgres'), join(pattern, 'postgres.password'), folder]);
}
