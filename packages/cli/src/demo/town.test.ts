import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTown } from '../town-file.ts';
import { loadDemoTown, roomsFromClips, spareBollardId } from './town.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-town-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the demo town', () => {
  it('has a street of 7 days, a car park of 60 days and somebody to write to', async () => {
    const { zones } = await loadDemoTown();
    expect(zones.map(({ allowedDays }) => allowedDays)).toEqual([7, 60]);
    for (const zone of zones) expect(zone.recipients).toEqual(['commissariat@demo.invalid']);
  });

  it('names only things that exist', async () => {
    const town = await loadDemoTown();
    const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id);
    for (const { zoneId } of town.spaces) expect(ids(town.zones)).toContain(zoneId);
    for (const { spaceId } of town.bollards) expect(ids(town.spaces)).toContain(spaceId);
    for (const { buildingId } of town.rooms) expect(ids(town.buildings)).toContain(buildingId);
    for (const { roomId, source } of town.cameras) {
      expect(ids(town.rooms)).toContain(roomId);
      expect(existsSync(fileURLToPath(source))).toBe(true);
    }
    expect(ids(town.bollards)).toContain(spareBollardId);
  });

  it('shows the clips one asks for, one room each, and keeps its street', async () => {
    const clip = join(folder, 'Salle des fêtes.mp4');
    await writeFile(clip, '');
    const town = await loadDemoTown([clip]);
    expect(town.rooms).toEqual([
      expect.objectContaining({ id: 'clip-1', name: 'Salle des fêtes', buildingId: 'clips' }),
    ]);
    expect(town.cameras[0]?.source).toBe(pathToFileURL(clip).href);
    expect(town.spaces.length).toBeGreaterThan(10);
  });
});

it('names a clip that is not there', () => {
  expect(() => roomsFromClips(['nowhere.mp4'])).toThrow(/no clip .*nowhere\.mp4/);
});

it('leaves sources that are addresses as they are', async () => {
  const file = join(folder, 'town.yaml');
  const camera = '{ id: c, roomId: r, name: C, source: "rtsp://10.0.0.7/main" }';
  await writeFile(file, `cameras:\n  - ${camera}\n`);
  expect((await loadTown(file)).cameras[0]?.source).toBe('rtsp://10.0.0.7/main');
});

it('names the file and the field when a town is wrong', async () => {
  const file = join(folder, 'town.yaml');
  await writeFile(file, 'zones:\n  - { id: z, name: Zone, allowedDays: 0 }\n');
  await expect(loadTown(file)).rejects.toThrow(/town\.yaml is not a town[\s\S]*allowedDays/);
});
