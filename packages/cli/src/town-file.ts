import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PlanPicture } from '@vigie/contracts/floors';
import { Town } from '@vigie/contracts/town';
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import * as z from 'zod';

/**
 * Reads a town from YAML. Sources of cameras and plans of floors may be paths, seen from the file's folder.
 * @throws Error naming the file, the line and what is wrong in it.
 */
export async function loadTown(path: string): Promise<Town> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(path, 'utf8'), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new Error(`${path} is no YAML. ${broken.message}`);
  const given = contentsOf(document, path);
  const parsed = Town.safeParse(await withPlans(withAbsoluteSources(given, dirname(path)), path));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const line = lineOf(document, lines, issue.path);
    return `  line ${line}, ${issue.path.join('.') || 'the file'}${nameIn(given, issue.path)}: ${issue.message}`;
  });
  throw new Error(`${path} is not a town; nothing of it was taken.\n${faults.join('\n')}`);
}

/** @throws Error naming the file when its parts repeat each other without end. */
function contentsOf(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} cannot be read: ${why}. Write its parts out.`, { cause });
  }
}

/** The name of the thing in its list, such as that of a camera; empty: it has none. */
function nameIn(given: unknown, [list, place]: readonly PropertyKey[]): string {
  const named = z.record(z.string(), z.array(z.looseObject({ id: z.string() })));
  const { data } = named.safeParse({ list: (given as Record<PropertyKey, unknown>)?.[list ?? ''] });
  const id = data?.list?.[Number(place)]?.id;
  return id === undefined ? '' : ` (${id})`;
}

/** Where the thing stands, or the nearest that holds it. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(step, true) : undefined;
    if (!isNode(next) || !next.range) break;
    node = next;
    offset = next.range[0];
  }
  return lines.linePos(offset).line;
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

const WithPlans = z.looseObject({ floors: z.array(z.looseObject({ plan: z.unknown() })) });

const extensionOf = { 'image/png': '.png', 'image/svg+xml': '.svg' } as const;

/** Plans that are named by a path are read. */
async function withPlans(given: unknown, path: string): Promise<unknown> {
  const town = WithPlans.safeParse(given);
  if (!town.success) return given;
  const floors = await Promise.all(
    town.data.floors.map(async (floor) =>
      typeof floor.plan === 'string' ? { ...floor, plan: await readPlan(floor.plan, path) } : floor,
    ),
  );
  return { ...town.data, floors };
}

/** @throws Error naming a file that cannot be read. */
async function readPlan(plan: string, path: string): Promise<PlanPicture> {
  const file = resolve(dirname(path), plan);
  const picture = await readFile(file).catch((error: Error) => {
    throw new Error(`${path} names the plan ${plan}, which cannot be read: ${error.message}`);
  });
  const mediaType = extname(file).toLowerCase() === '.svg' ? 'image/svg+xml' : 'image/png';
  return { mediaType, base64: picture.toString('base64') };
}

/** Writes a town as YAML, its plans into a folder beside. Gives the paths that were written. */
export async function saveTown(town: Town, path: string): Promise<string[]> {
  const folder = `${basename(path, extname(path))}-plans`;
  const written = [path];
  const floors = [];
  for (const { plan, ...floor } of town.floors) {
    if (!plan) {
      floors.push(floor);
      continue;
    }
    const name = `${folder}/${floor.id}${extensionOf[plan.mediaType]}`;
    const file = join(dirname(path), name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(plan.base64, 'base64'));
    floors.push({ ...floor, plan: name });
    written.push(file);
  }
  await writeFile(path, stringify({ ...town, floors }, { lineWidth: 120 }));
  return written;
}
