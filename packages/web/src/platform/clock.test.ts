import { describe, expect, it } from 'vitest';
import { parkingTime, skewFrom } from './clock.ts';

describe('the parking clock', () => {
  it.each([
    ['at the speed of real time in a town', 1, 10_000, '2026-03-01T00:00:10.000Z'],
    ['a day in five seconds in the demo', 17_280, 5000, '2026-03-02T00:00:00.000Z'],
    ['back to before it was read', 1, -1000, '2026-02-28T23:59:59.000Z'],
  ])('runs %s', (_name, rate, elapsed, time) => {
    const reading = { clock: { now: '2026-03-01T00:00:00Z', rate }, takenAtMs: 5_000_000 };
    expect(new Date(parkingTime(reading, 5_000_000 + elapsed)).toISOString()).toBe(time);
  });
});

describe('the difference to the server’s clock', () => {
  const noon = 1_700_000_000_000;
  it.each([
    ['none, when the header can explain it', noon, noon + 900, noon + 950, 0],
    ['none, when the answer was slow', noon + 4000, noon, noon + 9000, 0],
    ['a workplace that is two minutes behind', noon + 120_000, noon, noon + 100, 120_450],
    ['a workplace that is an hour ahead', noon - 3_600_000, noon, noon + 100, -3_599_550],
  ])('is %s', (_name, server, sent, received, skew) => {
    expect(skewFrom(server, sent, received)).toBe(skew);
  });
});
