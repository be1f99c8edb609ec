import { parentPort, workerData } from 'node:worker_threads';
import type { Shot } from '../packages/vision/src/camera/camera.ts';
import { sourceUrlOf } from '../packages/vision/src/camera/source-url.ts';
import { openVideo } from '../packages/vision/src/camera/video.driver.ts';
import { viewOf } from '../packages/vision/src/camera/view.ts';
import type { Picture } from '../packages/vision/src/detector/detector.ts';

/** So often each frame is given: what decoding costs is the camera's business and hardly shows. */
const TIMES = 25;

/** A camera that is never waited for: the next frame of its clip lies decoded when it is asked for. One thread each. */
const source = sourceUrlOf(workerData as string);
if (!source) throw new Error(`${String(workerData)} is no address of a clip`);

function* decoded() {
  for (;;) {
    const video = openVideo(source as NonNullable<typeof source>);
    for (const frame of video.frames()) for (let i = 0; i < TIMES; i++) yield frame;
    video.close();
  }
}

const frames = decoded();
let picture: Picture | undefined;
let ahead = frames.next();
parentPort?.on('message', (word) => {
  if (word === 'end') {
    frames.return(undefined);
    parentPort?.close();
    return;
  }
  picture = ahead.value?.picture(picture?.rgb);
  if (!picture) return;
  const shot: Shot = {
    picture,
    at: performance.now(),
    wallAt: Date.now(),
    view: viewOf(picture),
    unchangedMs: 0,
  };
  parentPort?.postMessage(shot);
  ahead = frames.next();
});
