import { CameraConfig, type Occupancy } from '@vigie/contracts/vision';
import { describe, expect, it } from 'vitest';
import type { CameraEvents, Shot } from '../camera/camera.ts';
import { viewOf } from '../camera/view.ts';
import type { Detection } from '../detector/boxes.ts';
import type { VehicleDetector } from '../detector/detector.ts';
import { darkened, roomPicture } from '../testing/room-picture.ts';
import { createParkingRun } from './parking-run.service.ts';

const size = { width: 100, height: 100 };
const model = { path: '/models/m', name: 'm', bytes: 1, input: null, quantised: true };
const clear = viewOf(roomPicture());
const dark = viewOf(darkened(roomPicture(), 0.05));
const start = Date.parse('2026-03-02T10:00:00.000Z');

/** A square in 0..1 with its upper left corner at `x`, `y`. */
const square = (x: number, y: number): [number, number][] => [
  [x, y],
  [x + 0.3, y],
  [x + 0.3, y + 0.3],
  [x, y + 0.3],
];
const spaces = [
  { spaceId: 'a', polygon: square(0.1, 0.1) },
  { spaceId: 'b', polygon: square(0.6, 0.1) },
];
const onA: Detection = { x1: 12, y1: 10, x2: 40, y2: 40, score: 0.6 };

/** A camera of two spaces, its shots, its clock and its cars made by hand. */
function createYard() {
  let events: CameraEvents | undefined;
  let asked = (): void => {};
  let now = start;
  let cars: Detection[] = [];
  const said: Occupancy[] = [];
  const detector: VehicleDetector = {
    async detectVehicles({ picture }) {
      return { vehicles: cars, ms: { prepare: 1, infer: 1, post: 1 }, picture };
    },
  };
  const run = createParkingRun({
    cameraId: 'yard',
    workerId: 'w',
    config: CameraConfig.parse({ v: 1, source: '', fps: 0.5, staleMs: 8000 }),
    url: 'rtsp://yard',
    models: [model],
    spaces,
    detector,
    openCamera: (_url, _intervalMs, told) => {
      events = told;
      return { next: () => asked(), setInterval() {}, async stop() {} };
    },
    renderFrame: () => Promise.reject(new Error('nobody watches')),
    now: () => now,
    wallNow: () => now,
    log: { info() {}, warn() {}, error() {} },
    onOccupancy: (occupancy) => said.push(occupancy),
    onFrame() {},
    onLook() {},
  });
  run.start();
  return {
    run,
    said,
    async shoot(times: number, view: Shot['view'] = clear): Promise<void> {
      for (let i = 0; i < times; i++) {
        now += 2000;
        const picture = { rgb: new Uint8Array(size.width * size.height * 3), size };
        const done = new Promise<void>((resolve) => {
          asked = resolve;
        });
        events?.onShot({ picture, at: now, wallAt: now, view, unchangedMs: 0 });
        await done;
      }
    },
    park(next: Detection[]): void {
      cars = next;
    },
    pass(ms: number): void {
      now += ms;
    },
    lose: () => events?.onLost('the cable was cut'),
    /** health and the word for each space, as published last */
    newest(): string {
      const { health, spaces: told } = said.at(-1) as Occupancy;
      return [health, ...told.map(({ occupied }) => occupied)].join(' ');
    },
  };
}

describe('a camera over parking spaces', () => {
  it('says nothing until looks agree, then who stands where and since when', async () => {
    const yard = createYard();
    yard.park([onA]);
    await yard.shoot(3);
    expect(yard.newest()).toBe('ok  ');
    await yard.shoot(1);
    expect(yard.newest()).toBe('ok true false');
    expect(yard.said.at(-1)?.spaces[0]?.since).toBe(new Date(start + 2000).toISOString());
    yard.park([]);
    await yard.shoot(4);
    expect(yard.newest()).toBe('ok false false');
    expect(yard.said.at(-1)?.spaces[0]?.since).toBe(new Date(start + 10_000).toISOString());
    await yard.run.stop();
  });

  it('knows nothing in the dark, even where a lit car is seen, and settles anew by day', async () => {
    const yard = createYard();
    yard.park([onA]);
    await yard.shoot(4);
    await yard.shoot(1, dark);
    expect(yard.newest()).toBe('dark  ');
    yard.park([]);
    await yard.shoot(3);
    expect(yard.newest()).toBe('ok  ');
    await yard.shoot(1);
    expect(yard.newest()).toBe('ok false false');
    await yard.run.stop();
  });

  it.each([
    { name: 'is lost', health: 'lost', trouble: (yard: Yard) => yard.lose() },
    { name: 'gives no more frames', health: 'late', trouble: (yard: Yard) => yard.pass(9000) },
  ])('knows nothing when it $name', async ({ health, trouble }) => {
    const yard = createYard();
    await yard.shoot(4);
    expect(yard.newest()).toBe('ok false false');
    trouble(yard);
    await expect.poll(yard.newest, { timeout: 10_000 }).toBe(`${health}  `);
    await yard.run.stop();
  });

  it('says good-bye without a word on any space', async () => {
    const yard = createYard();
    await yard.shoot(4);
    const stopped = yard.run.stop();
    yard.run.disown();
    await stopped;
    expect(yard.newest()).toBe('lost  ');
  });
});

type Yard = ReturnType<typeof createYard>;
