import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Headcount } from '@vigie/contracts/vision';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { films, missingRtsp, type RtspCamera, startRtspCamera, urlOf } from '../testing/rtsp.ts';
import { startWatchedWorker, type WatchedWorker } from '../testing/watched-worker.ts';
import { findWeights } from '../testing/weights.ts';
import { layWire, type Wire } from '../testing/wire.ts';

const weights = await findWeights();
const missing = missingRtsp ?? weights.missing;
const staleMs = 2000;
/** What a message and the watchdog of the worker may take on a busy machine. */
const graceMs = 1500;

let worker: WatchedWorker;
let camera: RtspCamera | undefined;
let wire: Wire | undefined;

beforeEach(async () => {
  worker = await startWatchedWorker(weights.folders);
  return async () => {
    await camera?.stop();
    await worker.stop();
  };
});
afterEach(() => wire?.stop());

const two = ({ count, health }: Headcount): boolean => health === 'ok' && count === 2;
const isUnknown = ({ count }: Headcount): boolean => count === null;

/** Two people are counted on a camera of the given film, through a wire that is still good. */
async function countTwo(film: string): Promise<{ camera: RtspCamera; wire: Wire }> {
  camera = await startRtspCamera(film);
  wire = await layWire(camera.port);
  await worker.watch(urlOf(wire.port), { staleMs });
  await worker.until(two);
  return { camera, wire };
}

/** No number was ever older than the limit. */
function expectNothingStale(): void {
  for (const { count, ageMs, health } of worker.said) {
    if (count !== null) expect({ health, isFresh: ageMs <= staleMs }).toEqual(fresh);
  }
}
const fresh = { health: 'ok', isFresh: true };

/** Adds milliseconds to the time stamp of an RTP packet of video. Source: RFC 3550, clause 5.1; 90 kHz. */
const later = (ms: number) => (packet: Buffer) => {
  packet.writeUInt32BE((packet.readUInt32BE(4) + ms * 90) >>> 0, 4);
  return packet;
};

describe.skipIf(missing)(
  `a bad camera${missing ? ` (skipped: ${missing})` : ''}`,
  { timeout: 90_000 },
  () => {
    it('that stands still is unknown within its limit, and is counted again when it goes on', async () => {
      const { camera } = await countTwo(films.office);
      camera.signal('SIGSTOP');
      const stoppedAt = performance.now();
      const unknown = await worker.until(isUnknown);
      expect(unknown.health).toMatch(/late|lost/);
      expect(unknown.heardAt - stoppedAt).toBeLessThan(staleMs + graceMs);
      await worker.until(({ health }) => health === 'lost');
      camera.signal('SIGCONT');
      await worker.until(two);
      expectNothingStale();
    });

    it('whose pictures are held up is unknown meanwhile, and is counted again by itself', async () => {
      const { wire } = await countTwo(films.office);
      wire.hold(true);
      await worker.until(({ health }) => health === 'late');
      await delay(500);
      wire.hold(false);
      await worker.until(two);
      expectNothingStale();
    });

    it('that sends garbage within its packets goes on when it sends pictures again', async () => {
      const { wire } = await countTwo(films.office);
      wire.bend((packet) =>
        Buffer.concat([packet.subarray(0, 13), randomBytes(packet.length - 13)]),
      );
      await worker.until(isUnknown);
      wire.bend((packet) => packet);
      await worker.until(two);
      expectNothingStale();
    });

    it('that sends garbage between its packets is connected again', async () => {
      const { wire } = await countTwo(films.office);
      wire.inject(randomBytes(100_000));
      await delay(500);
      await worker.until(two);
      expectNothingStale();
    });

    it('whose picture gets another size is counted in the new size', async () => {
      const shape = (width: number, height: number) =>
        `video/x-raw,width=${width},height=${height},framerate=5/1`;
      const { camera } = await countTwo(films.officeReshaped(shape(640, 360)));
      camera.reshape(shape(960, 540));
      await delay(1500);
      await worker.until(two);
      expectNothingStale();
    });

    it('that falls from 60 to 1 frame a second stays known, at its new rate', async () => {
      const shape = (fps: number) => `video/x-raw,width=640,height=360,framerate=${fps}/1`;
      const { camera } = await countTwo(films.officeReshaped(shape(60)));
      camera.reshape(shape(1));
      await worker.until(({ health, fps }) => health === 'ok' && fps > 0 && fps < 2);
      expectNothingStale();
    });

    it.each([
      { name: 'an hour forward', ms: 3_600_000 },
      { name: 'an hour back', ms: -3_600_000 },
    ])('whose clock jumps $name is counted on', async ({ ms }) => {
      const { wire } = await countTwo(films.office);
      wire.bend(later(ms));
      await delay(1000);
      await worker.until(two);
      expectNothingStale();
    });

    it('that goes away is lost at once, and is counted again when it is back', async () => {
      const { camera: gone } = await countTwo(films.office);
      await gone.stop();
      await worker.until(({ health, count }) => health === 'lost' && count === null);
      camera = await startRtspCamera(films.office, gone.port);
      await worker.until(two);
      expectNothingStale();
    });

    it('that refuses the password is lost and has no number', async () => {
      camera = await startRtspCamera(films.office);
      await worker.watch(camera.url.replace('geheim99', 'wrong-one'));
      await worker.until(({ health }) => health === 'lost');
      expect(worker.said.every(isUnknown)).toBe(true);
    });
  },
);
