import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';

describe('base64', () => {
  it.each([
    ['nothing', '', []],
    ['one byte', 'Zg==', [0x66]],
    ['two bytes', 'Zm8=', [0x66, 0x6f]],
    ['three bytes', 'Zm9v', [0x66, 0x6f, 0x6f]],
    ['both special digits', '+/8=', [0xfb, 0xff]],
  ])('reads and writes %s', (_name, text, bytes) => {
    expect(fromBase64(text)).toEqual(Uint8Array.from(bytes));
    expect(toBase64(Uint8Array.from(bytes))).toBe(text);
  });

  it.each([
    ['padding left out', 'Zg'],
    ['padding alone', '===='],
    ['too much padding', 'Z==='],
    ['padding in the middle', 'Zg==Zg=='],
    ['a digit of the alphabet for addresses', '-_8='],
    ['a line break', 'Zg=\n'],
  ])('refuses %s', (_name, text) => {
    expect(fromBase64(text)).toBeUndefined();
  });

  it('agrees with Node for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(toBase64(bytes)).toBe(text);
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
  });
});
