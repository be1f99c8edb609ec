import type { Headcount } from '@vigie/contracts/vision';
import { describe, expect, it } from 'vitest';
import { type Said, saidAt, withWord } from './said.ts';

const start = Date.parse('2026-11-24T10:00:00.000Z');
const staleMs = 3000;

/** A headcount of `atMs` after the start, published `ageMs` later. */
const word = (atMs: number, count: number | null, change: Partial<Headcount> = {}): Headcount => ({
  v: 1,
  at: new Date(start + atMs).toISOString(),
  count,
  min: count,
  max: count,
  health: 'ok',
  warnings: [],
  fps: 5,
  ageMs: 100,
  worker: 'w',
  ...change,
});

const heard = (words: readonly Headcount[]): readonly Said[] =>
  words.reduce<readonly Said[]>(withWord, []);
const countAt = (said: readonly Said[], ms: number) => saidAt(said, start + ms, staleMs)?.count;

describe('what a camera said of a moment', () => {
  const said = heard([word(0, 2), word(1000, 2), word(2000, 3), word(3000, 3)]);

  it.each([
    { name: 'between two of the same word', ms: 500, is: 2 },
    { name: 'just before another word', ms: 1999, is: 2 },
    { name: 'at the picture that changed it', ms: 2000, is: 3 },
    { name: 'a moment after the newest', ms: 4000, is: 3 },
    { name: 'before everything', ms: -1, is: undefined },
    { name: 'long after it fell silent', ms: 7000, is: null },
  ])('$name: $is', ({ ms, is }) => {
    expect(countAt(said, ms)).toBe(is);
  });

  it('is "lost" in a silence, although it said the same before and after', () => {
    const silent = heard([word(0, 2), word(60_000, 2)]);
    expect(saidAt(silent, start + 30_000, staleMs)).toMatchObject({ count: null, health: 'lost' });
    expect(countAt(silent, 60_500)).toBe(2);
  });

  it('is blind from when that was said, not from its last counted picture', () => {
    const blind = word(0, null, { health: 'covered', ageMs: 2000 });
    const said = heard([word(0, 2), word(1000, 2), blind]);
    expect(countAt(said, 1500)).toBe(2);
    expect(saidAt(said, start + 2100, staleMs)).toMatchObject({ count: null, health: 'covered' });
  });

  it('is not changed by a word that comes late', () => {
    expect(heard([word(0, 2), word(2000, 3), word(1000, 9)])).toEqual(
      heard([word(0, 2), word(2000, 3)]),
    );
  });

  it('is forgotten after two hours', () => {
    const said = heard([word(0, 1), word(3_600_000, 2), word(7_300_000, 3)]);
    expect(countAt(said, 500)).toBeUndefined();
    expect(countAt(said, 3_600_500)).toBe(2);
  });
});
