import { civilDateStart } from '@vigie/contracts/parking-days';
import type { StatisticsQuery, StatisticsStep } from '@vigie/contracts/parking-statistics';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Longest period that is shown by the hour, in civil days: 192 points. */
const mostDaysByHour = 8;

/** A stretch of time, `until` excluded. */
export interface Bucket {
  from: Date;
  until: Date;
}

/** By the hour while that can still be seen, by the day beyond. */
export function stepOf({ from, to }: Pick<StatisticsQuery, 'from' | 'to'>): StatisticsStep {
  return Date.parse(to) - Date.parse(from) < mostDaysByHour * dayMs ? 'hour' : 'day';
}

/**
 * The buckets of a period, in order and without a gap. Hours are counted from each midnight, so that the nights on which the
 * clocks change have 23 or 25; the last bucket ends at `now`, and none begins after it.
 * @throws RangeError when the time zone is unknown.
 */
export function bucketsOf(
  period: Pick<StatisticsQuery, 'from' | 'to'>,
  { timeZone, now }: { timeZone: string; now: Date },
): Bucket[] {
  const step = stepOf(period);
  const buckets: Bucket[] = [];
  for (let day = 0; ; day++) {
    const from = civilDateStart(period.from, timeZone, day);
    if (from >= civilDateStart(period.to, timeZone, 1) || from >= now) return buckets;
    const until = civilDateStart(period.from, timeZone, day + 1);
    buckets.push(...(step === 'day' ? [{ from, until }] : hoursOf({ from, until })).flatMap(past));
  }

  function past({ from, until }: Bucket): Bucket[] {
    return from < now ? [{ from, until: until < now ? until : now }] : [];
  }
}

function hoursOf({ from, until }: Bucket): Bucket[] {
  const count = Math.ceil((until.getTime() - from.getTime()) / hourMs);
  return Array.from({ length: count }, (_, hour) => {
    const start = from.getTime() + hour * hourMs;
    const end = Math.min(start + hourMs, until.getTime());
    return { from: new Date(start), until: new Date(end) };
  });
}

/** Beginnings or ends of spans that lie in one bucket: how many, and how long after its beginning, in ms, summed. */
export interface Edges {
  count: number;
  offsetMs: number;
}

/** Spans of presence as they meet the buckets. Maps by index of the bucket; an index without edges may be missing. */
export interface Presence {
  /** Spans that had begun before the first bucket and went on into it. */
  before: number;
  begun: ReadonlyMap<number, Edges>;
  ended: ReadonlyMap<number, Edges>;
}

/**
 * The time of presence in each bucket, in ms, summed over the spans: those that are there at its beginning count whole, those
 * that begin within it count for the rest of it, and from those that end the rest is taken away.
 */
export function presentMs(
  buckets: readonly Bucket[],
  { before, begun, ended }: Presence,
): number[] {
  let present = before;
  return buckets.map(({ from, until }, index) => {
    const lengthMs = until.getTime() - from.getTime();
    const came = begun.get(index) ?? none;
    const left = ended.get(index) ?? none;
    const restMs = (edges: Edges) => edges.count * lengthMs - edges.offsetMs;
    const sum = present * lengthMs + restMs(came) - restMs(left);
    present += came.count - left.count;
    return sum;
  });
}

const none: Edges = { count: 0, offsetMs: 0 };
