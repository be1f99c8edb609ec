/** At most `max` failed attempts within any span of this length. */
export interface AttemptLimit {
  max: number;
  windowMs: number;
}

/** Times of failed attempts, newest first, in milliseconds since 1970: at most as many as the largest limit counts. */
export interface Failures {
  /** For this account from this address. */
  pair: readonly number[];
  /** For this account from anywhere. */
  account: readonly number[];
  /** From this address for any account. */
  address: readonly number[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Limits of failed attempts. One address may try one account 25 times a day. Source: CNIL, deliberation 2022-100, for a
 * password of 50 bits. All strangers together may try an account 100 times a day; an address may fail for all of its people.
 */
const attemptLimits: Readonly<Record<keyof Failures, readonly AttemptLimit[]>> = {
  pair: [
    { max: 5, windowMs: 5 * minuteMs },
    { max: 25, windowMs: 24 * hourMs },
  ],
  account: [
    { max: 25, windowMs: hourMs },
    { max: 100, windowMs: 24 * hourMs },
  ],
  address: [{ max: 100, windowMs: hourMs }],
};

/** Active Directory forgets wrong passwords after so long without one, where the town has not set it shorter. */
const lockoutWindowMs = 30 * minuteMs;

/** An account by the name that was typed, whether or not it exists: the answer must not tell. */
export const typedName = (username: string): string => username.trim().toLowerCase().slice(0, 64);

/**
 * How long until an attempt may be made, in milliseconds; 0: now. What strangers do to an account holds up other strangers
 * only: an address from which its person has signed in before (`isFamiliar`) waits for its own failures alone.
 */
export function waitBeforeAttempt(
  { pair, account, address }: Failures,
  { isFamiliar, now }: { isFamiliar: boolean; now: number },
): number {
  const waits = [
    waitFor(pair, attemptLimits.pair, now),
    waitFor(address, attemptLimits.address, now),
    isFamiliar ? 0 : waitFor(account, attemptLimits.account, now),
  ];
  return Math.max(...waits);
}

/** An attempt is free again when the oldest of the `max` newest failures leaves its window. */
function waitFor(newestFirst: readonly number[], limits: readonly AttemptLimit[], now: number) {
  const waits = limits.map(({ max, windowMs }) => {
    const last = newestFirst[max - 1];
    return last === undefined ? 0 : Math.max(0, last + windowMs - now);
  });
  return Math.max(...waits);
}

/**
 * How long until a password may be tried on an account of a directory that locks it after `attempts` wrong ones, in
 * milliseconds; 0: now. One fewer is let through, and strangers have half of that, so that the person himself gets in from
 * where he signed in before, and at Windows. A directory forgets wrong passwords only when none came for a while: a slow
 * guesser's count, too.
 */
export function waitBeforeLockout(
  newestFirst: readonly number[],
  { attempts, isFamiliar, now }: { attempts: number; isFamiliar: boolean; now: number },
): number {
  const [newest] = newestFirst;
  if (newest === undefined) return 0;
  const times = [now, ...newestFirst];
  const end = newestFirst.findIndex((at, i) => (times[i] ?? at) - at >= lockoutWindowMs);
  const running = end === -1 ? newestFirst.length : end;
  const budget = isFamiliar ? attempts - 1 : Math.floor((attempts - 1) / 2);
  return running < budget ? 0 : Math.max(0, newest + lockoutWindowMs - now);
}

/**
 * The part of an address that one subscriber has: all of IPv4, the first 64 bits of IPv6, since whoever has one such
 * address has as many as he likes. Source: RFC 6177.
 */
export function subscriberOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [text = ''] = address.split('%');
  if (!text.includes(':')) return text;
  const [before = '', after] = text.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after ? after.split(':') : [];
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
