import type { ParkingClock } from '@vigie/contracts/time';

/** Difference server − browser below which the two clocks count as equal: `Date` headers are whole seconds. */
const TRUSTED_SKEW_MS = 2000;

/**
 * How far the server's clock is ahead of the browser's, in milliseconds. 0 when the difference is within
 * what the header cannot tell. `serverMs` is cut to whole seconds, as the header `Date` is.
 */
export function skewFrom(serverMs: number, sentMs: number, receivedMs: number): number {
  const skew = serverMs + 500 - (sentMs + receivedMs) / 2;
  return Math.abs(skew) <= TRUSTED_SKEW_MS + (receivedMs - sentMs) / 2 ? 0 : Math.round(skew);
}

/** A parking clock and the browser's moment at which it was read. */
export interface ClockReading {
  clock: ParkingClock;
  takenAtMs: number;
}

/** Parking time in epoch milliseconds at the browser's moment `atMs`: `now + rate · elapsed`. */
export const parkingTime = ({ clock, takenAtMs }: ClockReading, atMs: number): number =>
  Date.parse(clock.now) + clock.rate * (atMs - takenAtMs);

/** A value that changes now and then, as React's `useSyncExternalStore` wants it. */
export interface Watched<T> {
  subscribe(listener: () => void): () => void;
  read(): T;
}

/** The server's real time in epoch milliseconds, as well as the browser knows it; steps once a second. */
export interface ServerClock extends Watched<number> {
  learn(serverMs: number, sentMs: number, receivedMs: number): void;
  /** Exact, between two steps. */
  now(): number;
}

export function createServerClock(everyMs = 1000): ServerClock {
  const listeners = new Set<() => void>();
  let skewMs = 0;
  let step = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const now = () => Date.now() + skewMs;
  const tick = () => {
    step = now();
    for (const listener of listeners) listener();
  };
  return {
    learn: (serverMs, sentMs, receivedMs) => {
      skewMs = skewFrom(serverMs, sentMs, receivedMs);
    },
    now,
    read: () => step,
    subscribe(listener) {
      if (listeners.size === 0) {
        step = now();
        timer = setInterval(tick, everyMs);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
  };
}
