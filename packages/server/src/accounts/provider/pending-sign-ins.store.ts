import { and, eq, gt, lt } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { digestOf } from '../../platform/secrets.ts';
import { pendingSignIns } from '../accounts.tables.ts';
import type { Errand } from './provider.driver.ts';

/** Somebody who was sent to the provider. */
export interface PendingSignIn {
  errand: Errand;
  /** What the browser keeps in a cookie: a link of another browser opens nothing in this one. */
  browserKey: string;
  returnTo: string;
}

export interface PendingSignInsStore {
  add(pending: PendingSignIn, now: Date): Promise<void>;
  /** Each comes back once; `undefined`: is not expected in this browser, or no longer. */
  take(state: string, browserKey: string, now: Date): Promise<PendingSignIn | undefined>;
}

/** Long enough for a forgotten password at the provider. */
export const pendingMs = 15 * 60_000;

export function createPendingSignInsStore(db: Database): PendingSignInsStore {
  return {
    add: async ({ errand, browserKey, returnTo }, now) => {
      await db.delete(pendingSignIns).where(lt(pendingSignIns.expiresAt, now));
      await db.insert(pendingSignIns).values({
        stateDigest: digestOf(errand.state),
        browserDigest: digestOf(browserKey),
        nonce: errand.nonce,
        verifier: errand.verifier,
        returnTo,
        expiresAt: new Date(now.getTime() + pendingMs),
      });
    },
    take: async (state, browserKey, now) => {
      const [row] = await db
        .delete(pendingSignIns)
        .where(
          and(
            eq(pendingSignIns.stateDigest, digestOf(state)),
            eq(pendingSignIns.browserDigest, digestOf(browserKey)),
            gt(pendingSignIns.expiresAt, now),
          ),
        )
        .returning();
      if (!row) return undefined;
      const { nonce, verifier, returnTo } = row;
      return { errand: { state, nonce, verifier }, browserKey, returnTo };
    },
  };
}
