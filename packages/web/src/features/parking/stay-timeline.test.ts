import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timelineOf } from './stay-timeline.ts';

const dayMs = 86_400_000;
const since = '2026-03-25T10:00:00.000Z';
const legend = ['#111111', '#222222', '#333333', '#000000'].map((colour, index) => ({
  day: index + 1,
  colour,
  nameFr: colour,
  nameEn: colour,
}));
const zone = { allowedDays: 3, dayRule: 'arrival', timeZone: 'Europe/Paris' } as const;
const at = (days: number) => new Date(Date.parse(since) + days * dayMs).toISOString();
const options = (days: number) => ({ zone, legend, nowMs: Date.parse(at(days)) });

describe('the strip of a stay', () => {
  it.each([
    ['in its first day', 0.5, ['#111111']],
    ['at the very end of its first day', 1, ['#111111']],
    ['in its third day', 2.5, ['#111111', '#222222', '#333333']],
    ['in black, which is one stretch', 9, ['#111111', '#222222', '#333333', '#000000']],
    ['before its beginning by a wrong clock', -1, ['#111111']],
  ])('has a colour a day %s', (_name, days, colours) => {
    const { days: parts, blackMs } = timelineOf({ since, until: null, gaps: [] }, options(days));
    expect(parts.map(({ colour }) => colour)).toEqual(colours);
    expect(blackMs).toBe(colours.length === 4 ? Date.parse(at(3)) : undefined);
  });

  it('ends with the stay', () => {
    const { untilMs, days } = timelineOf({ since, until: at(2), gaps: [] }, options(90));
    expect(untilMs).toBe(Date.parse(at(2)));
    expect(days).toHaveLength(2);
  });

  it('has a short day in the night on which the clocks change, by the midnight rule', () => {
    const midnight = {
      ...options(6),
      zone: { ...zone, allowedDays: 9, dayRule: 'midnight' } as const,
    };
    const { days } = timelineOf({ since, until: null, gaps: [] }, midnight);
    const hours = days.map(({ width }) => Math.round(width * 6 * 24));
    expect(hours.slice(1, -1)).toEqual([24, 24, 24, 23, 24]);
  });

  it.each([
    ['one in the middle', { from: at(1), until: at(2) }, [[0.25, 0.25, false]]],
    ['one that goes on', { from: at(3), until: null }, [[0.75, 0.25, true]]],
    ['one that began before', { from: at(-1), until: at(1) }, [[0, 0.25, false]]],
    ['none of another stay', { from: at(-2), until: at(-1) }, []],
  ])('shows of the silent times %s', (_name, gap, expected) => {
    const { gaps } = timelineOf({ since, until: null, gaps: [gap] }, options(4));
    expect(gaps.map(({ start, width, goesOn }) => [start, width, goesOn])).toEqual(expected);
  });

  it('is filled by its days, without a hole', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 30, noNaN: true }),
        fc.constantFrom('arrival', 'midnight'),
        (length, dayRule) => {
          const given = { ...options(length), zone: { ...zone, dayRule } };
          const { days } = timelineOf({ since, until: null, gaps: [] }, given);
          let reached = 0;
          for (const { start, width } of days) {
            expect(start).toBeCloseTo(reached, 9);
            expect(width).toBeGreaterThan(0);
            reached = start + width;
          }
          expect(reached).toBeCloseTo(1, 9);
        },
      ),
    );
  });
});
