/**
 * The moment at which clocks in a time zone (IANA) show `YYYY-MM-DDTHH:MM`. A time that a change of the clocks leaves out is
 * read as if the change had not come yet; of one that comes twice the first counts. `undefined` when it is no such text.
 */
export function momentOnWall(text: string, timeZone: string): Date | undefined {
  // A browser makes a date of nearly anything.
  const wanted = isWritten.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN;
  if (Number.isNaN(wanted)) return undefined;
  const offsets = [-dayMs, dayMs].map((shift) => offsetAt(wanted + shift, timeZone));
  const candidates = offsets.map((offset) => wanted - offset);
  const right = candidates.filter((at) => at + offsetAt(at, timeZone) === wanted);
  const [first = wanted] = right.length > 0 ? right.toSorted((a, b) => a - b) : candidates;
  return new Date(first);
}

/** What clocks in a time zone show at a moment, as `YYYY-MM-DDTHH:MM`: the value of a field for date and time. */
export const wallText = (at: Date, timeZone: string): string =>
  new Date(at.getTime() + offsetAt(at.getTime(), timeZone)).toISOString().slice(0, 16);

/**
 * The same hour of the wall so many calendar months later, cut to the minute; on the last day where that month is shorter.
 */
export function monthsAfter(at: Date, months: number, timeZone: string): Date {
  const [date = '', hour = ''] = wallText(at, timeZone).split('T');
  const day = Number(date.slice(8));
  const first = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months + 1, 0);
  const last = first.getUTCDate();
  first.setUTCDate(Math.min(day, last));
  // Its text was made here, so it is one.
  return momentOnWall(`${first.toISOString().slice(0, 10)}T${hour}`, timeZone) as Date;
}

const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;
const dayMs = 86_400_000;

/** How far the wall is ahead of UTC, in ms. */
function offsetAt(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return Date.parse(`${format.format(atMs).replace(' ', 'T')}Z`) - Math.floor(atMs / 1000) * 1000;
}
