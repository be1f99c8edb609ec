import * as z from 'zod';

const [earliest, latest] = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'].map(Date.parse) as [
  number,
  number,
];

/**
 * A moment in UTC as RFC 3339 text, e.g. `2026-03-29T01:00:00.000Z`; offsets are accepted on the way in. In the years 1 to 9999 in
 * UTC, too: no database takes others.
 */
export const Instant = z.iso.datetime({ offset: true }).refine((text) => {
  const at = Date.parse(text);
  return at >= earliest && at <= latest;
}, 'no moment in the years 1 to 9999');
export type Instant = z.infer<typeof Instant>;

/** Name of a time zone in the IANA database, e.g. `Europe/Paris`; a name that this machine does not know is refused. */
export const TimeZone = z.string().refine(isTimeZone, 'no IANA time zone, such as Europe/Paris');
export type TimeZone = z.infer<typeof TimeZone>;

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The clock that parking runs on. `rate` is seconds of parking time per second of real time:
 * 1 in a town, 17,280 in the demo (one day = 5 s). Browsers compute ages from it.
 */
export const ParkingClock = z.object({ now: Instant, rate: z.number().positive() });
export type ParkingClock = z.infer<typeof ParkingClock>;
