import { converter, filterDeficiencyProt } from 'culori';
import { describe, expect, it } from 'vitest';
import { seenAs, seenBy, VISIONS } from './colour-vision.ts';
import { linearRgbOf } from './srgb.ts';

const toLinear = converter('lrgb');

describe('colour vision', () => {
  it.each([
    { vision: 'protan', light: [1, 0, 0], seen: [0.152286, 0.114503, 0] },
    { vision: 'protan', light: [0, 0, 1], seen: [0, 0.099216, 1] },
    { vision: 'deutan', light: [0, 0.5, 0], seen: [0.430323, 0.3362505, 0.02147] },
    { vision: 'tritan', light: [0, 0.5, 0], seen: [0, 0.4654045, 0.3456835] },
    { vision: 'normal', light: [0.2, 0.3, 0.4], seen: [0.2, 0.3, 0.4] },
  ] as const)('shows linear light $light to $vision eyes as $seen', ({ vision, light, seen }) => {
    seenBy(vision, light).forEach((channel, c) => {
      expect(channel).toBeCloseTo(seen[c] as number, 9);
    });
  });

  it.each(VISIONS)('leaves greys grey for %s eyes', (vision) => {
    for (const channel of seenBy(vision, [0.25, 0.25, 0.25])) expect(channel).toBeCloseTo(0.25, 5);
  });

  it('acts on linear light, not on the encoded values that culori filters', () => {
    const orange = 0xd08020;
    const encoded = filterDeficiencyProt(1)({
      mode: 'rgb',
      r: 0xd0 / 255,
      g: 0x80 / 255,
      b: 0x20 / 255,
    });
    const filtered = toLinear(encoded);
    const [red, green] = seenBy('protan', linearRgbOf(orange));
    const light = toLinear({ mode: 'rgb', r: 0xd0 / 255, g: 0x80 / 255, b: 0x20 / 255 });
    expect(red).toBeCloseTo(0.152286 * light.r + 1.052583 * light.g - 0.204868 * light.b, 9);
    expect(green).toBeCloseTo(0.114503 * light.r + 0.786281 * light.g + 0.099216 * light.b, 9);
    expect(Math.abs(red - filtered.r)).toBeGreaterThan(0.01);
  });

  it('writes what is seen as a colour of a screen', () => {
    expect(seenAs('#d08020', 'normal')).toBe('#d08020');
    expect(seenAs('#000000', 'tritan')).toBe('#000000');
    // Red light 1 is seen as 0.152286, 0.114503, 0, encoded by the curve of sRGB.
    expect(seenAs('#ff0000', 'protan')).toBe('#6d5f00');
  });
});
