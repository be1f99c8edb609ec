import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { Unavailable } from './errors.ts';
import type { Log } from './log.ts';

/** Where stores run SQL: the pool, or a transaction on it. */
export type Database = Pick<
  NodePgDatabase,
  'select' | 'selectDistinctOn' | 'insert' | 'update' | 'delete' | 'execute' | 'transaction'
>;

/** An open database. */
export interface OpenDatabase {
  db: Database;
  pool: pg.Pool;
  stop(): Promise<void>;
}

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** PostgreSQL sends bigint as text; ours stay far below 2^53. */
pg.types.setTypeParser(20, Number);

/** Connections get so long to say goodbye. */
const goodbyeMs = 5000;

/** By which the database and its administrators know our connections. */
const ownName = `vigie ${process.pid} on ${hostname()}`;

/** Connects and brings the schema up to date; two servers that start together wait for each other. */
export async function openDatabase(url: string, log: Log): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 16, application_name: ownName });
  let isStopping = false;
  const broke = (error: Error) => {
    // At the end PostgreSQL may close a connection before our goodbye arrives.
    if (!isStopping) log.error({ error: error.message }, 'a database connection broke');
  };
  pool.on('error', broke);
  // The pool listens to idle connections only: one that breaks within a transaction would end the server.
  pool.on('connect', (client) => client.on('error', broke));
  try {
    await migrateAlone(pool);
  } catch (error) {
    await pool.end();
    throw new Unavailable(
      'platform/database-failed',
      `The database could not be opened or brought up to date: ${error instanceof Error ? error.message : error}. Check DATABASE_URL and its rights.`,
      { cause: error },
    );
  }
  const stop = async () => {
    isStopping = true;
    const ended = pool.end();
    // A connection that was killed in the middle of a BEGIN is never given back: its end would be waited for for ever.
    await Promise.race([ended, delay(goodbyeMs, undefined, { ref: false })]);
  };
  return { db: drizzle(pool), pool, stop };
}

async function migrateAlone(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('vigie.migrations'))");
    await migrate(drizzle(client), { migrationsFolder });
    await client.query("SELECT pg_advisory_unlock(hashtext('vigie.migrations'))");
  } finally {
    client.release(true);
  }
}

/** One column of many rows as one parameter for `unnest`, so that a statement is the same for any number of rows. */
export const columnOf = <Row>(rows: readonly Row[], name: keyof Row) =>
  sql.param(
    rows.map((row) => {
      const value = row[name];
      return value instanceof Date ? value.toISOString() : value;
    }),
  );

/** Connection failures of the socket and of PostgreSQL (classes 08 and 57P). Source: PostgreSQL, appendix A. */
const awayCodes = /^(ECONNREFUSED|ECONNRESET|EPIPE|08...|57P..)$/;

/** `true` when an error says that the database is away, not that the question was wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && awayCodes.test(code)) return true;
  if (/^Connection terminated|pool after calling end/.test(error.message)) return true;
  return isDatabaseAway(error.cause);
}
