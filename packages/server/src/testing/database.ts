import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { type OpenDatabase, openDatabase } from '../platform/database.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres.driver.ts';
import { giveCluster } from './cluster.ts';
import { silentLog } from './log.ts';

/** A migrated database of its own on an embedded PostgreSQL, in a folder that is removed at the end. */
export async function openTestDatabase(): Promise<OpenDatabase & { url: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-database-'));
  await chmod(folder, 0o755);
  await giveCluster(folder);
  const postgres = await startEmbeddedPostgres(folder, silentLog);
  const database = await openDatabase(postgres.url, silentLog);
  return {
    ...database,
    url: postgres.url,
    folder,
    stop: async () => {
      await database.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Everything that the database holds, by table. */
export async function dumpOf(pool: pg.Pool): Promise<{ where: string; text: string }[]> {
  const { rows } = await pool.query<{ schema: string; name: string }>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  );
  return Promise.all(
    rows.map(async ({ schema, name }) => {
      const all = await pool.query(`SELECT to_jsonb(t) AS row FROM "${schema}"."${name}" t`);
      return { where: `table ${schema}.${name}`, text: JSON.stringify(all.rows) };
    }),
  );
}
