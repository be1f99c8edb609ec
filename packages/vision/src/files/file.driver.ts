import { stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodePicture, PictureUnreadable } from '../camera/picture.driver.ts';
import { sourceUrlOf } from '../camera/source-url.ts';
import { openVideo, VideoUnreadable } from '../camera/video.driver.ts';
import type { OpenedFile } from './detect.service.ts';

/** A file that holds neither a picture nor a video we can read: the message names it and the remedy. */
class FileUnreadable extends Error {}

const VIDEO_ENDINGS = new Set(['.mp4', '.mkv', '.avi', '.mov', '.webm', '.ts', '.m4v', '.mpg']);

function openAsVideo(path: string): OpenedFile {
  const source = sourceUrlOf(pathToFileURL(resolve(path)).href);
  if (!source) throw new FileUnreadable(`${path} cannot be named as an address`);
  return { kind: 'video', video: openVideo(source) };
}

/** Opens a picture or a video by what is in it. @throws FileUnreadable */
export async function openFile(path: string): Promise<OpenedFile> {
  const entry = await stat(path).catch(() => undefined);
  if (!entry) throw new FileUnreadable(`${path} does not exist; check the path`);
  if (!entry.isFile()) throw new FileUnreadable(`${path} is no file; name the files in it`);
  try {
    if (VIDEO_ENDINGS.has(extname(path).toLowerCase())) return openAsVideo(path);
    return { kind: 'picture', picture: await decodePicture(path) };
  } catch (error) {
    if (error instanceof PictureUnreadable) return openUnnamedVideo(path);
    if (error instanceof VideoUnreadable) throw unreadable(path, error);
    throw error;
  }
}

function openUnnamedVideo(path: string): OpenedFile {
  try {
    return openAsVideo(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, cause: unknown): FileUnreadable =>
  new FileUnreadable(
    `${path} is damaged, or neither a picture (JPEG, PNG, WebP, TIFF, GIF) nor a video (MP4, MKV, AVI, MOV)`,
    { cause },
  );

/** The file of that name in the folder; leading folders of the name may be missing there. @throws FileUnreadable */
export async function findInFolder(name: string, folder: string): Promise<string> {
  const parts = name.split('/');
  for (let skipped = 0; skipped < parts.length; skipped++) {
    const path = join(folder, ...parts.slice(skipped));
    if (
      await stat(path).then(
        (entry) => entry.isFile(),
        () => false,
      )
    )
      return path;
  }
  throw new FileUnreadable(`${name} is not in ${folder}; name the folder that holds it`);
}
