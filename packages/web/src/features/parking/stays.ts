import type { LegendDay, Stay } from '@vigie/contracts/parking';

/** One bar of the plot of stays. `share` 0..1 of the plot's height; `colour` is the last one the bollard showed. */
export interface StayBar {
  stay: Stay;
  share: number;
  colour: string;
}

/** Length of a stay in milliseconds; one that goes on is as long as it is at `nowMs`. */
export const lengthOf = (stay: Stay, nowMs: number): number =>
  Math.max(0, (stay.until === null ? nowMs : Date.parse(stay.until)) - Date.parse(stay.since));

/** The colour of the day a stay has reached; black beyond the legend. */
export const colourReached = (days: number, legend: readonly LegendDay[]): string =>
  (legend[Math.min(days, legend.length) - 1] ?? legend.at(-1))?.colour ?? '#000000';

/**
 * The latest stays as bars, oldest first, and where the line of the allowed days lies (0..1 of the height).
 * The line is always within the plot.
 */
export function barsOf(
  stays: readonly Stay[],
  { allowedDays, legend, most, nowMs }: BarsOptions,
): { bars: StayBar[]; limitShare: number } {
  const limitMs = allowedDays * 86_400_000;
  const latest = stays.slice(0, most).toReversed();
  const longest = Math.max(limitMs * 1.15, ...latest.map((stay) => lengthOf(stay, nowMs)));
  return {
    bars: latest.map((stay) => ({
      stay,
      share: lengthOf(stay, nowMs) / longest,
      colour: colourReached(stay.days, legend),
    })),
    limitShare: limitMs / longest,
  };
}

interface BarsOptions {
  allowedDays: number;
  legend: readonly LegendDay[];
  /** Most bars. */
  most: number;
  nowMs: number;
}
