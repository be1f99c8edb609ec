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

/** How long the sensor was not heard during a stay, in milliseconds; a silence that goes on lasts until `nowMs`. */
export const silentMsOf = ({ gaps }: Pick<Stay, 'gaps'>, nowMs: number): number =>
  gaps.reduce(
    (sum, { from, until }) =>
      sum + Math.max(0, (until === null ? nowMs : Date.parse(until)) - Date.parse(from)),
    0,
  );

/** Whether the sensor saw all of a stay: its arrival, and no silence since. */
export const isWhollySeen = ({ gaps, isArrivalInferred }: Stay): boolean =>
  gaps.length === 0 && !isArrivalInferred;

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
