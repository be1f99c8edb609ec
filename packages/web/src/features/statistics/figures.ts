import type { OccupiedTime, ZoneStatistics } from '@vigie/contracts/parking-statistics';

/** Share of the observed time, 0..1; `null` where nothing was observed: that is not the same as free. */
export const shareOf = ({ occupiedMs, observedMs }: OccupiedTime): number | null =>
  observedMs === 0 ? null : Math.min(1, occupiedMs / observedMs);

/** All buckets of a zone, or several times of one bucket, in one. */
export const together = (times: readonly OccupiedTime[]): OccupiedTime => ({
  occupiedMs: sumOf(times.map(({ occupiedMs }) => occupiedMs)),
  observedMs: sumOf(times.map(({ observedMs }) => observedMs)),
});

/** The zones as one, for the headline: how full over the whole period, how many stays and overstays. */
export const townOf = (zones: readonly ZoneStatistics[]) => ({
  share: shareOf(together(zones.map(({ occupancy }) => together(occupancy)))),
  spaces: sumOf(zones.map(({ spaces }) => spaces)),
  stays: sumOf(zones.map(({ stays }) => stays)),
  overstays: sumOf(zones.map(({ overstays }) => overstays)),
  ended: sumOf(zones.map(({ ended }) => ended)),
  /** Mean length in ms; `null` when no stay ended. */
  meanMs: meanOf(zones),
});

function meanOf(zones: readonly ZoneStatistics[]): number | null {
  const ended = sumOf(zones.map((zone) => zone.ended));
  const sumMs = sumOf(zones.map((zone) => zone.ended * (zone.lengthMs?.mean ?? 0)));
  return ended === 0 ? null : sumMs / ended;
}

/** Number of stays in each class of length, over the zones. */
export function lengthsOver(zones: readonly ZoneStatistics[]): number[] {
  const classes = zones[0]?.lengths ?? [];
  return classes.map((_, index) => sumOf(zones.map(({ lengths }) => lengths[index] ?? 0)));
}

/** The fullest zone first; those that were never observed last. */
export const byOccupancy = (zones: readonly ZoneStatistics[]): ZoneStatistics[] =>
  zones
    .map((zone) => ({ zone, share: shareOf(together(zone.occupancy)) ?? -1 }))
    .sort((a, b) => b.share - a.share)
    .map(({ zone }) => zone);

const sumOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0);
