import { describe, expect, it } from 'vitest';
import { bucketText, classLimits, percentText } from './format.ts';

const style = { language: 'fr', timeZone: 'Europe/Paris' } as const;

describe('the figures of the statistics in words', () => {
  it.each([
    [null, '—'],
    [0, '0 %'],
    [0.666, '67 %'],
  ])('the share %s is %s', (share, text) => {
    expect(percentText(share, 'fr').replace(/\s/g, ' ')).toBe(text);
  });

  it.each([
    ['day', 'jeudi 26 novembre'],
    ['hour', 'jeu. 26 nov., 00:00'],
  ] as const)('a bucket of one %s is %s', (step, text) => {
    expect(bucketText('2026-11-25T23:00:00Z', step, style)).toBe(text);
  });

  it.each([
    [0, { to: '1 h' }],
    [3, { from: '12 h', to: '1 j' }],
    [7, { from: '7 j', to: '14 j' }],
    [10, { from: '60 j' }],
  ])('class %d of the lengths lies between %s', (index, limits) => {
    expect(classLimits(index, 'fr')).toEqual(limits);
  });
});
