import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_LIGHTNESS } from './colour-table.ts';
import { metricsOf } from './metrics.ts';
import { colourOf, liveColours, paletteFor, shippedColours } from './palette.ts';
import { SHIPPED } from './tables/shipped.ts';
import { versionOf } from './version.ts';

const SHIPPED_DAYS = Object.keys(SHIPPED).map(Number);
/** Of the numbers without a table, some: a live search takes seconds. */
const LIVE_DAYS = [63, 150, 364];

describe('a palette', () => {
  it.each([...SHIPPED_DAYS, ...LIVE_DAYS])('of %i days is lawful', (days) => {
    const { allowedDays, version, colours } = paletteFor(days);
    expect(allowedDays).toBe(days);
    expect(colours).toHaveLength(days + 1);
    expect(new Set(colours).size).toBe(days + 1);
    expect(colours.indexOf('#000000')).toBe(days);
    for (const colour of colours) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
    expect(metricsOf(colours).leastLightness).toBeGreaterThanOrEqual(LEAST_LIGHTNESS);
    expect(version).toBe(versionOf(colours));
  });

  it('is the same object for the same number', () => {
    expect(paletteFor(7)).toBe(paletteFor(7));
  });

  it('cannot be changed by those who use it', () => {
    const { colours } = paletteFor(7);
    expect(() => Object.assign(colours, { 0: '#ffffff' })).toThrow(TypeError);
  });

  it.each([0, -1, 367, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'is refused for %d days',
    (days) => {
      expect(() => paletteFor(days)).toThrow(RangeError);
      expect(() => paletteFor(days)).toThrow(`whole number of days from 1 to 366, not ${days}`);
    },
  );
});

describe('the colour of a day', () => {
  it('is that of the palette, and black beyond it', () => {
    const palette = paletteFor(7);
    expect(colourOf(palette, 1)).toBe(palette.colours[0]);
    expect(colourOf(palette, 7)).toBe(palette.colours[6]);
    expect(colourOf(palette, 8)).toBe('#000000');
    expect(colourOf(palette, 4000)).toBe('#000000');
  });

  it.each([0, -1, 1.5, Number.NaN])('is refused for day %d', (day) => {
    expect(() => colourOf(paletteFor(7), day)).toThrow(RangeError);
  });
});

describe('the version of a palette', () => {
  it('changes with every digit, and with the order', () => {
    const colours = paletteFor(14).colours;
    const seen = new Set([versionOf(colours), versionOf([...colours].reverse())]);
    const digit = fc.tuple(
      fc.nat(13),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 15 }),
    );
    fc.assert(
      fc.property(digit, ([day, place, shift]) => {
        const changed = colours.map((colour, i) =>
          i === day ? turned(colour, place, shift) : colour,
        );
        expect(versionOf(changed)).not.toBe(versionOf(colours));
      }),
    );
    expect(seen.size).toBe(2);
  });

  it.each([
    { days: 63, version: '63-a09ba10ab1930c20' },
    { days: 150, version: '150-2aec5b6bac7056ad' },
  ])('of $days days, searched live, is the one every released bollard has', ({ days, version }) => {
    expect(paletteFor(days).version).toBe(version);
  });
});

/** Needed: what has been promised. Colours include black; ΔE00, worst deficiency, CAM16-UCS. */
const PROMISED = [
  { days: 7, deltaE00: 39, deficiency: 16, cam16: 41 },
  { days: 14, deltaE00: 29, deficiency: 11.5, cam16: 30 },
  { days: 31, deltaE00: 19.5, deficiency: 7.8, cam16: 20.5 },
  { days: 60, deltaE00: 14.5, deficiency: 5.8, cam16: 15.2 },
  { days: 61, deltaE00: 14.5, deficiency: 5.8, cam16: 15.2 },
];
const STRIKING = 32;

describe('the shipped tables', () => {
  it.each(PROMISED)('keep the colours of $days days as far apart as promised', (promised) => {
    const reached = metricsOf(paletteFor(promised.days).colours);
    expect(reached.deltaE00.normal).toBeGreaterThanOrEqual(promised.deltaE00);
    expect(reached.worstDeficiencyDeltaE00).toBeGreaterThanOrEqual(promised.deficiency);
    expect(reached.cam16Ucs.normal).toBeGreaterThanOrEqual(promised.cam16);
  });

  it.each(SHIPPED_DAYS)(
    'change strikingly from each day to the next, for all eyes, in %i days',
    (days) => {
      const { consecutiveDeltaE00 } = metricsOf(paletteFor(days).colours);
      for (const deltaE of Object.values(consecutiveDeltaE00)) {
        expect(deltaE).toBeGreaterThanOrEqual(STRIKING);
      }
    },
  );

  it.each([7, 31, 61])('are approached to nine tenths by a live search, for %i days', (days) => {
    const live = metricsOf([...liveColours(days), '#000000']).objective;
    const long = metricsOf([...(shippedColours(days) ?? []), '#000000']).objective;
    expect(live / long).toBeGreaterThanOrEqual(0.9);
    expect(live / long).toBeLessThanOrEqual(1);
  });
});

/** The colour with one hexadecimal digit moved on by 1 … 15. */
function turned(colour: string, place: number, shift: number): string {
  const digit = (Number.parseInt(colour.charAt(place), 16) + shift) % 16;
  return colour.slice(0, place) + digit.toString(16) + colour.slice(place + 1);
}
