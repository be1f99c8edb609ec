import { describe, expect, it } from 'vitest';
import { healthOf, judgeView, SIGHTED, type Signs } from './health.ts';

const well: Signs = {
  now: 100_000,
  staleMs: 3000,
  hasModel: true,
  isLost: false,
  waitingSince: 0,
  newestFrameAt: 99_800,
  newestLookAt: 99_800,
  unchangedMs: 0,
  sightedness: SIGHTED,
  hasCount: true,
};

describe('the health of a camera', () => {
  it.each([
    { name: 'counted lately', signs: {}, is: 'ok' },
    { name: 'counted as long ago as is allowed', signs: { newestLookAt: 97_000 }, is: 'ok' },
    { name: 'counted too long ago', signs: { newestLookAt: 96_999 }, is: 'late' },
    { name: 'without weights', signs: { hasModel: false }, is: 'no-model' },
    { name: 'with a broken stream', signs: { isLost: true }, is: 'lost' },
    {
      name: 'just switched on',
      signs: { waitingSince: 99_000, newestFrameAt: undefined, newestLookAt: undefined },
      is: 'starting',
    },
    {
      name: 'silent since it was switched on',
      signs: { waitingSince: 96_000, newestFrameAt: undefined, newestLookAt: undefined },
      is: 'lost',
    },
    {
      name: 'whose frames come but are never counted',
      signs: { waitingSince: 96_000, newestLookAt: undefined },
      is: 'late',
    },
    { name: 'seeing nobody, not yet settled', signs: { hasCount: false }, is: 'starting' },
    { name: 'with the same picture for ten seconds', signs: { unchangedMs: 10_000 }, is: 'frozen' },
    { name: 'with the same picture for a moment', signs: { unchangedMs: 2000 }, is: 'ok' },
    {
      name: 'in the dark',
      signs: { sightedness: { blind: 'dark', until: 0 } as const },
      is: 'dark',
    },
    {
      name: 'dark and late',
      signs: { sightedness: { blind: 'dark', until: 0 } as const, newestLookAt: 0 },
      is: 'late',
    },
  ])('$name is $is', ({ signs, is }) => {
    expect(healthOf({ ...well, ...signs })).toBe(is);
  });
});

describe('whether a camera can see', () => {
  const room = { meanLuma: 110, spread: 40 };
  const night = { meanLuma: 6, spread: 9 };
  const hand = { meanLuma: 90, spread: 3 };

  it('is denied at once', () => {
    expect(judgeView(SIGHTED, night, 0, 1000).blind).toBe('dark');
    expect(judgeView(SIGHTED, hand, 0, 1000).blind).toBe('covered');
    expect(judgeView(SIGHTED, room, 0, 1000).blind).toBeUndefined();
  });

  it('is believed again after a second of good pictures', () => {
    const blind = judgeView(SIGHTED, night, 0, 1000);
    expect(judgeView(blind, room, 0, 1900).blind).toBe('dark');
    expect(judgeView(blind, room, 0, 2000).blind).toBeUndefined();
  });

  it('is proved by a person who is seen', () => {
    expect(judgeView(SIGHTED, night, 1, 1000).blind).toBeUndefined();
  });
});
