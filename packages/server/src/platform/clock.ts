/** Where services ask for the time. Rules get `now` as a value. */
export interface Clock {
  now(): Date;
  /** Seconds of this clock per second of real time; 1 in a town. */
  readonly rate: number;
}

export const systemClock: Clock = { now: () => new Date(), rate: 1 };

/** A clock that runs `rate` times as fast as real time, starting at `startAt` (default: now). */
export function createScaledClock(rate: number, startAt: Date = new Date()): Clock {
  const realStart = performance.now();
  return {
    rate,
    now: () => new Date(startAt.getTime() + (performance.now() - realStart) * rate),
  };
}
