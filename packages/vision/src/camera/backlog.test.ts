import { describe, expect, it } from 'vitest';
import { type Arrival, NO_BACKLOG, packetRead } from './backlog.ts';

const behindAfter = (arrivals: readonly Arrival[]): number =>
  arrivals.reduce(packetRead, NO_BACKLOG).behindMs;

/** `count` packets 40 ms long, from the given moment on. */
const packets = (
  from: { stamp: number; at: number },
  count: number,
  step: { at: number; waitedMs: number },
): Arrival[] =>
  Array.from({ length: count }, (_, i) => ({
    stamp: from.stamp + i * 40,
    at: from.at + i * step.at,
    waitedMs: step.waitedMs,
  }));

const live = { at: 40, waitedMs: 38 };
const atOnce = { at: 1, waitedMs: 0 };
const sound = packets({ stamp: 0, at: 0 }, 25, live);

describe('the delay of a live stream', () => {
  it.each([
    { name: 'at its live edge is none', later: [], behindMs: 0 },
    {
      name: 'grows while this machine reads too slowly',
      later: packets({ stamp: 1000, at: 1000 }, 51, { at: 60, waitedMs: 0 }),
      behindMs: 1000,
    },
    {
      name: 'is known at the first packet after a stall of the network',
      later: packets({ stamp: 1000, at: 5000 }, 1, { at: 0, waitedMs: 4000 }),
      behindMs: 4000,
    },
    {
      name: 'falls while the piled-up packets come at once',
      later: packets({ stamp: 1000, at: 5000 }, 51, atOnce).map((arrival, i) =>
        i === 0 ? { ...arrival, waitedMs: 4000 } : arrival,
      ),
      behindMs: 2050,
    },
    {
      name: 'is none when the camera itself had stood still',
      later: packets({ stamp: 1000, at: 5000 }, 2, live),
      behindMs: 0,
    },
    {
      name: 'is none after the time stamps jumped an hour forward',
      later: packets({ stamp: 3_600_000, at: 1000 }, 2, live),
      behindMs: 0,
    },
    {
      name: 'is none after they jumped an hour back',
      later: packets({ stamp: -3_600_000, at: 1000 }, 2, live),
      behindMs: 0,
    },
    {
      name: 'is none when 60 frames a second become one',
      later: [{ stamp: 1960, at: 1960, waitedMs: 998 }],
      behindMs: 0,
    },
    {
      name: 'is none for a camera whose clock runs slow',
      later: packets({ stamp: 1000, at: 1000 }, 500, { at: 41, waitedMs: 39 }),
      behindMs: 0,
    },
  ])('$name', ({ later, behindMs }) => {
    expect(behindAfter([...sound, ...later])).toBeCloseTo(behindMs, -1);
  });
});
