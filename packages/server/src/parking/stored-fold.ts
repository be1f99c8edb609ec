import type { Fold, StaySpan } from './stays.ts';

/** A fold as JSON keeps it: every moment as ISO 8601 text. */
export type StoredFold = Stored<Fold>;

type Stored<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Stored<Item>[]
    : T extends object
      ? { [Key in keyof T]: Stored<T[Key]> }
      : T;

/** The fold that was written as JSON. */
export const foldOf = (stored: StoredFold): Fold => ({
  ...stored,
  current: stored.current && spanOf(stored.current),
  lastUntil: momentOf(stored.lastUntil),
  seenAt: momentOf(stored.seenAt),
  heardAt: momentOf(stored.heardAt),
  last: stored.last && { ...stored.last, at: new Date(stored.last.at) },
});

const spanOf = (stored: Stored<StaySpan>): StaySpan => ({
  ...stored,
  since: new Date(stored.since),
  until: momentOf(stored.until),
  freeSince: momentOf(stored.freeSince),
  gaps: stored.gaps.map(({ from, until }) => ({ from: new Date(from), until: momentOf(until) })),
});

const momentOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
