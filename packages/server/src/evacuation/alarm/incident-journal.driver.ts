import {
  closeSync,
  fdatasync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { JournalFile } from './incident-journal.service.ts';

/** A file of lines beside the database, for what the database does not have yet. Mode 0600. */
export function createJournalFile(path: string, log: Log): JournalFile {
  let descriptor: number | undefined;

  function opened(): number {
    if (descriptor === undefined) {
      mkdirSync(dirname(path), { recursive: true });
      descriptor = openSync(path, 'a+', 0o600);
    }
    return descriptor;
  }

  function failed(error: unknown): void {
    log.error({ path, error: messageOf(error) }, 'the journal of incidents cannot be written');
  }

  return {
    /** A killed server leaves half a line at most, the last one; the next line must not be glued to it. */
    read: () => {
      const file = opened();
      const text = readFileSync(path, 'utf8');
      if (text !== '' && !text.endsWith('\n')) writeSync(file, '\n');
      return text.split('\n').filter((line) => line !== '');
    },
    append: (line) => {
      try {
        const file = opened();
        writeSync(file, `${line}\n`);
        // Written survives the end of the process; synced survives a power cut, which is not worth blocking the board for.
        fdatasync(file, (error) => void (error && error.code !== 'EBADF' && failed(error)));
        return true;
      } catch (error) {
        failed(error);
        return false;
      }
    },
    clear: () => {
      try {
        ftruncateSync(opened(), 0);
      } catch (error) {
        failed(error);
      }
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}
