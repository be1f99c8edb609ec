import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createCameraOpener } from '../camera/camera.driver.ts';
import type { Shot } from '../camera/camera.ts';
import { decodePicture, PictureUnreadable } from '../camera/picture.driver.ts';
import { sourceUrlOf } from '../camera/source-url.ts';
import type { AnnotatedPicture } from '../evaluation/coco.ts';
import { findInFolder } from '../files/file.driver.ts';
import type { Sample } from './compare.service.ts';
import type { Pictures } from './quantise.service.ts';

const ENDINGS = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.avif', '.gif']);

/** Pictures to calibrate with: more change the ranges little; see docs/models.md. */
const CALIBRATING = 48;
/** Pictures of a camera at which the models are compared. */
const COMPARING_LIVE = 24;

/** At most so many of them, evenly spread over the whole list. */
function evenly<Item>(items: readonly Item[], most: number): Item[] {
  const count = Math.min(most, items.length);
  return Array.from(
    { length: count },
    (_, i) => items[Math.floor((i * items.length) / count)],
  ).filter((item) => item !== undefined);
}

async function open(path: string): Promise<Sample> {
  try {
    return { picture: await decodePicture(path) };
  } catch (cause) {
    if (!(cause instanceof PictureUnreadable)) throw cause;
    throw new Error(`${path} is damaged or no picture; remove it from the folder`, { cause });
  }
}

async function* samplesOf(paths: readonly string[]): AsyncGenerator<Sample> {
  for (const path of paths) yield open(path);
}

/** Paths of the pictures in a folder and the folders in it. @throws Error when there are none. */
async function picturesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new Error(`the folder ${folder} cannot be read; check the path`, { cause });
  });
  const names = entries.filter((name) => ENDINGS.has(extname(name).toLowerCase())).sort();
  if (names.length > 0) return names.map((name) => join(folder, name));
  throw new Error(`no pictures in ${folder}; give a folder with JPEG, PNG, WebP or TIFF files`);
}

async function* annotatedSamples(
  pictures: readonly AnnotatedPicture[],
  folder: string,
): AsyncGenerator<Sample> {
  for (const { fileName, subset, marked } of pictures) {
    const { picture } = await open(await findInFolder(fileName, folder));
    yield { picture, subset, marked };
  }
}

/** What the pictures of a folder are, and how many each step takes. */
export interface PictureSet extends Pictures {
  readonly counts: { readonly calibrating: number; readonly comparing: number };
}

/**
 * Pictures of a folder. With `annotated` only those that are marked; the models are compared at all of them.
 * @throws Error when there are none.
 */
export async function folderPictures(
  folder: string,
  annotated: readonly AnnotatedPicture[] | undefined,
): Promise<PictureSet> {
  if (annotated) {
    const some = evenly(annotated, CALIBRATING);
    return {
      counts: { calibrating: some.length, comparing: annotated.length },
      calibrating: () => annotatedSamples(some, folder),
      comparing: () => annotatedSamples(annotated, folder),
    };
  }
  const paths = await picturesIn(folder);
  const some = evenly(paths, CALIBRATING);
  return {
    counts: { calibrating: some.length, comparing: paths.length },
    calibrating: () => samplesOf(some),
    comparing: () => samplesOf(paths),
  };
}

interface LiveCamera {
  readonly camera: string;
  readonly intervalMs: number;
  readonly allowed: readonly string[];
}

/** Pictures of a camera, one at a time, each gone with the next. @throws Error when the camera is lost. */
async function* shotsOf(
  { camera: url, intervalMs, allowed }: LiveCamera,
  count: number,
): AsyncGenerator<Sample> {
  let settle = Promise.withResolvers<Shot>();
  const shown = sourceUrlOf(url)?.shown;
  const camera = createCameraOpener(allowed)(url, intervalMs, {
    onShot: (shot) => settle.resolve(shot),
    onLost: (reason) => settle.reject(new Error(`the camera ${shown} was lost: ${reason}`)),
  });
  try {
    for (let taken = 0; taken < count; taken++) {
      const { picture } = await settle.promise;
      settle = Promise.withResolvers();
      // Nobody waits for the last promise.
      settle.promise.catch(() => undefined);
      yield { picture };
      camera.next();
    }
  } finally {
    await camera.stop();
  }
}

/** Pictures of a live camera, one every `intervalMs` at most; nothing is kept. @throws SourceRefused when taken, if it is no address */
export const cameraPictures = (camera: LiveCamera): PictureSet => ({
  counts: { calibrating: CALIBRATING, comparing: COMPARING_LIVE },
  calibrating: () => shotsOf(camera, CALIBRATING),
  comparing: () => shotsOf(camera, COMPARING_LIVE),
});
