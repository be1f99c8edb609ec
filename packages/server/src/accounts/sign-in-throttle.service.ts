import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { TooManyAttempts } from '../platform/errors.ts';
import type { AttemptsStore } from './attempts.store.ts';
import {
  subscriberOf,
  typedName,
  waitBeforeAttempt,
  waitBeforeLockout,
} from './sign-in-throttle.ts';

interface ThrottleDeps {
  db: Database;
  store: AttemptsStore;
  clock: Clock;
  /** Keyed: people type passwords where the user name belongs. */
  nameDigest: (name: string) => string;
}

/** Who wants to sign in, and from which address. */
interface Caller {
  username: string;
  address: string;
  /** Wrong passwords after which a directory locks the account; `undefined`: no directory is asked. */
  lockout?: number | undefined;
}

/** An attempt that was let through. */
export interface Attempt {
  /** It was the right password. */
  pass(): Promise<void>;
  /** Nobody could say whether it was. */
  cancel(): Promise<void>;
}

/** Holds up those who guess passwords. What it remembers is in the database: a restart frees nobody. */
export interface SignInThrottle {
  /**
   * Counts the attempt as failed until `pass`, so that a thousand at once are a thousand.
   * @throws TooManyAttempts with the wait; that attempt counts for nothing, so whoever waits gets in.
   */
  begin(caller: Caller): Promise<Attempt>;
  forget(username: string): Promise<void>;
}

export function createSignInThrottle({
  db,
  store,
  clock,
  nameDigest,
}: ThrottleDeps): SignInThrottle {
  const accountKey = (username: string): string => nameDigest(typedName(username));

  return {
    begin: async ({ username, address, lockout }) => {
      const attempt = { account: accountKey(username), address: subscriberOf(address) };
      const id = await db.transaction(async (tx) => {
        const now = clock.now();
        await store.lock(attempt, tx);
        const failures = await store.failures(attempt, now, tx);
        const isFamiliar = await store.isFamiliar(attempt, now, tx);
        const at = { isFamiliar, now: now.getTime() };
        const waitMs = Math.max(
          waitBeforeAttempt(failures, at),
          lockout === undefined
            ? 0
            : waitBeforeLockout(failures.account, { ...at, attempts: lockout }),
        );
        if (waitMs > 0) throw tooMany(Math.ceil(waitMs / 1000));
        return store.add(attempt, now, tx);
      });
      return {
        pass: async () => {
          await store.pass(id);
          await store.prune(clock.now());
        },
        cancel: () => store.cancel(id),
      };
    },
    forget: (username) => store.forget(accountKey(username)),
  };
}

function tooMany(seconds: number): TooManyAttempts {
  const wait = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new TooManyAttempts(
    'accounts/too-many-attempts',
    `Too many failed attempts. Wait ${wait}, or try where you have signed in before; an administrator can reset the account.`,
    { retryAfterSeconds: seconds },
  );
}
