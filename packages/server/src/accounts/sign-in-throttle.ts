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
