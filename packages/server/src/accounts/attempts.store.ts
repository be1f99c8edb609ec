import { and, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { signInAttempts } from './accounts.tables.ts';
import type { Failures } from './sign-in-throttle.ts';

/** Whose attempt, and from where. */
export interface Attempted {
  /** The keyed digest of the name that was typed. */
  account: string;
  address: string;
}

/** As many failures as the largest limit counts. */
const mostFailures = 100;
const dayMs = 86_400_000;
/** An address is familiar this long after its person signed in there. */
const familiarMs = 90 * dayMs;

export interface AttemptsStore {
  /** Attempts for the account and from the address wait for the end of `tx`: many at once count as many. */
  lock(attempt: Attempted, tx: Database): Promise<void>;
  /** Failures of the last day. */
  failures(attempt: Attempted, now: Date, tx: Database): Promise<Failures>;
  isFamiliar(attempt: Attempted, now: Date, tx: Database): Promise<boolean>;
  /** Writes an attempt down as failed; returns its id. */
  add(attempt: Attempted, now: Date, tx: Database): Promise<number>;
  /** The attempt did not fail, and slips before it are forgotten. */
  pass(id: number): Promise<void>;
  /** The attempt was none. */
  cancel(id: number): Promise<void>;
  /** Nothing that anybody tried on the account holds up its person any more. */
  forget(account: string): Promise<void>;
  /** Removes what counts no more. */
  prune(now: Date): Promise<void>;
}

export function createAttemptsStore(db: Database): AttemptsStore {
  const failed = eq(signInAttempts.hasPassed, false);
  const ago = (now: Date, ms: number) => new Date(now.getTime() - ms);
  const timesOf = async (where: SQL | undefined, now: Date, tx: Database): Promise<number[]> => {
    const rows = await tx
      .select({ at: signInAttempts.at })
      .from(signInAttempts)
      .where(and(failed, gt(signInAttempts.at, ago(now, dayMs)), where))
      .orderBy(desc(signInAttempts.at))
      .limit(mostFailures);
    return rows.map(({ at }) => at.getTime());
  };
  const of = ({ account, address }: Attempted) => ({
    account: eq(signInAttempts.account, account),
    address: eq(signInAttempts.address, address),
  });

  return {
    lock: async ({ account, address }, tx) => {
      await tx.execute(
        sql`SELECT pg_advisory_xact_lock(hashtext('vigie.account'), hashtext(${account}))`,
      );
      await tx.execute(
        sql`SELECT pg_advisory_xact_lock(hashtext('vigie.address'), hashtext(${address}))`,
      );
    },
    failures: async (attempt, now, tx) => {
      const { account, address } = of(attempt);
      return {
        pair: await timesOf(and(account, address), now, tx),
        account: await timesOf(account, now, tx),
        address: await timesOf(address, now, tx),
      };
    },
    isFamiliar: async (attempt, now, tx) => {
      const { account, address } = of(attempt);
      const rows = await tx
        .select({ id: signInAttempts.id })
        .from(signInAttempts)
        .where(
          and(
            account,
            address,
            eq(signInAttempts.hasPassed, true),
            gt(signInAttempts.at, ago(now, familiarMs)),
          ),
        )
        .limit(1);
      return rows.length > 0;
    },
    add: async (attempt, at, tx) => {
      const [row] = await tx
        .insert(signInAttempts)
        .values({ ...attempt, at })
        .returning({ id: signInAttempts.id });
      if (!row) throw new Error('the database gave no row for an attempt');
      return row.id;
    },
    pass: async (id) => {
      const [passed] = await db
        .update(signInAttempts)
        .set({ hasPassed: true })
        .where(eq(signInAttempts.id, id))
        .returning();
      if (!passed) return;
      const { account, address } = of(passed);
      await db.delete(signInAttempts).where(and(failed, account, address));
    },
    cancel: async (id) => {
      await db.delete(signInAttempts).where(eq(signInAttempts.id, id));
    },
    forget: async (account) => {
      await db.delete(signInAttempts).where(and(failed, eq(signInAttempts.account, account)));
    },
    prune: async (now) => {
      await db
        .delete(signInAttempts)
        .where(
          or(
            lt(signInAttempts.at, ago(now, familiarMs)),
            and(failed, lt(signInAttempts.at, ago(now, dayMs))),
          ),
        );
    },
  };
}
