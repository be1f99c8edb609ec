/** A look that waits for a thread. */
export interface Waiting {
  /** of when the newest answer of whoever asks is, milliseconds of any one clock; `undefined`: there is none */
  readonly since?: number | undefined;
}

/**
 * Whose turn it is: the oldest answer first, of equals who asked first. So nobody is answered twice while somebody else waits,
 * however many looks an answer takes. Gives the position in the queue; -1: nobody waits.
 */
export function nextTurn(waiting: readonly Waiting[]): number {
  let next = waiting.length === 0 ? -1 : 0;
  for (const [i, { since = 0 }] of waiting.entries()) {
    if (since < (waiting[next]?.since ?? 0)) next = i;
  }
  return next;
}
