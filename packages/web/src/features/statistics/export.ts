import type { ParkingStatistics } from '@vigie/contracts/parking-statistics';
import { shareOf, together } from './figures.ts';

type Rows = (string | number)[][];

const hours = (ms: number): number => Math.round(ms / 36_000) / 100;

/** A share with four decimals; empty where nothing was observed. */
const decimal = (share: number | null): string | number =>
  share === null ? '' : Math.round(share * 10_000) / 10_000;

/** One line for each bucket and zone. */
export const occupancyRows = ({ starts, zones }: ParkingStatistics): Rows => [
  ['start', 'zone', 'occupied_hours', 'observed_hours', 'occupancy'],
  ...zones.flatMap(({ zoneName, occupancy }) =>
    occupancy.map((time, index) => [
      starts[index] ?? '',
      zoneName,
      hours(time.occupiedMs),
      hours(time.observedMs),
      decimal(shareOf(time)),
    ]),
  ),
];

/** One line for each zone; lengths in hours. */
export const zoneRows = ({ from, to, zones }: ParkingStatistics): Rows => [
  [
    'from',
    'to',
    'zone',
    'spaces',
    'occupancy',
    'stays',
    'overstays',
    'ended',
    'mean_hours',
    'median_hours',
    'p90_hours',
    'longest_hours',
  ],
  ...zones.map((zone) => [
    from,
    to,
    zone.zoneName,
    zone.spaces,
    decimal(shareOf(together(zone.occupancy))),
    zone.stays,
    zone.overstays,
    zone.ended,
    ...(zone.lengthMs === null
      ? ['', '', '', '']
      : [zone.lengthMs.mean, zone.lengthMs.median, zone.lengthMs.p90, zone.lengthMs.longest].map(
          hours,
        )),
  ]),
];
