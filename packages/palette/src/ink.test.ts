import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inkOn, luminanceOf } from './ink.ts';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((code) => `#${code.toString(16).padStart(6, '0')}`);

const contrast = (a: string, b: string) => {
  const [dark = 0, light = 0] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe('the number on a colour', () => {
  it('can be read on every colour there is (4.5:1)', () => {
    fc.assert(fc.property(colour, (hex) => contrast(hex, inkOn(hex)) >= 4.5));
  });

  it.each([
    ['white', '#ffffff', '#000000'],
    ['black', '#000000', '#ffffff'],
    ['a strong yellow', '#ffe600', '#000000'],
    ['a deep blue', '#0022aa', '#ffffff'],
  ])('is written on %s in the other extreme', (_name, hex, ink) => {
    expect(inkOn(hex)).toBe(ink);
  });
});
