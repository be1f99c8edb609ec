import { describe, expect, it } from 'vitest';
import { cam16For, SRGB_VIEWING } from './cam16.ts';
import { D65, type Triple, xyzFrom } from './spaces.ts';

const WHITE_XYZ: Triple = [D65[0] * 100, 100, D65[2] * 100];

/** XYZ of white is 100; figures to the digits that were published. */
const PUBLISHED = [
  {
    name: 'the red of the Colour Science reference manual',
    viewing: { whiteXyz: [95.05, 100, 108.88], adaptingLuminance: 318.31, backgroundY: 20 },
    xyz: [20.654008, 12.197225, 5.136952],
    figures: { J: 33.880368498, C: 69.444353357, M: 72.186385341 },
    ucs: [46.55542238, 40.22460974, 14.25288392],
    digits: 7,
  },
  {
    name: 'the pure red of Material colour utilities',
    viewing: {
      whiteXyz: [95.047, 100, 108.883],
      adaptingLuminance: 11.725677948856951,
      backgroundY: 18.418651851244416,
    },
    xyz: [41.233895, 21.26, 1.932],
    figures: { J: 46.445, C: 113.357, M: 89.494 },
    digits: 2,
  },
  {
    name: 'the pure green of Material colour utilities',
    viewing: {
      whiteXyz: [95.047, 100, 108.883],
      adaptingLuminance: 11.725677948856951,
      backgroundY: 18.418651851244416,
    },
    xyz: [35.762064, 71.52, 11.916],
    figures: { J: 79.331, C: 108.41, M: 85.587 },
    digits: 2,
  },
] as const;

describe('CAM16', () => {
  it.each(PUBLISHED)('gives the published figures of $name', (row) => {
    const seen = cam16For(row.viewing)(row.xyz);
    for (const [name, figure] of Object.entries(row.figures)) {
      expect(seen[name as 'J' | 'C' | 'M'], name).toBeCloseTo(figure, row.digits);
    }
    if ('ucs' in row) {
      row.ucs.forEach((coordinate, c) => {
        expect(seen.ucs[c]).toBeCloseTo(coordinate, row.digits);
      });
    }
  });

  it('puts white at 100 and black at 0 under the light of the sRGB standard', () => {
    const cam16 = cam16For(SRGB_VIEWING);
    expect(cam16(WHITE_XYZ).ucs[0]).toBeCloseTo(100, 10);
    expect(cam16([0, 0, 0]).ucs).toEqual([0, 0, 0]);
  });

  it('agrees with the formula written out with the functions of Math', () => {
    const cam16 = cam16For(SRGB_VIEWING);
    for (let i = 0; i < 125; i++) {
      const light: Triple = [(i % 5) / 4, (Math.floor(i / 5) % 5) / 4, Math.floor(i / 25) / 4];
      const [x, y, z] = xyzFrom(light);
      const xyz: Triple = [x * 100, y * 100, z * 100];
      const expected = writtenOut(xyz);
      cam16(xyz).ucs.forEach((coordinate, c) => {
        expect(coordinate).toBeCloseTo(expected[c] as number, 9);
      });
    }
  });
});

/** CAM16-UCS for SRGB_VIEWING as the paper writes it, its constant 0.1 included. */
function writtenOut(xyz: Triple): Triple {
  const la = SRGB_VIEWING.adaptingLuminance;
  const k = 1 / (5 * la + 1);
  const fl = 0.2 * k ** 4 * 5 * la + 0.1 * (1 - k ** 4) ** 2 * Math.cbrt(5 * la);
  const d = 1 - Math.exp((-la - 42) / 92) / 3.6;
  const n = 0.2;
  const nbb = 0.725 / n ** 0.2;
  const cones = ([x, y, z]: Triple): number[] => [
    0.401288 * x + 0.650173 * y - 0.051461 * z,
    -0.250268 * x + 1.204414 * y + 0.045854 * z,
    -0.002079 * x + 0.048952 * y + 0.953127 * z,
  ];
  const white = cones(WHITE_XYZ);
  const adapted = (of: Triple): number[] =>
    cones(of).map((cone, i) => {
      const rgb = cone * (d * (100 / (white[i] as number)) + 1 - d);
      const f = ((fl * Math.abs(rgb)) / 100) ** 0.42;
      return (Math.sign(rgb) * 400 * f) / (f + 27.13) + 0.1;
    });
  const achromatic = ([r = 0, g = 0, b = 0]: number[]): number =>
    (2 * r + g + b / 20 - 0.305) * nbb;
  const response = adapted(xyz);
  const [r = 0, g = 0, b = 0] = response;
  const alpha = r - (12 * g) / 11 + b / 11;
  const beta = (r + g - 2 * b) / 9;
  const h = Math.atan2(beta, alpha);
  const J =
    100 *
    Math.max(0, achromatic(response) / achromatic(adapted(WHITE_XYZ))) **
      (0.69 * (1.48 + Math.sqrt(n)));
  const e = 0.25 * (Math.cos(h + 2) + 3.8);
  const t = ((50000 / 13) * nbb * e * Math.hypot(alpha, beta)) / (r + g + (21 * b) / 20);
  const M = t ** 0.9 * Math.sqrt(J / 100) * (1.64 - 0.29 ** n) ** 0.73 * fl ** 0.25;
  const uniform = Math.log(1 + 0.0228 * M) / 0.0228;
  return [(1.7 * J) / (1 + 0.007 * J), uniform * Math.cos(h), uniform * Math.sin(h)];
}
