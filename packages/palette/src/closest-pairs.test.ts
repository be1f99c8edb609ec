import { describe, expect, it } from 'vitest';
import { closestPairs } from './closest-pairs.ts';
import { VISIONS } from './colour-vision.ts';
import { metricsOf } from './metrics.ts';
import { paletteFor } from './palette.ts';

describe('the closest pairs', () => {
  it.each(VISIONS)('begin with the least distance of the palette, seen with %s eyes', (vision) => {
    const { colours } = paletteFor(14);
    const [first, second] = closestPairs(colours, vision, 2);
    expect(first?.deltaE00).toBeCloseTo(metricsOf(colours).deltaE00[vision], 9);
    expect(second?.deltaE00).toBeGreaterThanOrEqual(first?.deltaE00 ?? Infinity);
    expect(second?.days).not.toEqual(first?.days);
  });

  it('name the days, counted from 1', () => {
    const [pair] = closestPairs(['#ff0000', '#00ff00', '#ff0101'], 'normal', 1);
    expect(pair?.days).toEqual([1, 3]);
  });

  it('are fewer where there are fewer', () => {
    expect(closestPairs(['#ff0000', '#000000'], 'normal', 5)).toHaveLength(1);
    expect(closestPairs(['#000000'], 'normal', 5)).toEqual([]);
  });
});
