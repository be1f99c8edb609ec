import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anneal } from './anneal.ts';
import { createColourTable } from './colour-table.ts';
import { farthestPoints, litGrid } from './farthest-points.ts';
import { metricsOf, objectiveOf } from './metrics.ts';
import { ordered } from './order.ts';
import { createPacking } from './packing.ts';
import { MOST_DAYS } from './palette.ts';
import { prngFrom } from './prng.ts';
import { liveEffort, packedColours, searchedColours } from './search.ts';
import { weightsFor } from './separation.ts';
import { hexOf } from './srgb.ts';

const effort = { seed: 5, steps: 3000, heat: 0.05, span: 85 };

function startOf(days: number) {
  const weights = weightsFor(days + 1);
  const table = createColourTable(weights);
  const start = farthestPoints(litGrid(6, table), days, weights, table);
  return { start, packing: createPacking(start, weights, table) };
}

describe('farthest points', () => {
  it('refuse to pick more colours than there are', () => {
    const weights = weightsFor(4);
    const table = createColourTable(weights);
    expect(() => farthestPoints([0xffffff], 3, weights, table)).toThrow(
      '3 colours were asked of 1 candidates.',
    );
  });

  it('refuse colours too dark for a day', () => {
    const weights = weightsFor(2);
    const table = createColourTable(weights);
    expect(() => farthestPoints([0x000010], 1, weights, table)).toThrow(/too dark for a day/);
  });
});

describe('a packing', () => {
  it('knows its least distance after any moves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (days, seed) => {
        const { packing } = startOf(days);
        const random = prngFrom(seed);
        for (let i = 0; i < 200; i++) {
          packing.tryMove(random.below(days), random.below(0x1000000), packing.least() / 2);
        }
        expect(Math.sqrt(packing.least())).toBeCloseTo(objectiveOf([...packing.codes, 0]), 6);
      }),
      { numRuns: 25 },
    );
  });

  it('takes no move that brings a colour nearer than the limit, and none into the dark', () => {
    const { start, packing } = startOf(7);
    expect(packing.tryMove(0, start[1] as number, 1)).toBe(false);
    expect(packing.tryMove(0, 0x000020, 0)).toBe(false);
    expect(Array.from(packing.codes)).toEqual(start);
  });

  it('refuses colours too dark for a day', () => {
    const weights = weightsFor(2);
    expect(() => createPacking([0x000010], weights, createColourTable(weights))).toThrow(
      /too dark/,
    );
  });
});

describe('annealing', () => {
  it.each([1, 2, 7, 20, 50])('never ends below its start, for %i days', (days) => {
    const { start, packing } = startOf(days);
    const before = objectiveOf([...start, 0]);
    const after = objectiveOf([...anneal(packing, effort, prngFrom(1)), 0]);
    expect(after).toBeGreaterThanOrEqual(before);
  });

  it('reports its progress from 0 on', () => {
    const { packing } = startOf(3);
    const seen: number[] = [];
    anneal(
      packing,
      { ...effort, steps: 140_000, onProgress: (done) => seen.push(done) },
      prngFrom(1),
    );
    expect(seen).toHaveLength(3);
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBeLessThan(1);
  });
});

describe('a search', () => {
  it('finds the same colours for the same effort and others for another seed', () => {
    const colours = searchedColours(9, effort);
    expect(searchedColours(9, effort)).toEqual(colours);
    expect(searchedColours(9, { ...effort, seed: 6 })).not.toEqual(colours);
  });

  it.each([0, 1, 2, 3])(
    'finds as many colours as days, all different, none dark, for every length of period (part %i of 4)',
    { timeout: 60_000 },
    (part) => {
      const { rowOf } = createColourTable(weightsFor(2));
      for (let days = 1 + part; days <= MOST_DAYS; days += 4) {
        const colours = packedColours(days, { ...liveEffort(days), steps: 20 });
        expect(colours, `${days} days`).toHaveLength(days);
        expect(new Set(colours).size, `${days} days`).toBe(days);
        expect(colours.every((colour) => rowOf(colour) >= 0)).toBe(true);
      }
    },
  );
});

describe('the order of the days', () => {
  it.each([2, 3, 5, 7])('has steps as large as any order of %i days has', (days) => {
    const colours = searchedColours(days, effort);
    const best = Math.max(...permutations(colours).map(leastStep));
    expect(leastStep(ordered(colours))).toBeCloseTo(best, 9);
  });

  it('keeps every colour', () => {
    const colours = searchedColours(20, effort);
    expect([...ordered(colours)].sort()).toEqual([...colours].sort());
  });
});

function leastStep(codes: readonly number[]): number {
  const { consecutiveDeltaE00 } = metricsOf([...codes.map(hexOf), '#000000']);
  return Math.min(...Object.values(consecutiveDeltaE00));
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
