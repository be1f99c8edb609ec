import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** A sender that sends nothing for this long has gone. */
const SILENCE_MS = 30_000;

/** A file that is larger than it may be. */
export class TooLarge extends Error {}

/** Aborts when nothing was heard for a while. */
export function createSilenceWatch() {
  const controller = new AbortController();
  const abort = (): void =>
    controller.abort(new Error(`nothing came for ${SILENCE_MS / 1000} seconds`));
  const timer = setTimeout(abort, SILENCE_MS);
  return {
    signal: controller.signal,
    heard: () => timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}

interface Receipt {
  readonly path: string;
  readonly mostBytes: number;
  /** Told after each piece how many there were in all. */
  readonly onBytes: (bytes: number) => void;
}

/** Writes what comes to a file, all the way to the disk; gives its SHA-256. @throws TooLarge */
export async function writeHashed(
  pieces: AsyncIterable<Uint8Array>,
  { path, mostBytes, onBytes }: Receipt,
): Promise<string> {
  const file = await open(path, 'w');
  const hash = createHash('sha256');
  try {
    let bytes = 0;
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > mostBytes) throw new TooLarge(`it is larger than ${mostBytes} bytes`);
      hash.update(piece);
      await file.writeFile(piece);
      onBytes(bytes);
    }
    await file.sync();
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
