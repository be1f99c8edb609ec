import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { Conflict } from './errors.ts';
import { keyChecks } from './key-check.tables.ts';

/** By which key a database is sealed. Digests are of `checkOf` in `secrets.ts`. */
export interface KeyCheckStore {
  /** Waits for a change of the key that goes on. `undefined`: nothing was sealed yet. */
  find(): Promise<string | undefined>;
  /** Gives the one that is kept: another server may have been first. */
  add(digest: string): Promise<string>;
  /**
   * No server starts on this database before the end of `tx`.
   * @throws Conflict when one runs on it already, whatever its data folder.
   */
  lock(tx: Database): Promise<void>;
  replace(digest: string, tx: Database): Promise<void>;
  /** The next start takes the key that it finds. */
  forget(tx: Database): Promise<void>;
}

const id = 1;

export function createKeyCheckStore(db: Database): KeyCheckStore {
  const row = eq(keyChecks.id, id);

  async function find(): Promise<string | undefined> {
    const [kept] = await db.select().from(keyChecks).where(row).for('share');
    return kept?.digest;
  }

  return {
    find,
    add: async (digest) => {
      await db.insert(keyChecks).values({ id, digest }).onConflictDoNothing();
      return (await find()) ?? digest;
    },
    lock: async (tx) => {
      await tx.select().from(keyChecks).where(row).for('update');
      await mustBeAlone(tx);
    },
    replace: async (digest, tx) => {
      await tx.update(keyChecks).set({ digest }).where(row);
    },
    forget: async (tx) => {
      await tx.delete(keyChecks).where(row);
    },
  };
}

/** A server asks the database all the time, so it is always connected. @throws Conflict naming who is. */
async function mustBeAlone(tx: Database): Promise<void> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select distinct application_name || coalesce(' from ' || host(client_addr), '') as name
    from pg_stat_activity
    where datname = current_database() and usename = current_user and backend_type = 'client backend'
      and application_name <> current_setting('application_name')`);
  if (rows.length === 0) return;
  throw new Conflict(
    'platform/database-taken',
    `The database is in use: ${rows.map(({ name }) => name.trim() || 'a program without a name').join(', ')}. Stop every Vigie server on it and close other programs, then do it again; nothing was changed.`,
  );
}
