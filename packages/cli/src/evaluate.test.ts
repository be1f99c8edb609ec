import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';
import { hasWeights, why } from './testing/weights.ts';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');
const FOOTAGE = join(ROOT, 'demo', 'footage');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-evaluate-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function truthFile(name: string, truth: object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(truth));
  return path;
}

const vigie = (args: readonly string[]) => runCommand(['evaluate', ...args]);

describe.skipIf(!hasWeights)(`vigie evaluate${why}`, () => {
  it('scores clips, all together and each', { timeout: 60_000 }, async () => {
    const count_intervals = [{ from: 0, to: 20, persons: 0 }];
    const truth = await truthFile('clips.json', { videos: { 'archive.mp4': { count_intervals } } });
    const args = [truth, '--videos', FOOTAGE, '--profile', 'quick', '--fps', '2', '--json'];
    const { code, out, err } = await vigie(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const score = { right: 1, inRange: 1, looks: 40, unknown: 2, longestFalseZero: 0 };
    expect(JSON.parse(out)).toEqual({
      profile: 'quick',
      fps: 2,
      all: score,
      clips: { 'archive.mp4': score },
    });
  });

  it('scores pictures, by a profile or by one plain look', async () => {
    const blank = { create: { width: 320, height: 180, channels: 3 as const, background: '#777' } };
    await sharp(blank).toFile(join(folder, 'room.png'));
    const truth = await truthFile('pictures.json', {
      images: [{ id: 1, file_name: 'rooms/room.png', subset: 'rooms' }],
      annotations: [],
      categories: [{ id: 1, name: 'person' }],
    });
    const args = [truth, '--images', folder, '--json'];
    const count = { mae: 0, bias: 0, falseEmptyRate: null, inRange: 1, rangeWidth: 0 };
    const figures = { pictures: 1, people: 0, ap50: null, found: null, count };
    expect(JSON.parse((await vigie(args)).out)).toMatchObject({
      ...figures,
      profile: 'standard',
      subsets: { rooms: figures },
    });
    const plain = JSON.parse((await vigie([...args, '--conf', '0.3'])).out);
    expect(plain).toMatchObject({ profile: null, conf: 0.3, iou: 0.6 });
  });

  it('tells free parking spaces from taken ones, all together and each picture', async () => {
    const lot = await mkdtemp(join(folder, 'lot-'));
    const blank = { create: { width: 640, height: 360, channels: 3 as const, background: '#777' } };
    await sharp(blank).toFile(join(lot, 'lot.jpg'));
    const contour =
      '<contour><point x="9" y="9"/><point x="99" y="9"/><point x="99" y="99"/></contour>';
    const space = (id: number, more: string) => `<space id="${id}"${more}>${contour}</space>`;
    const xml = `<parking id="p">${space(1, ' occupied="0"')}${space(2, '')}</parking>`;
    await writeFile(join(lot, 'lot.xml'), xml);
    const { code, out, err } = await vigie(['--parking', lot, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const all = { pictures: 1, spaces: 1, occupied: 0, right: 1, picturesRight: 1 };
    expect(JSON.parse(out)).toMatchObject({ all, pictures: { 'lot.jpg': all } });
    await writeFile(join(lot, 'bad.xml'), '<annotation/>');
    expect(await vigie(['--parking', lot])).toMatchObject({
      code: 1,
      err: expect.stringContaining('bad.xml cannot be compared'),
    });
  });

  it('names a clip that is not there', async () => {
    const truth = await truthFile('none.json', { videos: { 'no.mp4': { count_intervals: [] } } });
    const { code, err } = await vigie([truth, '--videos', FOOTAGE]);
    expect(code).toBe(1);
    expect(err).toMatch(/no\.mp4 is not in .*footage/);
  });
});

describe('wrong usage of vigie evaluate ends with code 2', () => {
  it.each([
    { name: 'neither pictures nor clips', args: ['truth.json'] },
    { name: 'both', args: ['truth.json', '--images', '.', '--videos', '.'] },
    { name: 'pictures without their truth', args: ['--images', '.'] },
    { name: 'spaces with another truth', args: ['truth.json', '--parking', '.'] },
    { name: 'an unknown profile', args: ['truth.json', '--images', '.', '--profile', 'best'] },
    { name: 'no looks at all', args: ['truth.json', '--videos', '.', '--fps', '0'] },
  ])('$name', async ({ args }) => {
    expect((await vigie(args)).code).toBe(2);
  });
});
