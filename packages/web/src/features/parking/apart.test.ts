import { describe, expect, it } from 'vitest';
import { apartOf } from './apart.ts';

describe('a difference between two colours', () => {
  it.each([
    [39.8, 'clearly'],
    [10, 'clearly'],
    [9.99, 'besides'],
    [5, 'besides'],
    [4.99, 'hardly'],
    [2, 'hardly'],
    [1.99, 'not'],
    [0, 'not'],
  ])('of %d is felt: %s', (deltaE00, felt) => {
    expect(apartOf(deltaE00)).toBe(felt);
  });
});
