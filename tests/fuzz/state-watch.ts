import { setTimeout as delay } from 'node:timers/promises';
import type { OpenDatabase } from '../../packages/server/src/platform/database.ts';

/** What the database holds, as far as a refused input must not change it. */
export interface StateWatch {
  /** Looks before something that may be refused. */
  before(): Promise<void>;
  /** Names of the tables that changed since `before`. */
  changes(): Promise<string[]>;
  /**
   * Tables that change each time that `act` is done. What was accepted before may be written later, and timed work writes,
   * too: only what happens again and again comes from the act.
   */
  changedBy(act: () => Promise<unknown>): Promise<string[]>;
  /** @throws Error when a connection is held by nobody. */
  mustBeWhole(): Promise<void>;
}

/** Where refused things are noted, which is what these are for; and what timed work writes by itself. */
const notes = new Set(['failed_attempts', 'unread_messages', 'sign_in_attempts']);

/** Signs of life, which are written as long as the server runs. */
const beats = ['recorded_until'];

const digestOf = (table: string): string =>
  `SELECT '${table}' AS name, md5(coalesce(string_agg(row, '|' ORDER BY row), '')) AS digest
   FROM (SELECT (to_jsonb(t) - '{${beats}}'::text[])::text AS row FROM "${table}" t) rows`;

export function createStateWatch(pool: OpenDatabase['pool']): StateWatch {
  let known: { mark: string; digests: Map<string, string> } | undefined;
  let question: string | undefined;

  async function questionOf(): Promise<string> {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    );
    return rows
      .filter(({ name }) => !notes.has(name))
      .map(({ name }) => digestOf(name))
      .join(' UNION ALL ');
  }

  /** Every transaction that writes moves it. */
  async function mark(): Promise<string> {
    const { rows } = await pool.query<{ mark: string }>(
      'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS mark',
    );
    return rows[0]?.mark ?? '';
  }

  async function digests(): Promise<Map<string, string>> {
    question ??= await questionOf();
    const { rows } = await pool.query<{ name: string; digest: string }>(question);
    return new Map(rows.map(({ name, digest }) => [name, digest]));
  }

  async function before(): Promise<void> {
    const now = await mark();
    if (now !== known?.mark) known = { mark: now, digests: await digests() };
  }

  async function changes(): Promise<string[]> {
    const now = await mark();
    if (!known || now === known.mark) return [];
    const after = await digests();
    const changed = [...after].filter(([name, digest]) => known?.digests.get(name) !== digest);
    known = { mark: now, digests: after };
    return changed.map(([name]) => name);
  }

  return {
    before,
    changes,
    changedBy: async (act) => {
      let everyTime: string[] | undefined;
      for (let i = 0; i < 3 && everyTime?.length !== 0; i++) {
        await delay(400);
        await before();
        await act();
        const changed = await changes();
        everyTime = everyTime?.filter((name) => changed.includes(name)) ?? changed;
      }
      return everyTime ?? [];
    },
    mustBeWhole: async () => {
      const { rows } = await pool.query<{ state: string; count: number }>(
        `SELECT state, count(*) AS count FROM pg_stat_activity
         WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
           AND now() - state_change > interval '10 s' GROUP BY state`,
      );
      if (rows.length > 0) throw new Error(`connections hang: ${JSON.stringify(rows)}`);
    },
  };
}
