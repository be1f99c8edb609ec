/** When the next look at a camera is due. Milliseconds on any one clock. */
export interface Sampling {
  readonly dueAt: number;
}

/** A frame this share of the interval early is taken, so that a camera as fast as the rate loses none by jitter. */
const EARLY_SHARE = 0.3;

export const isDue = (sampling: Sampling, now: number, intervalMs: number): boolean =>
  now >= sampling.dueAt - EARLY_SHARE * intervalMs;

/** After a look: the mean rate is kept, but missed looks are not made up for. */
export const looked = (sampling: Sampling, now: number, intervalMs: number): Sampling => ({
  dueAt: Math.max(sampling.dueAt + intervalMs, now + intervalMs * (1 - EARLY_SHARE)),
});
