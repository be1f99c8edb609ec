import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastCostChoice } from './least-cost-choice.ts';
import { NAMED_COLOURS } from './names.table.ts';
import { colourNames } from './names.ts';
import { type Palette, paletteFor } from './palette.ts';
import type { HexString } from './srgb.ts';

function paletteOf(...days: HexString[]): Palette {
  return { allowedDays: days.length, version: '', colours: [...days, '#000000'] };
}

describe('names of colours', () => {
  it('are what a person would say', () => {
    const names = colourNames(paletteOf('#ff0000', '#00a000', '#0040ff', '#ffffff', '#808080'));
    expect(names.map(({ fr }) => fr)).toEqual(['rouge', 'vert', 'bleu', 'blanc', 'gris', 'noir']);
    expect(names.map(({ en }) => en)).toEqual(['red', 'green', 'blue', 'white', 'grey', 'black']);
  });

  it.each([1, 7, 14, 31])('are words without a number, each once, for %i days', (days) => {
    const names = colourNames(paletteFor(days));
    expect(new Set(names.map(({ fr }) => fr)).size).toBe(days + 1);
    expect(new Set(names.map(({ en }) => en)).size).toBe(days + 1);
    for (const { fr, en } of names) expect(`${fr}${en}`).not.toMatch(/\d/);
  });

  it('are numbered in the order of the days where colours share a word', () => {
    const reds = Array.from({ length: 32 }, (_, i): HexString => `#e60a${(16 + i).toString(16)}`);
    const names = colourNames(paletteOf('#ffffff', ...reds));
    expect(names[0]).toEqual({ fr: 'blanc', en: 'white' });
    expect(names[1]).toEqual({ fr: 'rouge 1', en: 'red 1' });
    expect(names[2]).toEqual({ fr: 'rouge 2', en: 'red 2' });
    expect(new Set(names.map(({ fr }) => fr)).size).toBe(34);
  });

  it.each([60, 61])('are all different for %i days', (days) => {
    const names = colourNames(paletteFor(days));
    expect(new Set(names.map(({ fr }) => fr)).size).toBe(days + 1);
    expect(new Set(names.map(({ en }) => en)).size).toBe(days + 1);
  });

  it('are in the table once each, and none is black', () => {
    expect(new Set(NAMED_COLOURS.map(([fr]) => fr)).size).toBe(NAMED_COLOURS.length);
    expect(new Set(NAMED_COLOURS.map(([, en]) => en)).size).toBe(NAMED_COLOURS.length);
    expect(NAMED_COLOURS.map(([fr]) => fr)).not.toContain('noir');
  });
});

describe('the choice at least cost', () => {
  it('costs as little as the best of all choices', () => {
    const cost = fc.integer({ min: 0, max: 50 });
    const square = fc.array(fc.tuple(cost, cost, cost, cost, cost), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(square, (costs) => {
        const choice = leastCostChoice(costs);
        expect(new Set(choice).size).toBe(costs.length);
        expect(total(costs, choice)).toBe(cheapest(costs, []));
      }),
    );
  });

  it('refuses more rows than columns', () => {
    expect(() => leastCostChoice([[1], [2]])).toThrow('There are fewer columns than rows.');
  });
});

function total(costs: readonly (readonly number[])[], choice: readonly number[]): number {
  return choice.reduce((sum, column, row) => sum + (costs[row]?.[column] as number), 0);
}

/** By trying all choices that begin with `taken`. */
function cheapest(costs: readonly (readonly number[])[], taken: number[]): number {
  if (taken.length === costs.length) return total(costs, taken);
  const free = [0, 1, 2, 3, 4].filter((column) => !taken.includes(column));
  return Math.min(...free.map((column) => cheapest(costs, [...taken, column])));
}
