import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadDemoTown } from './demo/town.ts';
import { loadTown, saveTown } from './town-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-town-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('reads back what was written, with the plans in files beside', async () => {
  const town = await loadDemoTown();
  const file = join(folder, 'town.yaml');
  const written = await saveTown(town, file);
  expect(written).toContain(join(folder, 'town-plans', 'etage-1.svg'));
  expect(await readFile(file, 'utf8')).toContain('plan: town-plans/etage-1.svg');
  expect(await loadTown(file)).toEqual(town);
});

it.each([
  {
    name: 'a floor without a level',
    text: 'floors:\n  - id: f\n    buildingId: b\n    name: RDC\n',
    said: 'line 2, floors.0.level',
  },
  {
    name: 'a room that is too small',
    text: 'floors:\n  - id: f\n    buildingId: b\n    name: RDC\n    level: 0\n    drawing:\n      rooms:\n        - roomId: r\n          outline: [[0, 0], [0, 0], [0, 0]]\n',
    said: 'line 9, floors.0.drawing.rooms.0.outline',
  },
  {
    name: 'a camera by an address that is not allowed, with its name',
    text: 'cameras:\n  - id: porte\n    roomId: r\n    name: Porte\n    source: ftp://10.0.0.7/sub\n',
    said: 'line 5, cameras.0.source (porte): a camera is opened by rtsp://',
  },
  {
    name: 'what refers to itself until it fills the memory',
    text: `l0: &l0 [a]\n${Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`)}]\n`).join('')}`,
    said: 'refers to its own parts',
  },
  { name: 'a plan that is not there', text: 'floors: [{ plan: no.svg }]\n', said: 'plan no.svg' },
  { name: 'what is no YAML', text: 'floors: [', said: 'line 1' },
])('names the line of $name', async ({ text, said }) => {
  const file = join(folder, 'town.yaml');
  await writeFile(file, text);
  await expect(loadTown(file)).rejects.toThrow(said);
});
