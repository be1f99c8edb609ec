import { ModelName } from '@vigie/contracts/models';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesOf, groupedHash, holdersOf, isSameHash, nameFor } from './models.ts';

const hash = (letter: string): string => letter.repeat(64);
const installed = (name: string, letter: string) => ({
  ...{ name, sha256: hash(letter), bytes: 1, head: null, input: null, isQuantised: false },
  ...{ standing: 'unknown' as const, licence: null, isOwn: true },
});
const held = (name: string, letter: string) => ({
  ...{ name, sha256: hash(letter), msPerLook: 40, isMeasured: true, uses: [] },
});
const worker = (...models: ReturnType<typeof held>[]) => ({ id: 'w', capacityFps: 1, models });

describe('the weights of server and workers', () => {
  it('are the same by their hash, not by their name', () => {
    const one = worker(held('renamed.onnx', 'a'), held('mine.onnx', 'b'));
    const here = [installed('first.onnx', 'a'), installed('mine.onnx', 'c')];
    expect(differencesOf(one, here)).toEqual({ lacks: ['mine.onnx'], alone: ['mine.onnx'] });
    const first = { name: 'first.onnx', sha256: hash('a') };
    expect(holdersOf(first, [one])).toMatchObject([{ worker: 'w', model: { msPerLook: 40 } }]);
    const twice = worker(held('renamed.onnx', 'a'), held('first.onnx', 'a'));
    expect(holdersOf(first, [twice])).toMatchObject([{ model: { name: 'first.onnx' } }]);
  });
});

describe('a hash', () => {
  const sha256 = '0123456789abcdef'.repeat(4);
  it.each([
    { name: 'as it is', text: sha256, same: true },
    { name: 'in groups', text: groupedHash(sha256), same: true },
    { name: 'in capitals, with its kind', text: `sha256:${sha256.toUpperCase()}\n`, same: true },
    { name: 'but for a digit', text: sha256.replace('f', 'e'), same: false },
    { name: 'not at all', text: ' ', same: undefined },
  ])('is compared when it is written $name', ({ text, same }) => {
    expect(isSameHash(text, sha256)).toBe(same);
  });
});

describe('the name of a file', () => {
  it.each([
    { file: 'yolov8n.onnx', name: 'yolov8n.onnx' },
    { file: 'Mon modèle (2).ONNX', name: 'Mon-mod-le-2-.onnx' },
    { file: '../../etc/passwd', name: 'etc-passwd.onnx' },
  ])('$file becomes $name', ({ file, name }) => {
    expect(nameFor(file)).toBe(name);
  });

  it('is one that the server takes, or nothing is left of it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = nameFor(text);
        expect(ModelName.safeParse(name).success || name === '.onnx').toBe(true);
      }),
    );
  });
});
