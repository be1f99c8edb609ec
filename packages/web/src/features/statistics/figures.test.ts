import type { ZoneStatistics } from '@vigie/contracts/parking-statistics';
import { describe, expect, it } from 'vitest';
import { byOccupancy, lengthsOver, shareOf, together, townOf } from './figures.ts';

const zone = (zoneId: string, change: Partial<ZoneStatistics> = {}): ZoneStatistics => ({
  zoneId,
  zoneName: zoneId,
  spaces: 2,
  occupancy: [
    { occupiedMs: 10, observedMs: 20 },
    { occupiedMs: 0, observedMs: 20 },
  ],
  stays: 3,
  overstays: 1,
  ended: 2,
  lengthMs: { mean: 10, median: 10, p90: 10, longest: 10 },
  lengths: [1, 1],
  ...change,
});

describe('how full a zone was', () => {
  it.each([
    ['half', { occupiedMs: 1, observedMs: 2 }, 0.5],
    ['not at all', { occupiedMs: 0, observedMs: 2 }, 0],
    ['unknown where nobody looked', { occupiedMs: 0, observedMs: 0 }, null],
    ['never more than full', { occupiedMs: 3, observedMs: 2 }, 1],
  ])('is %s', (_name, time, share) => {
    expect(shareOf(time)).toBe(share);
  });

  it('weighs each moment by the spaces that were observed', () => {
    const parts = [
      { occupiedMs: 10, observedMs: 10 },
      { occupiedMs: 0, observedMs: 30 },
    ];
    expect(shareOf(together(parts))).toBe(0.25);
  });

  it('puts the fullest zone first and the unobserved last', () => {
    const full = zone('full', { occupancy: [{ occupiedMs: 1, observedMs: 1 }] });
    const unseen = zone('unseen', { occupancy: [{ occupiedMs: 0, observedMs: 0 }] });
    const order = byOccupancy([unseen, zone('usual'), full]).map(({ zoneId }) => zoneId);
    expect(order).toEqual(['full', 'usual', 'unseen']);
  });
});

describe('the zones together', () => {
  it('are summed, and their mean is weighed by their stays', () => {
    const other = zone('b', { ended: 6, lengthMs: { mean: 30, median: 1, p90: 1, longest: 1 } });
    expect(townOf([zone('a'), other])).toMatchObject({
      share: 0.25,
      spaces: 4,
      stays: 6,
      overstays: 2,
      ended: 8,
      meanMs: 25,
    });
    expect(lengthsOver([zone('a'), other])).toEqual([2, 2]);
  });

  it('have no mean without stays', () => {
    expect(townOf([zone('a', { ended: 0, lengthMs: null })]).meanMs).toBeNull();
    expect(lengthsOver([])).toEqual([]);
  });
});
