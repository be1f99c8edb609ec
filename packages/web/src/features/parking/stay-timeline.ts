import type { LegendDay, Zone } from '@vigie/contracts/parking';
import { dayAt, dayStart } from '@vigie/contracts/parking-days';
import { colourReached } from './stays.ts';

/** A time within a stay in which its sensor was silent; `until` null: it still is. Instants. */
export interface Gap {
  from: string;
  until: string | null;
}

/** A stay to be drawn: `until` null while the car is there. Instants. */
export interface TimelineStay {
  since: string;
  until: string | null;
  gaps: readonly Gap[];
}

/** A stretch of the strip; `start` and `width` are shares 0..1 of its whole length. */
interface Stretch {
  start: number;
  width: number;
}

export interface StayTimeline {
  /** One a day; all days beyond the allowed ones are one black stretch. */
  days: (Stretch & { day: number; colour: string; isBlack: boolean })[];
  gaps: (Stretch & { fromMs: number; untilMs: number; goesOn: boolean })[];
  sinceMs: number;
  untilMs: number;
  /** `undefined` when black was not reached. */
  blackMs: number | undefined;
}

interface TimelineOptions {
  zone: Pick<Zone, 'allowedDays' | 'dayRule' | 'timeZone'>;
  legend: readonly LegendDay[];
  nowMs: number;
}

/** A stay from its beginning to its end, or to `nowMs`. Silent times are cut to the stay. */
export function timelineOf(
  stay: TimelineStay,
  { zone, legend, nowMs }: TimelineOptions,
): StayTimeline {
  const sinceMs = Date.parse(stay.since);
  const untilMs = Math.max(sinceMs + 1, stay.until === null ? nowMs : Date.parse(stay.until));
  const shareAt = (ms: number) => (ms - sinceMs) / (untilMs - sinceMs);
  const stretch = (fromMs: number, toMs: number): Stretch => ({
    start: shareAt(fromMs),
    width: shareAt(toMs) - shareAt(fromMs),
  });
  const count = { since: new Date(sinceMs), dayRule: zone.dayRule, timeZone: zone.timeZone };
  const startOf = (day: number) => dayStart({ ...count, day }).getTime();
  const last = dayAt({ ...count, now: new Date(untilMs - 1) });
  const coloured = Math.min(last, zone.allowedDays);
  const blackMs = last > zone.allowedDays ? startOf(zone.allowedDays + 1) : undefined;
  const days = Array.from({ length: blackMs === undefined ? coloured : coloured + 1 }, (_, i) => {
    const day = i + 1;
    const isBlack = day > zone.allowedDays;
    const endMs = isBlack ? untilMs : Math.min(untilMs, startOf(day + 1));
    return { day, isBlack, colour: colourReached(day, legend), ...stretch(startOf(day), endMs) };
  });
  const gaps = stay.gaps.flatMap(({ from, until }) => {
    const fromMs = Math.max(sinceMs, Date.parse(from));
    const endMs = Math.min(untilMs, until === null ? untilMs : Date.parse(until));
    if (fromMs >= endMs) return [];
    return [{ fromMs, untilMs: endMs, goesOn: until === null, ...stretch(fromMs, endMs) }];
  });
  return { days, gaps, sinceMs, untilMs, blackMs };
}
