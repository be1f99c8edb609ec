import type { Light } from '@vigie/palette';
import { describe, expect, it } from 'vitest';
import { type Chip, mostLeds, stripBytes } from './strip.ts';

const hex = (chip: Chip, duty: Light, leds: number) =>
  Buffer.from(stripBytes(chip, duty, leds)).toString('hex');

describe('a strip of APA102', () => {
  it('is told start, each LED as full current, blue, green, red, and the end', () => {
    expect(hex('apa102', [1, 2, 3], 2)).toBe(`00000000${'ff030201'.repeat(2)}0000000000`);
  });

  it.each([
    [1, 1],
    [16, 1],
    [17, 2],
    [300, 19],
  ])('of %i LEDs gets the %i bytes of edges that its end needs', (leds, edges) => {
    expect(stripBytes('apa102', [0, 0, 0], leds)).toHaveLength(8 + 4 * leds + edges);
  });
});

describe('a strip of WS2812', () => {
  it('is told green, red, blue, each bit as a long or a short pulse, then silence', () => {
    const [green, red, blue] = ['100100100100100100100110', '110110110110110110110110', ''];
    const bits = `${green}${red}${blue || '110100100100100100100100'}`;
    const bytes = BigInt(`0b${bits}`).toString(16);
    expect(hex('ws2812', [255, 1, 128], 2)).toBe(`00${bytes.repeat(2)}${'00'.repeat(90)}`);
  });

  it('fits into one write of the kernel, the longest too', () => {
    for (const chip of ['apa102', 'ws2812'] as const)
      expect(stripBytes(chip, [255, 255, 255], mostLeds).length).toBeLessThanOrEqual(4096);
  });
});
