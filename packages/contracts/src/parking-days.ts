import type { DayRule } from './parking.ts';

/** A stay's beginning and the rule its days are counted by. `timeZone` (IANA) matters to `midnight` only. */
export interface DayCount {
  since: Date;
  dayRule: DayRule;
  timeZone: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The parking day at `now`: 1 from arrival on, never less (a `now` before the arrival is day 1 too).
 * `arrival` counts spans of 24 h; `midnight` counts civil days begun, so a day may last 23 h or 25 h.
 * @throws RangeError when the time zone is unknown.
 */
export function dayAt({ since, now, dayRule, timeZone }: DayCount & { now: Date }): number {
  if (now <= since) return 1;
  if (dayRule === 'arrival') return Math.floor((now.getTime() - since.getTime()) / dayMs) + 1;
  return (civilDay(now, timeZone) - civilDay(since, timeZone)) / dayMs + 1;
}

/**
 * The moment at which day `day` (1 = day of arrival, begins with the arrival) begins;
 * for `allowedDays + 1` that is the moment black begins. `dayAt` of the result is `day`.
 * @throws RangeError when the time zone is unknown.
 */
export function dayStart({ since, day, dayRule, timeZone }: DayCount & { day: number }): Date {
  if (day <= 1) return since;
  if (dayRule === 'arrival') return new Date(since.getTime() + (day - 1) * dayMs);
  return firstMomentOf(civilDay(since, timeZone) + (day - 1) * dayMs, timeZone);
}

/** The civil date at `moment`, as `YYYY-MM-DD`. @throws RangeError when the time zone is unknown. */
export const civilDateAt = (moment: Date, timeZone: string): string =>
  new Date(civilDay(moment, timeZone)).toISOString().slice(0, 10);

/**
 * The first moment of a civil date (`YYYY-MM-DD`), `after` days later; negative: before.
 * @throws RangeError when the time zone is unknown.
 */
export const civilDateStart = (date: string, timeZone: string, after = 0): Date =>
  firstMomentOf(Date.parse(date) + after * dayMs, timeZone);

/** The first moment whose civil date is `date` (a UTC midnight standing for it) or later. */
function firstMomentOf(date: number, timeZone: string): Date {
  const guess = date - offsetAt(date - offsetAt(date, timeZone), timeZone);
  if (isFirst(guess, date, timeZone)) return new Date(guess);
  // Midnight does not exist or comes twice on this date: look for the change itself.
  let before = date - 15 * hourMs;
  let after = date + 15 * hourMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (civilDay(new Date(middle), timeZone) >= date) after = middle;
    else before = middle;
  }
  return new Date(after);
}

const isFirst = (moment: number, date: number, timeZone: string): boolean =>
  civilDay(new Date(moment), timeZone) === date && civilDay(new Date(moment - 1), timeZone) < date;

/** Midnight UTC, in ms, of the civil date that `moment` falls on in the time zone. */
function civilDay(moment: Date, timeZone: string): number {
  return Math.floor(wallClock(moment, timeZone) / dayMs) * dayMs;
}

const offsetAt = (moment: number, timeZone: string): number =>
  wallClock(new Date(moment), timeZone) - moment;

/** What a clock on the wall shows, written as if it were UTC, in ms. */
function wallClock(moment: Date, timeZone: string): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(moment))
    shown[type] = Number(value);
  const { year = 0, month = 1, day, hour, minute, second } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second, moment.getUTCMilliseconds());
}

/** By time zone: making a format costs a hundred times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}
