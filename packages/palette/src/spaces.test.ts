import { converter } from 'culori';
import { describe, expect, it } from 'vitest';
import { labFrom, oklabFrom, xyzFrom } from './spaces.ts';
import { codeOf, hexOf, linearRgbOf } from './srgb.ts';

const toLab = converter('lab65');
const toOklab = converter('oklab');
const SAMPLE = Array.from({ length: 4096 }, (_, i) => (i * 4099) % 0x1000000);

describe('colour spaces', () => {
  it('agree with culori in CIELAB and OKLab', () => {
    for (const code of SAMPLE) {
      const rgb = {
        mode: 'rgb',
        r: (code >> 16) / 255,
        g: ((code >> 8) & 255) / 255,
        b: (code & 255) / 255,
      } as const;
      const light = linearRgbOf(code);
      const lab = toLab(rgb);
      const [L, a, b] = labFrom(xyzFrom(light));
      expect(Math.max(Math.abs(L - lab.l), Math.abs(a - lab.a), Math.abs(b - lab.b))).toBeLessThan(
        1e-9,
      );
      const oklab = toOklab(rgb);
      const [l, c, d] = oklabFrom(light);
      expect(
        Math.max(Math.abs(l - oklab.l), Math.abs(c - oklab.a), Math.abs(d - oklab.b)),
      ).toBeLessThan(1e-9);
    }
  });
});

describe('hexadecimal colours', () => {
  it('come back as they went', () => {
    for (const code of SAMPLE) expect(codeOf(hexOf(code))).toBe(code);
  });

  it.each(['', 'red', '#fff', '#12345g', '123456', '#1234567'])('refuse "%s"', (text) => {
    expect(() => codeOf(text)).toThrow(/is not a colour: write # and six hexadecimal digits/);
  });
});
