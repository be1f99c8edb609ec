import type { QuietHours } from '@vigie/contracts/parking';

const minuteMs = 60_000;
const dayMinutes = 1440;
/** No clock is put forward by more than this at once, so a jump that stops this early never misses the end. */
const carefulMinutes = 90;

/**
 * The first moment, to the minute, from `moment` on at which people may be written to: `moment` itself outside quiet hours,
 * else their end. `from` equal to `to` is no quiet time at all.
 */
export function awakeFrom(moment: Date, quietHours: QuietHours | null, timeZone: string): Date {
  if (!quietHours) return moment;
  const from = minuteOf(quietHours.from);
  const to = minuteOf(quietHours.to);
  const isQuiet = (minute: number): boolean =>
    from <= to ? from <= minute && minute < to : minute >= from || minute < to;
  const minuteAt = wallClockIn(timeZone);
  let at = moment;
  for (let minute = minuteAt(at); isQuiet(minute); minute = minuteAt(at)) {
    const left = (to - minute + dayMinutes) % dayMinutes;
    // In small steps at the end: where clocks change in the night, an hour is missing or comes twice.
    const jump = left > carefulMinutes + 1 ? left - carefulMinutes : 1;
    at = new Date(Math.floor(at.getTime() / minuteMs + jump) * minuteMs);
  }
  return at;
}

/** Of `HH:MM`, from midnight. */
function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** What a clock on the wall shows, from midnight. */
function wallClockIn(timeZone: string): (moment: Date) => number {
  const clock = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-GB', { ...clock, timeZone });
  return (moment) => minuteOf(format.format(moment));
}
