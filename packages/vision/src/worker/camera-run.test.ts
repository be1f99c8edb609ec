import { CameraConfig, type Headcount } from '@vigie/contracts/vision';
import { describe, expect, it } from 'vitest';
import type { CameraEvents } from '../camera/camera.ts';
import { viewOf } from '../camera/view.ts';
import type { Detection } from '../detector/boxes.ts';
import type { Detector } from '../detector/detector.ts';
import { CameraRun, type CameraRunDeps } from './camera-run.service.ts';

const size = { width: 640, height: 360 };
const model = { path: '/models/m', name: 'm', bytes: 1, input: null, quantised: true };
const quiet = { info() {}, warn() {}, error() {} };

/** A picture that is clear: dark on the left, bright on the right. */
function clearPicture() {
  const rgb = new Uint8Array(size.width * size.height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = i % (size.width * 3) < size.width ? 10 : 240;
  return { rgb, size };
}

const crowd: Detection[] = Array.from({ length: 7 }, (_, i) => ({
  x1: 10 + i * 80,
  y1: 100,
  x2: 50 + i * 80,
  y2: 220,
  score: 0.8,
}));

/** A camera whose shots are made by hand; resolves when the next one is asked for. */
function createCameraFake() {
  let events: CameraEvents | undefined;
  let asked = (): void => {};
  const intervals: number[] = [];
  return {
    /** Between looks, as they were asked for, ms. */
    intervals,
    open(_url: string, intervalMs: number, told: CameraEvents) {
      events = told;
      intervals.push(intervalMs);
      const setInterval = (ms: number) => void intervals.push(ms);
      return { next: () => asked(), setInterval, async stop() {} };
    },
    shoot(at: number): Promise<void> {
      const picture = clearPicture();
      events?.onShot({ picture, at, wallAt: at, view: viewOf(picture), unchangedMs: 0 });
      return new Promise((resolve) => {
        asked = resolve;
      });
    },
  };
}

const runOf = (given: Partial<CameraRunDeps> & Pick<CameraRunDeps, 'detector' | 'openCamera'>) =>
  new CameraRun({
    cameraId: 'hall',
    workerId: 'w',
    config: CameraConfig.parse({ v: 1, source: '' }),
    url: 'rtsp://hall',
    models: [model],
    renderFrame: () => Promise.reject(new Error('nobody watches')),
    now: () => 0,
    wallNow: () => 0,
    log: quiet,
    onHeadcount() {},
    onFrame() {},
    onPassage() {},
    onLook() {},
    ...given,
  });

describe('a camera', () => {
  it('keeps to the slowdown of its machine when an incident asks for more looks', async () => {
    const camera = createCameraFake();
    const detector: Detector = {
      threads: 1,
      detect: () => Promise.reject(new Error('no frame came')),
      async stop() {},
    };
    const run = runOf({ detector, openCamera: camera.open });
    run.start();
    run.setSlowdown(2);
    run.setRate(10);
    run.setSlowdown(4);
    run.setRate(5);
    await run.stop();
    expect(camera.intervals).toEqual([200, 400, 200, 400, 800]);
  });

  it('looks at a crowd again once a second, and counts it in between', async () => {
    const mirrored: boolean[] = [];
    const detector: Detector = {
      threads: 1,
      async detect({ picture, isMirrored }) {
        mirrored.push(isMirrored === true);
        return { humans: crowd, ms: { prepare: 1, infer: 1, post: 1 }, picture };
      },
      async stop() {},
    };
    const camera = createCameraFake();
    const counts: Headcount[] = [];
    let now = 0;
    const run = runOf({
      detector,
      openCamera: camera.open,
      now: () => now,
      wallNow: () => now,
      onHeadcount: (headcount) => counts.push(headcount),
    });
    run.start();
    const looks: number[] = [];
    for (now = 10_000; now <= 11_200; now += 200) {
      const before = mirrored.length;
      await camera.shoot(now);
      looks.push(mirrored.length - before);
    }
    await run.stop();
    expect(looks).toEqual([4, 1, 1, 1, 1, 4, 1]);
    expect(counts.at(-1)).toMatchObject({ health: 'ok', count: 7, min: 7 });
  });

  it('makes no picture while they are withheld, whoever asks, and counts on', async () => {
    const detector: Detector = {
      threads: 1,
      detect: async ({ picture }) => ({
        humans: crowd,
        ms: { prepare: 1, infer: 1, post: 1 },
        picture,
      }),
      async stop() {},
    };
    const camera = createCameraFake();
    const counts: Headcount[] = [];
    const modes: string[] = [];
    let now = 10_000;
    const run = new CameraRun({
      cameraId: 'hall',
      workerId: 'w',
      config: CameraConfig.parse({ v: 1, source: '', isWithheld: true }),
      url: 'rtsp://hall',
      models: [model],
      detector,
      openCamera: camera.open,
      renderFrame: async (_picture, mode) => {
        modes.push(mode);
        return { jpeg: new Uint8Array(), size };
      },
      now: () => now,
      wallNow: () => now,
      log: quiet,
      onHeadcount: (headcount) => counts.push(headcount),
      onFrame() {},
      onPassage() {},
      onLook() {},
    });
    run.start();
    const shoot = async () => {
      run.watch({ mode: 'clear', until: new Date(now + 5000).toISOString() });
      await camera.shoot(now);
      now += 200;
    };
    for (let i = 0; i < 4; i++) await shoot();
    expect(modes).toEqual([]);
    expect(counts.at(-1)).toMatchObject({ count: 7 });
    run.withhold(false);
    await shoot();
    expect(modes).toEqual(['clear']);
    run.withhold(true);
    await shoot();
    expect(modes).toEqual(['clear']);
    await run.stop();
  });
});
