import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The root of all keys as it lies in the data folder, and the one that is to follow it. Mode 0600, hex. */
export interface RootKeyFile {
  path: string;
  /** `undefined`: there is none. */
  find(): Promise<string | undefined>;
  findNext(): Promise<string | undefined>;
  /** On the disk, whatever happens to the power, before this resolves; the same holds for `keepNext`. */
  writeNext(key: string): Promise<void>;
  /** The next one takes the place of the other, which is gone. */
  keepNext(): Promise<void>;
  dropNext(): Promise<void>;
}

export function rootKeyFile(dataDir: string): RootKeyFile {
  const path = join(dataDir, 'secret.key');
  const next = `${path}.next`;
  const dropNext = () => rm(next, { force: true });
  return {
    path,
    find: () => textIn(path),
    findNext: () => textIn(next),
    writeNext: async (key) => {
      await mkdir(dataDir, { recursive: true });
      await dropNext();
      const before = await stat(path).catch(() => undefined);
      const file = await open(next, 'wx', 0o600);
      try {
        // A command that root ran must not lock out the server, whose key it is.
        if (before && process.getuid?.() === 0) await file.chown(before.uid, before.gid);
        await file.writeFile(key);
        await file.sync();
      } finally {
        await file.close();
      }
      await syncFolder(dataDir);
    },
    keepNext: async () => {
      await rename(next, path);
      await syncFolder(dataDir);
    },
    dropNext,
  };
}

/** An empty file is what a power cut may have left of one that was being written. */
async function textIn(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Names of files are kept by their folder. Windows opens none, and writes names by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
