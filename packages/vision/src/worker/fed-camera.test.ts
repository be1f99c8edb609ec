import type { FedPicture } from '@vigie/contracts/vision';
import { afterEach, expect, it, vi } from 'vitest';
import type { CameraSource, Shot } from '../camera/camera.ts';
import { openFedCamera } from './fed-camera.service.ts';

const size = { width: 8, height: 8 };
let camera: CameraSource | undefined;
afterEach(() => camera?.stop());

/** A camera whose pictures are one grey each: the first byte of what is sent. */
function open(intervalMs: number) {
  const shots: Shot[] = [];
  const losses: string[] = [];
  let send: (picture: FedPicture) => void = () => undefined;
  let isFollowed = true;
  camera = openFedCamera(
    {
      follow(onPicture) {
        send = onPicture;
        return () => {
          isFollowed = false;
        };
      },
      async decode(jpeg) {
        if (jpeg.length === 0) throw new Error('empty');
        return { rgb: new Uint8Array(8 * 8 * 3).fill(jpeg[0] ?? 0), size };
      },
      now: () => performance.now(),
      wallNow: Date.now,
    },
    intervalMs,
    { onShot: (shot) => shots.push(shot), onLost: (reason) => losses.push(reason) },
  );
  const picture = (grey: number, ageMs = 0) => send({ ageMs, jpeg: new Uint8Array([grey]) });
  return {
    shots,
    losses,
    picture,
    send: (it: FedPicture) => send(it),
    isFollowed: () => isFollowed,
  };
}

const greys = (shots: readonly Shot[]) => shots.map(({ picture }) => picture.rgb[0]);
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

it('only the newest picture is looked at, however many came meanwhile', async () => {
  const { shots, picture } = open(1);
  picture(1);
  await until(() => expect(greys(shots)).toEqual([1]));
  for (const grey of [2, 3, 4]) picture(grey);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(greys(shots)).toEqual([1]);
  camera?.next();
  await until(() => expect(greys(shots)).toEqual([1, 4]));
});

it('a picture is as old as it says', async () => {
  const { shots, picture } = open(1);
  picture(1, 700);
  await until(() => expect(shots).toHaveLength(1));
  expect(performance.now() - (shots[0]?.at ?? 0)).toBeGreaterThanOrEqual(700);
  expect(Date.now() - (shots[0]?.wallAt ?? 0)).toBeGreaterThanOrEqual(699);
});

it('no picture is a loss, at the beginning and later', async () => {
  const { losses, picture, shots } = open(1);
  await until(() => expect(losses).toEqual(['no browser sends pictures']));
  picture(1);
  await until(() => expect(shots).toHaveLength(1));
  await until(() => expect(losses).toContain('the browser sends no more pictures'));
});

it('what is no picture is a loss, and the next one is looked at', async () => {
  const { losses, picture, send, shots } = open(1);
  send({ ageMs: 0, jpeg: new Uint8Array() });
  await until(() => expect(losses).toEqual(['what the browser sends is no picture']));
  picture(9);
  await until(() => expect(greys(shots)).toEqual([9]));
});

it('a stopped one follows nobody', async () => {
  const { isFollowed } = open(1);
  await camera?.stop();
  expect(isFollowed()).toBe(false);
});
