import type { WorkerStatus } from '@vigie/contracts/vision';

/** FNV-1a over the text's UTF-16 units, then mixed so that every bit counts; 32 bits. Source: Appleby, MurmurHash3, fmix32. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The worker that counts this camera: the highest hash of the pair wins, so every worker finds the same answer alone,
 * and a worker that comes or goes moves only its own cameras. `undefined`: nobody is there.
 * Source: Thaler and Ravishankar, rendezvous hashing, IEEE/ACM Transactions on Networking 6(1), 1998.
 */
export function workerFor(cameraId: string, workers: readonly string[]): string | undefined {
  let best: { worker: string; hash: number } | undefined;
  for (const worker of workers) {
    const hash = hashOf(`${worker}\n${cameraId}`);
    const wins = !best || hash > best.hash || (hash === best.hash && worker < best.worker);
    if (wins) best = { worker, hash };
  }
  return best?.worker;
}

/** A worker repeats its status this often. */
export const STATUS_EVERY_MS = 10_000;
/** Without a word for this long it is gone, whatever the broker's retained message says. */
const SILENT_MS = 35_000;

/** What was last heard of another worker. */
export interface Heard {
  readonly status: WorkerStatus;
  /** milliseconds since 1970, by our own clock */
  readonly at: number;
}

/** Workers that share the cameras now, in order of their names; we ourselves always do. */
export function presentWorkers(
  self: string,
  heard: ReadonlyMap<string, Heard>,
  now: number,
): string[] {
  const others = [...heard]
    .filter(([worker, { status, at }]) => worker !== self && status.online && now - at <= SILENT_MS)
    .map(([worker]) => worker);
  return [self, ...others].sort();
}
