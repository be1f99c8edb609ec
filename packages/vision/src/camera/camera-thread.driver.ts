import { parentPort, workerData } from 'node:worker_threads';
import { type CameraThreadData, type CameraThreadNews, control } from './camera-thread.ts';
import { createChangeWatch } from './change-watch.ts';
import { resolveSource } from './resolve-source.driver.ts';
import { isDue, looked, type Sampling } from './sampling.ts';
import { type SourceUrl, withoutSecrets } from './source-url.ts';
import { steadyNow } from './steady-clock.driver.ts';
import { MOST_BEHIND_MS, openVideo, type Video, type VideoFrame } from './video.driver.ts';
import { viewOf } from './view.ts';

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 15_000;
/** A connection that lasted this long was sound: the next retry is quick again. */
const SOUND_MS = 30_000;
/** How often the next look at a still picture is thought of. */
const POLL_MS = 10;

const { source: asked, allowed, control: shared } = workerData as CameraThreadData;
const numbers = new Int32Array(shared);
const isStopped = (): boolean => Atomics.load(numbers, control.stop) === 1;
const tell = (news: CameraThreadNews, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(news, moved);

/** Sleeps on this thread; ends early when the camera is stopped. */
function sleep(ms: number): void {
  if (ms > 0) Atomics.wait(numbers, control.stop, 0, ms);
}

interface Sight {
  readonly frame: VideoFrame;
  /** seconds by the source's own clock */
  readonly t: number;
  /** when it was taken, milliseconds of the clock that nobody sets */
  readonly at: number;
}

interface Looker {
  isDue(): boolean;
  /** Tells the frame if a look is due. */
  look(sight: Sight): void;
}

function createLooker(): Looker {
  let sampling: Sampling = { dueAt: 0 };
  let newestAt = 0;
  const unchangedMs = createChangeWatch();
  const intervalMs = (): number => Atomics.load(numbers, control.intervalMs);
  const isLookDue = (): boolean =>
    Atomics.load(numbers, control.wanted) === 1 && isDue(sampling, steadyNow(), intervalMs());
  return {
    isDue: isLookDue,
    look({ frame, t, at }) {
      // Whoever reckons with the times of the looks may rely on their order.
      if (at <= newestAt || !isLookDue()) return;
      newestAt = at;
      const now = steadyNow();
      sampling = looked(sampling, now, intervalMs());
      Atomics.store(numbers, control.wanted, 0);
      const picture = frame.picture();
      const shot = {
        picture,
        at,
        wallAt: Date.now() - (now - at),
        view: viewOf(picture),
        unchangedMs: unchangedMs(picture, t, now),
      };
      tell({ kind: 'shot', shot }, [picture.rgb.buffer]);
    },
  };
}

/** A live stream: every frame as it comes, except those of the past. */
function watchStream(video: Video, { look }: Looker): void {
  for (const frame of video.frames({ skipsBacklog: true })) {
    if (isStopped()) return;
    const { t, behindMs } = frame;
    if (behindMs <= MOST_BEHIND_MS) look({ frame, t, at: steadyNow() - behindMs });
  }
}

/** A picture that is asked for again at every look. It may be as old as the question. */
function pollStill(source: SourceUrl, looker: Looker): void {
  while (!isStopped()) {
    if (looker.isDue()) readStill(source, looker);
    else sleep(POLL_MS);
  }
}

function readStill(source: SourceUrl, { look }: Looker): void {
  const at = steadyNow();
  const video = openVideo(source);
  try {
    const { value: frame } = video.frames().next();
    if (!frame) throw new Error(`${source.shown} holds no picture`);
    look({ frame, t: at / 1000, at });
  } finally {
    video.close();
  }
}

/** A clip plays at its own pace, as a live camera would. Returns its length in seconds. */
function playClip(video: Video, startedAt: number, { look }: Looker): number {
  let length = 0;
  for (const frame of video.frames()) {
    sleep(startedAt + frame.t * 1000 - steadyNow());
    if (isStopped()) return length;
    look({ frame, t: startedAt / 1000 + frame.t, at: steadyNow() });
    length = frame.t + 1 / (video.rate || 25);
  }
  return length;
}

function loopClip(source: SourceUrl, looker: Looker): void {
  let startedAt = steadyNow();
  while (!isStopped()) {
    const video = openVideo(source);
    try {
      const seconds = playClip(video, startedAt, looker);
      if (seconds === 0) throw new Error(`${source.shown} holds no frame`);
      // After a stall the clip goes on from now instead of racing.
      startedAt = Math.max(startedAt + seconds * 1000, steadyNow() - 1000);
    } finally {
      video.close();
    }
  }
}

function follow(source: SourceUrl, looker: Looker): void {
  const video = openVideo(source);
  try {
    tell({ kind: 'opened', stream: { codec: video.codec, isStill: video.isStill } });
    if (!video.isStill && source.kind !== 'file') watchStream(video, looker);
  } finally {
    video.close();
  }
  if (video.isStill) pollStill(source, looker);
  else if (source.kind === 'file') loopClip(source, looker);
}

async function connectOnce(): Promise<string> {
  try {
    follow(await resolveSource(asked, allowed), createLooker());
    return 'the stream ended';
  } catch (error) {
    return withoutSecrets(error instanceof Error ? error.message : String(error), asked);
  }
}

let retryMs = FIRST_RETRY_MS;
while (!isStopped()) {
  const startedAt = steadyNow();
  const reason = await connectOnce();
  if (isStopped()) break;
  if (steadyNow() - startedAt > SOUND_MS) retryMs = FIRST_RETRY_MS;
  tell({ kind: 'lost', reason });
  sleep(retryMs);
  retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
}
