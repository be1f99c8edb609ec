import { parentPort, workerData } from 'node:worker_threads';
import type { Picture } from '../detector/detector.ts';
import { type CameraThreadData, type CameraThreadNews, control } from './camera-thread.ts';
import { isDue, looked, type Sampling } from './sampling.ts';
import { withoutSecrets } from './source-url.ts';
import { openVideo, type Video, type VideoFrame } from './video.driver.ts';
import { viewOf } from './view.ts';

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 15_000;
/** A connection that lasted this long was sound: the next retry is quick again. */
const SOUND_MS = 30_000;

const { source, control: shared } = workerData as CameraThreadData;
const numbers = new Int32Array(shared);
const isStopped = (): boolean => Atomics.load(numbers, control.stop) === 1;
const tell = (news: CameraThreadNews, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(news, moved);

/** Sleeps on this thread; ends early when the camera is stopped. */
function sleep(ms: number): void {
  if (ms > 0) Atomics.wait(numbers, control.stop, 0, ms);
}

/** Tells a live picture from a frozen one: its last change by content and by time stamp. */
function createChangeWatch() {
  let last = new Uint8Array(0);
  let lastT = Number.NEGATIVE_INFINITY;
  let changedAt = 0;
  return ({ rgb }: Picture, t: number, now: number): number => {
    const frozen = t <= lastT || Buffer.compare(last, rgb) === 0;
    if (!frozen) changedAt = now;
    if (last.length !== rgb.length) last = new Uint8Array(rgb.length);
    last.set(rgb);
    lastT = t;
    return now - changedAt;
  };
}

function createLooker() {
  let sampling: Sampling = { dueAt: 0 };
  const unchangedMs = createChangeWatch();
  return (frame: VideoFrame, t: number): void => {
    const now = performance.now();
    const intervalMs = Atomics.load(numbers, control.intervalMs);
    if (Atomics.load(numbers, control.wanted) === 0 || !isDue(sampling, now, intervalMs)) return;
    sampling = looked(sampling, now, intervalMs);
    Atomics.store(numbers, control.wanted, 0);
    const picture = frame.picture();
    const shot = {
      picture,
      at: Date.now(),
      view: viewOf(picture),
      unchangedMs: unchangedMs(picture, t, now),
    };
    tell({ kind: 'shot', shot }, [picture.rgb.buffer]);
  };
}

/** A live stream: every frame as it comes. */
function watchStream(video: Video, look: (frame: VideoFrame, t: number) => void): void {
  for (const frame of video.frames()) {
    if (isStopped()) return;
    look(frame, frame.t);
  }
}

/** A clip plays at its own pace, as a live camera would. Returns its length in seconds. */
function playClip(
  video: Video,
  startedAt: number,
  look: (frame: VideoFrame, t: number) => void,
): number {
  let length = 0;
  for (const frame of video.frames()) {
    sleep(startedAt + frame.t * 1000 - performance.now());
    if (isStopped()) return length;
    look(frame, startedAt / 1000 + frame.t);
    length = frame.t + 1 / (video.rate || 25);
  }
  return length;
}

function loopClip(look: (frame: VideoFrame, t: number) => void): void {
  let startedAt = performance.now();
  while (!isStopped()) {
    const video = openVideo(source);
    try {
      const seconds = playClip(video, startedAt, look);
      if (seconds === 0) throw new Error(`${source.shown} holds no frame`);
      // After a stall the clip goes on from now instead of racing.
      startedAt = Math.max(startedAt + seconds * 1000, performance.now() - 1000);
    } finally {
      video.close();
    }
  }
}

function follow(look: (frame: VideoFrame, t: number) => void): void {
  if (source.kind === 'file') {
    loopClip(look);
    return;
  }
  const video = openVideo(source);
  try {
    watchStream(video, look);
  } finally {
    video.close();
  }
}

function connectOnce(): string {
  try {
    follow(createLooker());
    return 'the stream ended';
  } catch (error) {
    return withoutSecrets(error instanceof Error ? error.message : String(error), source);
  }
}

let retryMs = FIRST_RETRY_MS;
while (!isStopped()) {
  const startedAt = performance.now();
  const reason = connectOnce();
  if (isStopped()) break;
  if (performance.now() - startedAt > SOUND_MS) retryMs = FIRST_RETRY_MS;
  tell({ kind: 'lost', reason });
  sleep(retryMs);
  retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
}
