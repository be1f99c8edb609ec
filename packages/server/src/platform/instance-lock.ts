import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Conflict } from './errors.ts';

/**
 * Takes a data folder for this process. The operating system frees it when the process ends, however it
 * ends, because it is a listening local socket with a name made from the folder's real path.
 * @throws Conflict when another server has the folder.
 */
export async function lockDataFolder(dataDir: string): Promise<{ release(): Promise<void> }> {
  await mkdir(dataDir, { recursive: true });
  const name = createHash('sha256')
    .update(await realpath(dataDir))
    .digest('hex')
    .slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(taken(error, dataDir)));
    server.listen(addressFor(name), resolve);
  });
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function addressFor(name: string): string {
  if (process.platform === 'linux') return `\0vigie-${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\vigie-${name}`;
  return join(tmpdir(), `vigie-${name}.sock`);
}

const taken = (error: NodeJS.ErrnoException, dataDir: string): Error =>
  error.code === 'EADDRINUSE'
    ? new Conflict(
        'platform/data-folder-taken',
        `Another Vigie server already runs on ${dataDir}. Stop it, or give this one its own folder with VIGIE_DATA.`,
        { cause: error },
      )
    : error;
