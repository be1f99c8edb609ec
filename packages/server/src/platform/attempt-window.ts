/** How many attempts are allowed within a span of time. */
export interface AttemptRule {
  /** Seconds. */
  window: number;
  max: number;
}

/** `retryAfter` in seconds; null when the attempt is allowed. */
export interface Verdict {
  allowed: boolean;
  retryAfter: number | null;
}

/**
 * Counts the attempts of each key in windows that begin with the first attempt and end after their time, whoever goes on
 * trying: thirty colleagues behind one address, who sign in one after the other all morning, never add up.
 */
export function createAttemptWindow() {
  /** by key */
  const windows = new Map<string, { since: number; count: number }>();

  function forget(nowMs: number, windowMs: number): void {
    for (const [key, { since }] of windows) if (nowMs - since >= windowMs) windows.delete(key);
  }

  return {
    /** Records one attempt at `nowMs`, milliseconds since 1970. */
    take: (key: string, { window, max }: AttemptRule, nowMs: number): Verdict => {
      const windowMs = window * 1000;
      if (windows.size > mostKeys) forget(nowMs, windowMs);
      const known = windows.get(key);
      const current = known && nowMs - known.since < windowMs ? known : { since: nowMs, count: 0 };
      windows.set(key, current);
      if (current.count >= max)
        return { allowed: false, retryAfter: Math.ceil((current.since + windowMs - nowMs) / 1000) };
      current.count++;
      return { allowed: true, retryAfter: null };
    },
  };
}

/** Beyond so many keys, those whose time is over are forgotten. */
const mostKeys = 10_000;
