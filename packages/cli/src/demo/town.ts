import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Town } from '@vigie/contracts/town';
import { loadTown } from '../town-file.ts';

/** The bollard that nobody simulates: for trying out by hand. */
export const spareBollardId = 'demo-spare';

const demoTownFile = fileURLToPath(new URL('../../../../demo/town.yaml', import.meta.url));

/** The demo town; with `clips` its cameras show the named files instead, one room each. */
export async function loadDemoTown(clips: readonly string[] = []): Promise<Town> {
  const town = await loadTown(demoTownFile);
  return clips.length === 0 ? town : { ...town, ...roomsFromClips(clips) };
}

/**
 * A building with a room for each clip, named after the file.
 * @throws Error naming a file that is not there.
 */
export function roomsFromClips(
  clips: readonly string[],
): Pick<Town, 'buildings' | 'floors' | 'rooms' | 'cameras' | 'assemblyPoints' | 'wardens'> {
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
  return { buildings, floors: [], rooms, cameras, assemblyPoints: [], wardens: [] };
}

function sourceOfClip(clip: string): string {
  const path = resolve(clip);
  if (!existsSync(path)) throw new Error(`There is no clip ${path}. Check --clips.`);
  return pathToFileURL(path).href;
}
