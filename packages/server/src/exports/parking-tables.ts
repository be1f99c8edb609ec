import type { Zone } from '@vigie/contracts/parking';
import { dayAt } from '@vigie/contracts/parking-days';
import type { SpacePlace, SpaceRecord, StayRecord } from '../parking/index.ts';
import type { Cell } from './csv.ts';

/** A table to be written out: the names of the columns and what stands in them. */
export interface Table<T> {
  columns: readonly string[];
  cellsOf(row: T): Cell[];
}

const placeColumns = ['space_id', 'space', 'zone_id', 'zone', 'address', 'latitude', 'longitude'];

const placeCells = ({ space, zone }: SpacePlace): Cell[] => [
  space.id,
  space.label,
  zone.id,
  zone.name,
  space.address,
  space.latitude,
  space.longitude,
];

/** Every space as it is now. `curb…` are the ids that the curb events use for space and zone. */
export const spacesTable = (curbId: (name: string) => string): Table<SpaceRecord> => ({
  columns: [
    ...placeColumns,
    'state',
    'day',
    'allowed_days',
    'occupied_since',
    'allowed_until',
    'observed_at',
    'curb_space_id',
    'curb_zone_id',
  ],
  cellsOf: (record) => [
    ...placeCells(record),
    record.display?.state ?? 'unknown',
    record.display?.day ?? null,
    record.zone.allowedDays,
    moment(record.display?.since),
    moment(record.display?.until),
    record.observedAt,
    curbId(`space/${record.space.id}`),
    curbId(`zone/${record.zone.id}`),
  ],
});

/** One row a stay; `left` is empty while the car is there, `days` counts the days begun until `now` at most. */
export const staysTable = (now: Date): Table<{ stay: StayRecord; place: SpacePlace }> => ({
  columns: [...placeColumns, 'arrived', 'left', 'days', 'allowed_days'],
  cellsOf: ({ stay, place }) => [
    ...placeCells(place),
    stay.since,
    stay.until,
    daysOf(stay, place.zone, now),
    place.zone.allowedDays,
  ],
});

const daysOf = ({ since, until }: StayRecord, { dayRule, timeZone }: Zone, now: Date): number =>
  dayAt({ since, now: until ?? now, dayRule, timeZone });

const moment = (text: string | null | undefined): Date | null => (text ? new Date(text) : null);
