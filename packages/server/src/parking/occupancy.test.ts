import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bucket,
  bucketsOf,
  type Edges,
  type Presence,
  presentMs,
  stepOf,
} from './occupancy.ts';

const paris = { timeZone: 'Europe/Paris', now: new Date('2027-01-01T00:00Z') };
const hourMs = 3_600_000;

describe('the buckets of a period', () => {
  it.each([
    ['one day', '2026-01-10', '2026-01-10', 'hour', 24],
    ['the short day of March', '2026-03-29', '2026-03-29', 'hour', 23],
    ['the long day of October', '2026-10-25', '2026-10-25', 'hour', 25],
    ['eight days', '2026-01-01', '2026-01-08', 'hour', 192],
    ['nine days', '2026-01-01', '2026-01-09', 'day', 9],
    ['March with its short day', '2026-03-01', '2026-03-31', 'day', 31],
  ])('are for %s as many as it has', (_name, from, to, step, count) => {
    expect(stepOf({ from, to })).toBe(step);
    expect(bucketsOf({ from, to }, paris)).toHaveLength(count);
  });

  it('last 23 and 25 hours on the days on which the clocks change', () => {
    const hours = (from: string, to: string) =>
      bucketsOf({ from, to }, paris).map(({ from, until }) => (+until - +from) / hourMs);
    expect(hours('2026-03-25', '2026-04-02')).toEqual([24, 24, 24, 24, 23, 24, 24, 24, 24]);
    expect(hours('2026-10-20', '2026-10-28')).toEqual([24, 24, 24, 24, 24, 25, 24, 24, 24]);
  });

  it('end now, and there are none in the future', () => {
    const now = new Date('2026-01-10T12:30Z');
    const buckets = bucketsOf({ from: '2026-01-10', to: '2026-01-12' }, { ...paris, now });
    expect(buckets).toHaveLength(14);
    expect(buckets.at(-1)).toEqual({ from: new Date('2026-01-10T12:00Z'), until: now });
    expect(bucketsOf({ from: '2026-01-11', to: '2026-01-12' }, { ...paris, now })).toEqual([]);
  });

  it('follow each other without a gap, whatever the period', () => {
    fc.assert(
      fc.property(period, (dates) => {
        const buckets = bucketsOf(dates, paris);
        return buckets.every(
          ({ from, until }, index) =>
            from < until && (index === 0 || +from === Number(buckets[index - 1]?.until)),
        );
      }),
    );
  });
});

const date = fc
  .integer({ min: 0, max: 330 })
  .map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
const period = fc
  .tuple(date, date)
  .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const moment = fc.integer({ min: Date.UTC(2025, 11, 1), max: Date.UTC(2026, 11, 31) });
const span = fc.tuple(moment, moment).map(([a, b]) => ({
  since: new Date(Math.min(a, b)),
  until: new Date(Math.max(a, b)),
}));
type Span = typeof span extends fc.Arbitrary<infer S> ? S : never;

/** What the store does in SQL: where the edges of the spans lie. */
function presenceOf(spans: readonly Span[], buckets: readonly Bucket[]): Presence {
  const first = buckets[0]?.from ?? new Date(0);
  const end = buckets.at(-1)?.until ?? first;
  const met = spans.filter(({ since, until }) => since < end && until > first);
  const edgesAt = (moments: readonly Date[]) => {
    const edges = new Map<number, Edges>();
    for (const at of moments) {
      const index = buckets.findIndex(({ from, until }) => at >= from && at < until);
      if (index === -1) continue;
      const { count, offsetMs } = edges.get(index) ?? { count: 0, offsetMs: 0 };
      const offset = +at - +(buckets[index]?.from ?? 0);
      edges.set(index, { count: count + 1, offsetMs: offsetMs + offset });
    }
    return edges;
  };
  return {
    before: met.filter(({ since }) => since < first).length,
    begun: edgesAt(met.map(({ since }) => since)),
    ended: edgesAt(met.map(({ until }) => until)),
  };
}

const overlapMs = ({ since, until }: Span, bucket: Bucket): number =>
  Math.max(0, Math.min(+until, +bucket.until) - Math.max(+since, +bucket.from));

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('the time of presence', () => {
  it('is in each bucket what the spans have of it', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), period, (spans, dates) => {
        const buckets = bucketsOf(dates, paris);
        const expected = buckets.map((bucket) => sum(spans.map((one) => overlapMs(one, bucket))));
        expect(presentMs(buckets, presenceOf(spans, buckets))).toEqual(expected);
      }),
    );
  });

  it('adds up to the same, whatever the buckets, also over the nights on which the clocks change', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), period, (spans, dates) => {
        const fine = bucketsOf(dates, paris);
        const whole = fine.length === 0 ? [] : [{ from: fine[0]?.from, until: fine.at(-1)?.until }];
        const parts = presentMs(fine, presenceOf(spans, fine));
        const total = presentMs(whole as Bucket[], presenceOf(spans, whole as Bucket[]));
        expect(sum(parts)).toBe(sum(total));
      }),
    );
  });

  it('is never more than the buckets have room for', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), period, (spans, dates) => {
        const buckets = bucketsOf(dates, paris);
        return presentMs(buckets, presenceOf(spans, buckets)).every((ms, index) => {
          const { from, until } = buckets[index] as Bucket;
          return ms >= 0 && ms <= spans.length * (+until - +from);
        });
      }),
    );
  });
});
