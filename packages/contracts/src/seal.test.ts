import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './seal.ts';

const key = new Uint8Array(32).fill(7);
const otherKey = new Uint8Array(32).fill(8);
const secret = 'rtsp://user:p%40ss@10.0.0.5:554/stream1';

/** The sealed text with one bit of byte `place` turned (counted from the end when negative). */
function tampered(sealed: string, place: number): string {
  const bytes = Buffer.from(sealed.slice(3), 'base64');
  const index = place < 0 ? bytes.length + place : place;
  bytes.writeUInt8((bytes[index] ?? 0) ^ 1, index);
  return `v1.${bytes.toString('base64')}`;
}

describe('a sealed secret', () => {
  it('opens with its key, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        expect(await unseal(await seal(text, key), key)).toBe(text.toWellFormed());
      }),
    );
  });

  it('shows nothing of what it holds', async () => {
    const sealed = await seal(secret, key);
    expect(sealed).toMatch(/^v1\.[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(sealed.slice(3), 'base64').toString('latin1')).not.toContain('10.0.0.5');
  });

  it('looks different each time', async () => {
    expect(await seal(secret, key)).not.toBe(await seal(secret, key));
  });

  it('stays shut for another key', async () => {
    await expect(unseal(await seal(secret, key), otherKey)).rejects.toThrow();
  });

  it.each([
    { part: 'nonce', place: 0 },
    { part: 'text', place: 12 },
    { part: 'tag', place: -1 },
  ])('stays shut when its $part was changed', async ({ place }) => {
    await expect(unseal(tampered(await seal(secret, key), place), key)).rejects.toThrow();
  });

  it.each([
    { what: 'an unknown version', text: 'v2.AAAA' },
    { what: 'a bare URL', text: secret },
    { what: 'nothing after the version', text: 'v1.' },
    { what: 'less than a nonce', text: 'v1.AAAA' },
    { what: 'letters that are no base64', text: 'v1.%%%%' },
  ])('is not taken from $what', async ({ text }) => {
    await expect(unseal(text, key)).rejects.toThrow();
  });
});
