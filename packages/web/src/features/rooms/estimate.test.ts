import { describe, expect, it } from 'vitest';
import { estimateTexts } from './estimate.ts';

describe('a measured figure', () => {
  it.each([
    ['people', 'fr', { value: 0.44, low: 0.1, high: 1 }, { value: '0,4', low: '0,1', high: '1' }],
    [
      'people',
      'en',
      { value: -0.44, low: -1.2, high: 0 },
      { value: '−0.4', low: '−1.2', high: '0' },
    ],
    [
      'people',
      'en',
      { value: -0.01, low: -0.2, high: 0.2 },
      { value: '0', low: '−0.2', high: '0.2' },
    ],
    ['share', 'en', { value: 0.055, low: 0, high: 0.161 }, { value: '6%', low: '0%', high: '16%' }],
  ] as const)('in %s is written in %s', (unit, language, estimate, is) => {
    expect(estimateTexts(estimate, unit, language)).toEqual(is);
  });
});
