import type { Light } from '@vigie/palette';

/** LED chips on a strip that can be driven through SPI. */
export type Chip = 'apa102' | 'ws2812';

/** A strip must be told in one go, and the kernel takes 4,096 bytes in one (`spidev.bufsiz`). */
export const mostLeds = 400;

/**
 * The bytes that give every LED of a strip the same light. `duty`: red, green and blue, 0..255 each. `leds`: 1 to
 * `mostLeds`.
 */
export const stripBytes = (chip: Chip, duty: Light, leds: number): Uint8Array =>
  chip === 'apa102' ? apa102Bytes(duty, leds) : ws2812Bytes(duty, leds);

/**
 * 32 zero bits, per LED `0xff` (full current), blue, green, red, then zeros: each LED hands the data on half a clock
 * late, so `leds / 2` more edges are needed, and some makes want 32 bits before them.
 * Source: APA102 data sheet; SK9822 data sheet.
 */
function apa102Bytes([red, green, blue]: Light, leds: number): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * leds + 4 + Math.ceil(leds / 16));
  for (let led = 0; led < leds; led++) bytes.set([0xff, blue, green, red], 4 + 4 * led);
  return bytes;
}

/** Silence that makes the strip take over what it was told: 300 µs of zeros at 2.4 MHz. */
const silentBytes = 90;

/**
 * Green, red, blue, highest bit first; each bit as three of SPI, long `110` or short `100`, so SPI must run at 2.4 MHz.
 * A zero byte leads, because the wire may rest high. Source: WS2812B data sheet.
 */
function ws2812Bytes([red, green, blue]: Light, leds: number): Uint8Array {
  const one = [green, red, blue].flatMap(threefold);
  const bytes = new Uint8Array(1 + one.length * leds + silentBytes);
  for (let led = 0; led < leds; led++) bytes.set(one, 1 + one.length * led);
  return bytes;
}

/** Eight bits as twenty-four. */
function threefold(byte: number): number[] {
  let bits = 0;
  for (let bit = 7; bit >= 0; bit--) bits = (bits << 3) | ((byte >> bit) & 1 ? 0b110 : 0b100);
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
}
