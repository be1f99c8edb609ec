import type { FedPicture } from '@vigie/contracts/vision';
import type { CameraEvents, CameraSource } from '../camera/camera.ts';
import { createChangeWatch } from '../camera/change-watch.ts';
import { isDue, looked, type Sampling } from '../camera/sampling.ts';
import { viewOf } from '../camera/view.ts';
import type { Picture } from '../detector/detector.ts';

/** A camera that is silent for this long is lost, in milliseconds. */
const SILENCE_MS = 5000;

interface FedCameraDeps {
  /** Calls back for each picture that comes; the result ends it. */
  readonly follow: (onPicture: (picture: FedPicture) => void) => () => void;
  /** @throws Error when it is no picture. */
  readonly decode: (jpeg: Uint8Array) => Promise<Picture>;
  /** milliseconds of the clock that nobody sets */
  readonly now: () => number;
  /** milliseconds since 1970 */
  readonly wallNow: () => number;
}

/** Opens a camera that is not asked for its pictures but sends them by itself: a browser's. */
export function openFedCamera(
  deps: FedCameraDeps,
  givenIntervalMs: number,
  events: CameraEvents,
): CameraSource {
  const { now } = deps;
  const unchangedMs = createChangeWatch();
  let intervalMs = givenIntervalMs;
  let sampling: Sampling = { dueAt: 0 };
  let isWanted = true;
  let isStopped = false;
  /** the newest picture that was not looked at; an older one is of no use any more */
  let newest: { jpeg: Uint8Array; at: number } | undefined;
  let isLooking = false;
  let silence = setTimeout(lose, SILENCE_MS, 'no browser sends pictures');

  function lose(reason: string): void {
    if (isStopped) return;
    clearTimeout(silence);
    silence = setTimeout(lose, SILENCE_MS, reason);
    events.onLost(reason);
  }

  function take({ ageMs, jpeg }: FedPicture): void {
    newest = { jpeg, at: now() - ageMs };
    void look();
  }

  async function look(): Promise<void> {
    if (isLooking || !isWanted || !newest || !isDue(sampling, now(), intervalMs)) return;
    const { jpeg, at } = newest;
    newest = undefined;
    isLooking = true;
    try {
      await tell(await deps.decode(jpeg), at);
    } catch {
      lose('what the browser sends is no picture');
    } finally {
      isLooking = false;
    }
  }

  async function tell(picture: Picture, at: number): Promise<void> {
    if (isStopped) return;
    const told = now();
    clearTimeout(silence);
    silence = setTimeout(lose, SILENCE_MS, 'the browser sends no more pictures');
    sampling = looked(sampling, told, intervalMs);
    isWanted = false;
    const wallAt = deps.wallNow() - (told - at);
    const shot = { picture, at, wallAt, view: viewOf(picture) };
    events.onShot({ ...shot, unchangedMs: unchangedMs(picture, at, told) });
  }

  const unfollow = deps.follow(take);
  return {
    next() {
      isWanted = true;
      void look();
    },
    setInterval(ms) {
      intervalMs = ms;
    },
    async stop() {
      isStopped = true;
      clearTimeout(silence);
      unfollow();
    },
  };
}
