/** Versions of what is edited, oldest first in `past`, next first in `future`. */
export interface History<T> {
  past: readonly T[];
  now: T;
  future: readonly T[];
  /** What was changed last, and when (milliseconds): one pull at a point is one step. */
  last: { what: string; atMs: number } | undefined;
}

/** Steps that can be undone. */
const deepest = 200;
const sameStepMs = 700;

export const historyOf = <T>(now: T): History<T> => ({
  past: [],
  now,
  future: [],
  last: undefined,
});

/** With a new version. Changes of the same thing that follow each other at once are one step. */
export function changed<T>(
  { past, now, last }: History<T>,
  next: T,
  step: { what: string; atMs: number },
): History<T> {
  const isSameStep = last?.what === step.what && step.atMs - last.atMs < sameStepMs;
  return {
    past: isSameStep ? past : [...past, now].slice(-deepest),
    now: next,
    future: [],
    last: step,
  };
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  const { past, now, future } = history;
  return { past: past.slice(0, -1), now: before, future: [now, ...future], last: undefined };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future, last: undefined };
}
