import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DetectLine } from '@vigie/contracts/vision';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';
import { hasWeights, why } from './testing/weights.ts';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');
const CLIP = join(ROOT, 'demo', 'footage', 'office.mp4');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-detect-'));
});
afterAll(() => rm(folder, { recursive: true }));

const vigie = (args: readonly string[]) => runCommand(['detect', ...args]);

describe.skipIf(!hasWeights)(`vigie detect${why}`, () => {
  it('writes one line of JSON per frame and nothing else', async () => {
    const { code, out, err } = await vigie(['--json', '--every', '10', CLIP]);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => DetectLine.parse(JSON.parse(line)));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(lines.map(({ t }) => t)).toEqual([0, 10, 20, 30]);
    expect(lines.map(({ frame }) => frame)).toEqual([0, 50, 100, 150]);
    expect(lines.map(({ count }) => count)).toEqual([2, 2, 0, 0]);
    for (const { count, detections, width, height } of lines) {
      expect(detections).toHaveLength(count);
      for (const { box, track } of detections) {
        expect(box[0] + box[2]).toBeLessThanOrEqual(width);
        expect(box[1] + box[3]).toBeLessThanOrEqual(height);
        expect(track).toBeGreaterThan(0);
      }
    }
  });

  it('gives the headcount of a camera beside the finds of a frame, but not for a plain look', async () => {
    const counted = await vigie(['--json', '--every', '30', CLIP]);
    const lines = counted.out
      .trimEnd()
      .split('\n')
      .map((line) => DetectLine.parse(JSON.parse(line)));
    expect(lines[0]?.headcount).toEqual({ count: 2, min: 2, max: 2 });
    const empty = join(folder, 'empty.png');
    const blank = { create: { width: 64, height: 64, channels: 3 as const, background: '#777' } };
    await sharp(blank).toFile(empty);
    const { out } = await vigie(['--json', empty]);
    expect(JSON.parse(out).headcount).toEqual({ count: 0, min: 0, max: 0 });
    const plain = await vigie(['--json', '--conf', '0.2', empty]);
    expect(JSON.parse(plain.out)).not.toHaveProperty('headcount');
  });

  it('writes annotated copies and says what it found', async () => {
    const copies = join(folder, 'copies');
    const { code, out } = await vigie(['--out', copies, '--every', '30', CLIP, CLIP]);
    expect(code).toBe(0);
    expect(out).toBe(`${CLIP}: 0 to 2 people in 2 frames, 30.0 s\n`.repeat(2));
    const names = (await readdir(copies)).sort();
    expect(names).toEqual(['office-00000.000s.jpg', 'office-00030.000s.jpg']);
    const copy = await sharp(await readFile(join(copies, 'office-00000.000s.jpg'))).metadata();
    expect(copy).toMatchObject({ width: 640, height: 360, format: 'jpeg' });
  });

  it('keeps the copies of files apart that have the same name', async () => {
    const blank = { create: { width: 64, height: 64, channels: 3 as const, background: '#777' } };
    const files = ['a', 'b'].map((place) => join(folder, place, 'room.png'));
    for (const file of files) {
      await mkdir(dirname(file));
      await sharp(blank).toFile(file);
    }
    const copies = join(folder, 'same');
    await vigie(['--out', copies, ...files]);
    expect((await readdir(copies)).sort()).toEqual(['room-2.jpg', 'room.jpg']);
  });

  it('turns a photograph upright before it looks', async () => {
    const upright = join(folder, 'upright.jpg');
    const turned = {
      create: { width: 400, height: 200, channels: 3 as const, background: '#777' },
    };
    await sharp(turned).withMetadata({ orientation: 6 }).jpeg().toFile(upright);
    const { out } = await vigie(['--json', upright]);
    expect(DetectLine.parse(JSON.parse(out))).toMatchObject({ width: 200, height: 400, count: 0 });
  });

  it('goes on after a file that cannot be read, names it, and fails at the end', async () => {
    const { code, out, err } = await vigie([
      '/no/such.jpg',
      join(ROOT, 'package.json'),
      '--every',
      '40',
      CLIP,
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(/\/no\/such\.jpg does not exist; check the path\n/);
    expect(err).toMatch(/package\.json is damaged, or neither a picture/);
    expect(out).toContain('office.mp4');
  });

  it('names the places when the wanted weights are nowhere', async () => {
    const { code, err } = await vigie(['--model', 'no-such-model', CLIP]);
    expect(code).toBe(1);
    expect(err).toMatch(/model no-such-model is neither a file nor a name in .*VIGIE_MODELS/);
  });
});

describe('wrong usage of vigie detect ends with code 2', () => {
  it.each([
    { name: 'no file', args: [] },
    { name: 'a share beyond 1', args: ['--conf', '3', CLIP] },
    { name: 'a time that is no number', args: ['--every', 'often', CLIP] },
    { name: 'an unknown option', args: ['--colour', CLIP] },
  ])('$name', async ({ args }) => {
    expect((await vigie(args)).code).toBe(2);
  });
});
