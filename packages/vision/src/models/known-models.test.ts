import { describe, expect, it } from 'vitest';
import { knownModels, standingOf } from './known-models.ts';

const [first] = knownModels;
const hash = first?.sha256 ?? '';

describe('a model file', () => {
  it.each([
    { name: first?.name ?? '', sha256: hash, is: 'known' },
    { name: 'mine.onnx', sha256: hash, is: 'renamed' },
    { name: first?.name ?? '', sha256: '0'.repeat(64), is: 'other' },
    { name: 'mine.onnx', sha256: '0'.repeat(64), is: 'unknown' },
  ])('called $name is $is', ({ name, sha256, is }) => {
    expect(standingOf(name, sha256).is).toBe(is);
  });

  it('is known once, by a whole hash, and fetched over HTTPS only', () => {
    expect(new Set(knownModels.map(({ sha256 }) => sha256)).size).toBe(knownModels.length);
    for (const { sha256, url } of knownModels) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(url ?? 'https://').toMatch(/^https:/);
    }
  });
});
