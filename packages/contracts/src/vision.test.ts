import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import {
  anchorOf,
  decodeFedPicture,
  decodeFrame,
  encodeFedPicture,
  encodeFrame,
  type FrameHeader,
} from './vision.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true }).map((n) => (n === 0 ? 0 : n)); // JSON has no −0
const size = fc.integer({ min: 1, max: 4096 });
const frameHeader: fc.Arbitrary<FrameHeader> = fc.record({
  at: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  width: size,
  height: size,
  mode: fc.constantFrom('private', 'clear'),
  count: fc.option(fc.nat()),
  people: fc.array(
    fc.record(
      { box: fc.tuple(unit, unit, unit, unit), score: unit, track: fc.nat() },
      { requiredKeys: ['box', 'score'] },
    ),
  ),
});

const header: FrameHeader = {
  at: '2026-03-29T01:00:00.000Z',
  width: 640,
  height: 360,
  mode: 'private',
  count: null,
  people: [],
};

describe('a frame on the wire', () => {
  it('comes back as it was sent', () => {
    fc.assert(
      fc.property(frameHeader, fc.uint8Array({ maxLength: 500 }), (sent, picture) => {
        const { header: received, jpeg } = decodeFrame(encodeFrame(sent, picture));
        expect(received).toEqual(sent);
        expect([...jpeg]).toEqual([...picture]);
      }),
    );
  });

  it('comes back from the middle of a larger buffer', () => {
    const message = encodeFrame(header, new Uint8Array([1, 2, 3]));
    const larger = new Uint8Array(message.length + 20);
    larger.set(message, 7);
    const { jpeg } = decodeFrame(larger.subarray(7, 7 + message.length));
    expect([...jpeg]).toEqual([1, 2, 3]);
  });

  it('keeps the length of its header first, big-endian', () => {
    const message = encodeFrame(header, new Uint8Array());
    expect(new DataView(message.buffer).getUint32(0, false)).toBe(message.length - 4);
  });

  it('is refused with a RangeError wherever its header is cut', () => {
    const message = encodeFrame(header, new Uint8Array());
    for (let length = 0; length < message.length; length++) {
      expect(() => decodeFrame(message.subarray(0, length))).toThrow(RangeError);
    }
  });

  it('is refused when it claims a header longer than itself', () => {
    const message = encodeFrame(header, new Uint8Array(10));
    new DataView(message.buffer).setUint32(0, 0xff_ff_ff_ff);
    expect(() => decodeFrame(message)).toThrow('frame header is longer than the message');
  });

  it('is refused when its header is no JSON', () => {
    expect(() => decodeFrame(new Uint8Array([0, 0, 0, 2, 0x7b, 0x7b]))).toThrow(SyntaxError);
  });

  it('is refused when its header lacks the capture time', () => {
    const { at: _, ...timeless } = header;
    const message = encodeFrame(timeless as FrameHeader, new Uint8Array());
    expect(() => decodeFrame(message)).toThrow(ZodError);
  });
});

it('a picture that a browser films comes out with its age', () => {
  const jpeg = new Uint8Array([0xff, 0xd8, 1, 2]);
  const { ageMs, jpeg: same } = decodeFedPicture(encodeFedPicture({ ageMs: 700, jpeg }));
  expect({ ageMs, same: [...same] }).toEqual({ ageMs: 700, same: [...jpeg] });
  expect(() => decodeFedPicture(new Uint8Array(3))).toThrow(RangeError);
});

describe('the anchor of a box', () => {
  it('has its anchor where it says', () => {
    expect(anchorOf([0.2, 0.2, 0.2, 0.4], 'head')).toEqual([0.30000000000000004, 0.2]);
    expect(anchorOf([0, 0, 1, 1], 'centre')).toEqual([0.5, 0.5]);
    expect(anchorOf([0, 0, 1, 1], 'feet')).toEqual([0.5, 1]);
  });
});
