import { civilDateAt } from '@vigie/contracts/parking-days';
import { StatisticsQuery } from '@vigie/contracts/parking-statistics';

/** Lengths offered, in civil days, today included. */
export const periodDays = [7, 30, 90, 365] as const;

/** What is looked at, as it stands in the address: the last `days`, or own dates, of one zone or of all. */
export interface StatisticsSearch {
  days?: (typeof periodDays)[number];
  from?: string;
  to?: string;
  zone?: string;
}

/** A search as it stands in an address; what is none is left out, and 30 days are shown when nothing is left. */
export function readSearch(search: Record<string, unknown>): StatisticsSearch {
  const zone = typeof search.zone === 'string' && search.zone ? { zone: search.zone } : {};
  const days = periodDays.find((one) => one === search.days);
  if (days !== undefined) return { days, ...zone };
  const own = StatisticsQuery.safeParse({ from: search.from, to: search.to });
  return own.success ? { from: own.data.from, to: own.data.to, ...zone } : { days: 30, ...zone };
}

/** The civil dates of a search, both included. `nowMs` on the parking clock. */
export function datesOf(
  { days = 30, from, to }: StatisticsSearch,
  nowMs: number,
  timeZone: string,
): { from: string; to: string } {
  if (from !== undefined && to !== undefined) return { from, to };
  const today = civilDateAt(new Date(nowMs), timeZone);
  const first = new Date(Date.parse(today) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from: first, to: today };
}
