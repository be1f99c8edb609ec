import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Town } from '@vigie/contracts/town';
import { parse } from 'yaml';
import * as z from 'zod';

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

const cameras = z.array(z.looseObject({ source: z.string() })).default([]);
const WithSources = z.looseObject({ cameras, parkingCameras: cameras });

function withAbsoluteSources(given: unknown, folder: string): unknown {
  const town = WithSources.safeParse(given);
  if (!town.success) return given;
  const { cameras, parkingCameras, ...rest } = town.data;
  const seenFrom = (camera: { source: string }) => ({
    ...camera,
    source: absoluteSource(camera.source, folder),
  });
  return {
    ...rest,
    cameras: cameras.map(seenFrom),
    parkingCameras: parkingCameras.map(seenFrom),
  };
}

const absoluteSource = (source: string, folder: string): string =>
  /^[a-z]+:/i.test(source) ? source : pathToFileURL(resolve(folder, source)).href;
