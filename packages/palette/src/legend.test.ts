import { describe, expect, it } from 'vitest';
import { legendSvg } from './legend.ts';
import { colourNames } from './names.ts';
import { paletteFor } from './palette.ts';

const PAGE_WIDTH = 210;
const PAGE_HEIGHT = 297;

describe('a legend', () => {
  it.each([1, 7, 14, 31, 60, 61])(
    'shows every day of %i once, with swatch, hex and both names',
    (days) => {
      const palette = paletteFor(days);
      const svg = legendSvg(palette);
      const names = colourNames(palette);
      expect([...svg.matchAll(/rx="[^"]+" fill="(#[0-9a-f]{6})"/g)].map(([, hex]) => hex)).toEqual(
        palette.colours,
      );
      expect(
        [...svg.matchAll(/font-weight="bold" text-anchor="end">([^<]+)</g)].map(([, day]) => day),
      ).toEqual([...Array.from({ length: days }, (_, i) => `${i + 1}`), `${days + 1}+`]);
      palette.colours.forEach((colour, i) => {
        expect(svg).toContain(`>${names[i]?.fr}</text>`);
        expect(svg).toMatch(new RegExp(`>${names[i]?.en}( · ${colour})?</text>`));
        expect(svg).toMatch(new RegExp(`${colour}</text>`));
      });
    },
  );

  it.each([1, 10, 33, 34, 61])('stays on its A4 page with %i days', (days) => {
    const svg = legendSvg(paletteFor(days));
    for (const [, x, y] of svg.matchAll(/ x="([\d.]+)" y="([\d.]+)"/g)) {
      expect(Number(x)).toBeLessThan(PAGE_WIDTH);
      expect(Number(y)).toBeLessThan(PAGE_HEIGHT - 4);
    }
  });

  it('is French and English, tells what black means, and names its version', () => {
    const palette = paletteFor(7);
    const svg = legendSvg(palette);
    expect(svg).toContain('7 jours autorisés, puis noir : durée dépassée');
    expect(svg).toContain('7 days allowed, then black: over time');
    expect(svg).toContain(palette.version);
    expect(legendSvg(paletteFor(1))).toContain('1 jour autorisé, puis noir');
  });
});
