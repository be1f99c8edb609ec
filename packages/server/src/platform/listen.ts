import { createServer, type Server } from 'node:net';
import { Conflict } from './errors.ts';

/**
 * Listens, or says which setting to change.
 * @throws Conflict when the port is taken.
 */
export function listen(
  server: Server,
  { host, port, setting }: { host: string; port: number; setting: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port, setting)));
    server.listen(port, host, () => resolve());
  });
}

/** Turns "address in use" into an error that names the setting; other errors stay. */
export function portError(error: NodeJS.ErrnoException, port: number, setting: string): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const why = error.code === 'EACCES' ? 'may not be opened by this user' : 'is already taken';
  return new Conflict(
    'platform/port-taken',
    `Port ${port} ${why}. Choose another one with ${setting}.`,
    {
      cause: error,
    },
  );
}

/** A port of 127.0.0.1 that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
