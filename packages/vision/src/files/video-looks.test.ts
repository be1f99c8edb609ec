import { describe, expect, it } from 'vitest';
import type { Picture } from '../detector/detector.ts';
import type { Finder, Found } from '../detector/finder.service.ts';
import { findAsCamera, looksOf } from './video-looks.service.ts';

const picture = (): Picture => ({ rgb: new Uint8Array(3), size: { width: 1, height: 1 } });

/** A video with a frame at each of these seconds. */
const videoOf = (times: readonly number[]) => ({
  duration: times.at(-1) ?? 0,
  frames: () => times.map((t) => ({ t, picture })),
  close() {},
});

async function timesOf(frames: readonly number[], everySeconds: number): Promise<number[]> {
  const look = async (): Promise<string> => 'seen';
  const times: number[] = [];
  for await (const { t } of looksOf(videoOf(frames), { everySeconds, atOnce: 2, look })) {
    times.push(t);
  }
  return times;
}

describe('looks at a video', () => {
  it.each([
    { name: 'every frame', every: 0, times: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
    { name: 'a rate of the frames', every: 0.2, times: [0, 0.2, 0.4] },
    { name: 'a rate between the frames, on the mean', every: 0.15, times: [0, 0.2, 0.3, 0.5] },
  ])('come at $name', async ({ every, times }) => {
    expect(await timesOf([0, 0.1, 0.2, 0.3, 0.4, 0.5], every)).toEqual(times);
  });

  it('come in the order of the frames, however long each takes', async () => {
    const waits = [30, 1, 10, 1];
    const look = async (_picture: Picture, t: number): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, waits[t]));
      return t;
    };
    const seen: number[] = [];
    const options = { everySeconds: 0, atOnce: 2, look };
    for await (const { look: t, frame } of looksOf(videoOf([0, 1, 2, 3]), options)) {
      expect(frame).toBe(t);
      seen.push(t);
    }
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});

describe('finding people in a video', () => {
  it('allows second looks as seldom as a camera', async () => {
    const allowed: boolean[] = [];
    const finder: Finder = {
      async find({ mayLookAgain }) {
        allowed.push(mayLookAgain);
        return {} as Found;
      },
    };
    const find = findAsCamera(finder, 'standard');
    for (const t of [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2]) await find(picture(), t);
    expect(allowed).toEqual([true, false, false, false, false, true, false]);
  });
});
