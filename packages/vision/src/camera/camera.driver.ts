import { Worker } from 'node:worker_threads';
import type { CameraEvents, CameraSource, OpenCamera } from './camera.ts';
import { type CameraThreadData, type CameraThreadNews, control } from './camera-thread.ts';
import { sourceUrlOf } from './source-url.ts';

/** A camera address that may not be opened. */
export class SourceRefused extends Error {}

const RESTART_MS = 2000;

/**
 * Gives what opens a camera on a thread of its own. FFmpeg's calls block, and Node's shared pool has four threads: a few
 * silent cameras would stop all others. It throws `SourceRefused` when the address is none or its scheme is not allowed.
 * `allowed`: addresses and networks that are allowed although they are link-local, of a cloud's metadata or multicast.
 */
export const createCameraOpener =
  (allowed: readonly string[] = []): OpenCamera =>
  (url, intervalMs, events) =>
    openCamera({ url, allowed, intervalMs }, events);

function openCamera(
  { url, allowed, intervalMs }: { url: string; allowed: readonly string[]; intervalMs: number },
  { onOpened, onShot, onLost }: CameraEvents,
): CameraSource {
  const source = sourceUrlOf(url);
  if (!source) {
    throw new SourceRefused(
      'this address cannot be opened; use rtsp://, rtsps://, http://, https:// or file://',
    );
  }
  const shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * control.length);
  const numbers = new Int32Array(shared);
  const setInterval = (ms: number): void => {
    Atomics.store(numbers, control.intervalMs, Math.round(ms));
  };
  const next = (): void => {
    Atomics.store(numbers, control.wanted, 1);
  };
  let stopped = false;
  let restart: NodeJS.Timeout | undefined;
  let ended: Promise<unknown> = Promise.resolve();

  function startThread(): void {
    const data: CameraThreadData = {
      source: source as NonNullable<typeof source>,
      allowed,
      control: shared,
    };
    const started = new Worker(new URL('./camera-thread.driver.ts', import.meta.url), {
      workerData: data,
      // Pictures lie outside the heap; what is in it is small, and there may be many cameras.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
    });
    next();
    started.on('message', (news: CameraThreadNews) => {
      if (stopped) return;
      if (news.kind === 'shot') onShot(news.shot);
      else if (news.kind === 'opened') onOpened?.(news.stream);
      else onLost(news.reason);
    });
    started.on('error', (error) => onLost(`camera thread failed: ${error.message}`));
    ended = new Promise((resolve) => started.on('exit', resolve));
    started.on('exit', () => {
      if (!stopped) restart = setTimeout(startThread, RESTART_MS);
    });
  }

  setInterval(intervalMs);
  startThread();
  return {
    next,
    setInterval,
    async stop() {
      stopped = true;
      clearTimeout(restart);
      Atomics.store(numbers, control.stop, 1);
      Atomics.notify(numbers, control.stop);
      // A blocked read ends by FFmpeg's own timeout. The thread is never terminated: within native code that would
      // abort the whole process.
      await ended;
    },
  };
}
