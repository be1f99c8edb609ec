import fc from 'fast-check';
import mqtt from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { createPacketMeter } from './packet-meter.ts';

const packet = (bytes: number): Buffer =>
  mqtt.generate({
    ...{ cmd: 'publish', topic: 'a', payload: Buffer.alloc(bytes) },
    ...{ qos: 0, dup: false, retain: false },
  });
/** Topic, with its length. */
const headBytes = 3;

describe('the packets of a connection', () => {
  it.each([
    ['a length that never ends', [0x30, 0x80, 0x80, 0x80, 0x80], true],
    ['the beginning of a length', [0x30, 0x80], false],
    ['packets without anything', [0xc0, 0, 0xc0, 0], false],
    ['a longer packet, at its head', [0x30, 0xff, 0x7f], true],
  ])('are measured: %s', (_name, bytes, isTooLong) => {
    expect(createPacketMeter(1000)(Uint8Array.from(bytes))).toBe(isTooLong);
  });

  it('are too long when one of them is, however the bytes are cut', () => {
    const sizes = fc.array(fc.nat(400), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 60 }), fc.nat(400), (bytes, cut, most) => {
        const all = Buffer.concat(bytes.map(packet));
        const meter = createPacketMeter(most);
        let isTooLong = false;
        for (let at = 0; at < all.length && !isTooLong; at += cut)
          isTooLong = meter(all.subarray(at, at + cut));
        expect(isTooLong).toBe(bytes.some((one) => one + headBytes > most));
      }),
    );
  });
});
