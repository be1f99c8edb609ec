import type { Display, Zone } from '@vigie/contracts/parking';
import { dayAt, dayStart } from '@vigie/contracts/parking-days';
import { colourOf, paletteFor } from '@vigie/palette';
import type { StaySpan } from './stays.ts';

/** What a bollard shows, and when that changes by itself; `null`: not before the next event. */
export interface Shown {
  display: Display;
  nextChangeAt: Date | null;
}

/** What a space shows at `now`. `stay`: the open one; `hasEvents` false: the sensor never spoke. */
export function shownAt(input: {
  zone: Pick<Zone, 'allowedDays' | 'dayRule' | 'timeZone' | 'holdMs'>;
  stay: StaySpan | undefined;
  hasEvents: boolean;
  now: Date;
}): Shown {
  const { zone, stay, now } = input;
  if (!stay)
    return { display: without(zone, input.hasEvents ? 'free' : 'unknown'), nextChangeAt: null };
  const count = { since: stay.since, dayRule: zone.dayRule, timeZone: zone.timeZone };
  const day = dayAt({ ...count, now });
  const until = dayStart({ ...count, day: zone.allowedDays + 1 });
  const isOver = day > zone.allowedDays;
  const palette = paletteFor(zone.allowedDays);
  const display: Display = {
    ...without(zone, isOver ? 'overstay' : 'parked'),
    day,
    colour: colourOf(palette, day),
    label: String(day),
    since: stay.since.toISOString(),
    until: until.toISOString(),
  };
  const leavesAt = stay.freeSince && new Date(stay.freeSince.getTime() + zone.holdMs);
  return { display, nextChangeAt: earliest(dayStart({ ...count, day: day + 1 }), leavesAt) };
}

const without = (
  zone: Pick<Zone, 'allowedDays' | 'dayRule' | 'timeZone'>,
  state: Display['state'],
): Display => ({
  v: 1,
  state,
  day: null,
  colour: null,
  label: '',
  since: null,
  until: null,
  allowedDays: zone.allowedDays,
  dayRule: zone.dayRule,
  timeZone: zone.timeZone,
  paletteVersion: paletteFor(zone.allowedDays).version,
});

const earliest = (a: Date, b: Date | null): Date => (b && b < a ? b : a);
