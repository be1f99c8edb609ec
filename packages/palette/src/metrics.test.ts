import { converter, differenceCiede2000, type Rgb } from 'culori';
import { describe, expect, it } from 'vitest';
import { metricsOf } from './metrics.ts';
import { paletteFor } from './palette.ts';

const toLinear = converter('lrgb');
const deltaE00 = differenceCiede2000();

describe('the figures of a palette', () => {
  it.each([1, 7, 31])('are those that culori gives for %i days', (days) => {
    const { colours } = paletteFor(days);
    const metrics = metricsOf(colours);
    expect(metrics.deltaE00.normal).toBeCloseTo(leastOf(colours, rgbOf), 8);
    expect(metrics.deltaE00.deutan).toBeCloseTo(leastOf(colours, deutan), 8);
  });

  it('take the least of each kind', () => {
    const { deltaE00, worstDeficiencyDeltaE00, consecutiveDeltaE00 } = metricsOf(
      paletteFor(14).colours,
    );
    const { normal, ...deficiencies } = deltaE00;
    expect(worstDeficiencyDeltaE00).toBe(Math.min(...Object.values(deficiencies)));
    expect(consecutiveDeltaE00.normal).toBeGreaterThanOrEqual(normal);
  });

  it('look at neighbours in the order given, not at the first and the last', () => {
    const { consecutiveDeltaE00 } = metricsOf(['#ff0000', '#00ff00', '#ff0101', '#000000']);
    expect(consecutiveDeltaE00.normal).toBeGreaterThan(40);
    expect(metricsOf(['#ff0000', '#ff0101', '#00ff00']).consecutiveDeltaE00.normal).toBeLessThan(1);
  });

  it('are zero for a colour that comes twice', () => {
    expect(metricsOf(['#808080', '#ff0000', '#808080']).objective).toBe(0);
  });

  it('refuse what is not a colour', () => {
    expect(() => metricsOf(['#000000', 'black'])).toThrow('"black" is not a colour');
  });
});

function leastOf(colours: readonly string[], see: (colour: string) => Rgb): number {
  const seen = colours.map(see);
  return Math.min(
    ...seen.flatMap((one, i) => seen.slice(i + 1).map((other) => deltaE00(one, other))),
  );
}

function rgbOf(colour: string): Rgb {
  const code = Number.parseInt(colour.slice(1), 16);
  return {
    mode: 'rgb',
    r: (code >> 16) / 255,
    g: ((code >> 8) & 255) / 255,
    b: (code & 255) / 255,
  };
}

/** Machado 2009 on linear light, written out with culori's own conversions. */
function deutan(colour: string): Rgb {
  const { r, g, b } = toLinear(rgbOf(colour));
  const seen = [
    0.367322 * r + 0.860646 * g - 0.227968 * b,
    0.280085 * r + 0.672501 * g + 0.047413 * b,
    -0.01182 * r + 0.04294 * g + 0.968881 * b,
  ].map((channel) => Math.min(1, Math.max(0, channel)));
  return converter('rgb')({ mode: 'lrgb', r: seen[0] ?? 0, g: seen[1] ?? 0, b: seen[2] ?? 0 });
}
