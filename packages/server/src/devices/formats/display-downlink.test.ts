import { DisplayState } from '@vigie/contracts/parking';
import { paletteFor } from '@vigie/palette';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDisplay, encodeDisplay, paletteMark } from './display-downlink.ts';

const paletteVersion = 'a';
/** FNV-1a of `a` is e40c292c; its halves combined. */
const mark = [0xcd, 0x20];

describe('what a LoRaWAN display is told', () => {
  it.each([
    ['a free space', 'free', null, [1, 0, 0, ...mark]],
    ['the day of arrival', 'parked', 1, [0, 0, 1, ...mark]],
    ['the last day of one byte', 'parked', 255, [0, 0, 255, ...mark]],
    ['the first day of two bytes', 'parked', 256, [0, 1, 0, ...mark]],
    ['the last day of the longest period', 'parked', 366, [0, 1, 110, ...mark]],
    ['an overstay', 'overstay', 8, [2, 0, 8, ...mark]],
    ['an overstay of two years', 'overstay', 731, [2, 2, 219, ...mark]],
    ['a fault', 'fault', null, [4, 0, 0, ...mark]],
    ['a silent sensor of a free space', 'unknown', null, [8, 0, 0, ...mark]],
    ['a silent sensor, its day frozen', 'unknown', 3, [8, 0, 3, ...mark]],
  ] as const)('%s', (_name, state, day, bytes) => {
    const payload = encodeDisplay({ state, day, paletteVersion });
    expect([...payload]).toEqual(bytes);
    expect(decodeDisplay(payload)).toEqual({ state, day, paletteMark: 0xcd20 });
  });

  it('is read by the display as it was meant', () => {
    const display = fc
      .record({
        state: fc.constantFrom(...DisplayState.options),
        day: fc.option(fc.integer({ min: 1, max: 0xffff }), { nil: null }),
        paletteVersion: fc.string(),
      })
      .filter(({ state, day }) => day !== null || !['parked', 'overstay'].includes(state));
    fc.assert(
      fc.property(display, ({ state, day, paletteVersion }) => {
        expect(decodeDisplay(encodeDisplay({ state, day, paletteVersion }))).toEqual({
          state,
          day,
          paletteMark: paletteMark(paletteVersion),
        });
      }),
    );
  });

  it('is never read from bytes that were not written so', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 7 }), (bytes) => {
        const order = decodeDisplay(bytes);
        if ('unreadable' in order) return;
        const again = encodeDisplay({ ...order, paletteVersion: '' });
        expect(again.subarray(0, 3)).toEqual(bytes.subarray(0, 3));
        expect(bytes).toHaveLength(5);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['cut off', [0, 0, 1, 2], '4 bytes'],
    ['too long', [0, 0, 1, 2, 3, 4], '6 bytes'],
    ['two states at once', [3, 0, 1, 2, 3], 'flags 0x03'],
    ['a flag of a later version', [0x10, 0, 1, 2, 3], 'flags 0x10'],
    ['parked without a day', [0, 0, 0, 2, 3], 'without a day'],
  ])('is refused when it is %s', (_name, bytes, why) => {
    expect(decodeDisplay(Uint8Array.from(bytes))).toEqual({
      unreadable: expect.stringContaining(why),
    });
  });

  it.each([
    ['parked', null],
    ['overstay', null],
    ['parked', 0],
    ['parked', 1.5],
    ['overstay', 65_536],
  ] as const)('cannot be %s on day %s', (state, day) => {
    expect(() => encodeDisplay({ state, day, paletteVersion })).toThrow(RangeError);
  });

  it('hardly ever takes the palette of one period for that of another', () => {
    const marks = Array.from({ length: 60 }, (_, i) => paletteMark(paletteFor(i + 1).version));
    expect(new Set(marks).size).toBeGreaterThanOrEqual(59);
  });
});
