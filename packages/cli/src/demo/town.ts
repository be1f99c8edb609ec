import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Town } from '@vigie/contracts/town';
import { parse } from 'yaml';
import * as z from 'zod';

/** The bollard that nobody simulates: for trying out by hand. */
export const spareBollardId = 'demo-spare';

const demoTownFile = fileURLToPath(new URL('../../../../demo/town.yaml', import.meta.url));

/** The demo town; with `clips` its cameras show the named files instead, one room each. */
export async function loadDemoTown(clips: readonly string[] = []): Promise<Town> {
  const town = await loadTown(demoTownFile);
  return clips.length === 0 ? town : { ...town, ...roomsFromClips(clips) };
}

/**
 * Reads a town from YAML. Sources of cameras may be paths, seen from the file's folder.
 * @throws Error naming the file and what is wrong in it.
 */
export async function loadTown(path: string): Promise<Town> {
  const given: unknown = parse(await readFile(path, 'utf8'));
  const parsed = Town.safeParse(withAbsoluteSources(given, dirname(path)));
  if (!parsed.success) throw new Error(`${path} is not a town. ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const WithSources = z.looseObject({
  cameras: z.array(z.looseObject({ source: z.string() })),
});

function withAbsoluteSources(given: unknown, folder: string): unknown {
  const town = WithSources.safeParse(given);
  if (!town.success) return given;
  const cameras = town.data.cameras.map((camera) => ({
    ...camera,
    source: absoluteSource(camera.source, folder),
  }));
  return { ...town.data, cameras };
}

const absoluteSource = (source: string, folder: string): string =>
  /^[a-z]+:/i.test(source) ? source : pathToFileURL(resolve(folder, source)).href;

/**
 * A building with a room for each clip, named after the file.
 * @throws Error naming a file that is not there.
 */
export function roomsFromClips(
  clips: readonly string[],
): Pick<Town, 'buildings' | 'rooms' | 'cameras'> {
  const buildings = [{ id: 'clips', name: 'Vos vidéos / your clips', address: '' }];
  const rooms = clips.map((clip, index) => ({
    id: `clip-${index + 1}`,
    buildingId: 'clips',
    name: basename(clip, extname(clip)).slice(0, 80),
    floor: '',
    capacity: null,
  }));
  const cameras = clips.map((clip, index) => ({
    id: `cam-clip-${index + 1}`,
    roomId: `clip-${index + 1}`,
    name: basename(clip).slice(0, 80),
    profile: 'standard' as const,
    fps: 5,
    staleMs: 3000,
    source: sourceOfClip(clip),
  }));
  return { buildings, rooms, cameras };
}

function sourceOfClip(clip: string): string {
  const path = resolve(clip);
  if (!existsSync(path)) throw new Error(`There is no clip ${path}. Check --clips.`);
  return pathToFileURL(path).href;
}
