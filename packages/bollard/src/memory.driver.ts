import { open, readFile, rename } from 'node:fs/promises';
import { BollardState, Display } from '@vigie/contracts/parking';
import type { Kept, Log, Memory } from './bollard.service.ts';

/** Forgets everything with the process. */
export const createVolatileMemory = (): Memory => ({
  read: async () => undefined,
  write: async () => {},
});

/** A file that is replaced whole, so that a power cut leaves the old or the new one, never half. */
export function createFileMemory(path: string, log: Log): Memory {
  let newest: string | undefined;
  let last = Promise.resolve();

  /** Writes what is newest; steps that were overtaken find nothing left to do. */
  async function step(): Promise<void> {
    const text = newest;
    newest = undefined;
    if (text !== undefined) await replace(path, text);
  }

  return {
    read: () => readKept(path, log),
    write: (kept) => {
      newest = JSON.stringify(kept);
      last = last.then(step, step);
      return last;
    },
  };
}

async function replace(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

async function readKept(path: string, log: Log): Promise<Kept | undefined> {
  try {
    const { display, occupied, seq, pending } = JSON.parse(await readFile(path, 'utf8'));
    return {
      display: Display.optional().parse(display),
      occupied: typeof occupied === 'boolean' ? occupied : undefined,
      seq: Number(seq),
      pending: BollardState.array().parse(pending),
    };
  } catch (error) {
    const isNew = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isNew) log.error({ path, error: String(error) }, 'the memory on board is unreadable');
    return undefined;
  }
}
