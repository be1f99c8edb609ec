import { describe, expect, it } from 'vitest';
import type { Detection } from './boxes.ts';
import type { ModelFile } from './choose-model.ts';
import type { Detector, DetectRequest } from './detector.ts';
import { createFinder, type FindRequest } from './finder.service.ts';

const size = { width: 1280, height: 720 };
const model = (name: string, width: number, height: number): ModelFile => ({
  path: `/models/${name}`,
  name,
  bytes: 11_800_000,
  input: { width, height },
  quantised: true,
});
const models = [model('square', 640, 640), model('wide', 640, 384)];

/** A detector that finds the same people in every look and remembers what it was asked. */
function createDetectorFake(humans: Detection[]) {
  const asked: DetectRequest[] = [];
  const detector: Detector = {
    threads: 1,
    async detect(request) {
      asked.push(request);
      return { humans, ms: { prepare: 1, infer: 10, post: 2 }, picture: request.picture };
    },
    async stop() {},
  };
  return { asked, detector };
}

/** `luma` of the left and the right half. */
function pictureOf([left, right]: [number, number]) {
  const rgb = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++) {
    const row = y * size.width * 3;
    rgb.fill(left, row, row + size.width * 1.5);
    rgb.fill(right, row + size.width * 1.5, row + size.width * 3);
  }
  return { rgb, size };
}

const people = (n: number, score = 0.5): Detection[] =>
  Array.from({ length: n }, (_, i) => ({
    x1: 10 + i * 60,
    y1: 300,
    x2: 50 + i * 60,
    y2: 420,
    score,
  }));
const clear = pictureOf([20, 230]);

/** Looks at one picture with a detector that finds these people whenever it is asked. */
async function find(humans: Detection[], request: Partial<FindRequest> = {}) {
  const { asked, detector } = createDetectorFake(humans);
  const whole = { picture: clear, profile: 'standard', mayLookAgain: true, ...request } as const;
  return { asked, found: await createFinder({ detector, models }).find(whole) };
}

describe('finding people', () => {
  it('looks once at a handful of people, plainly', async () => {
    const { asked, found } = await find(people(5));
    expect(found).toMatchObject({ looks: 1, humans: people(5) });
    expect(asked.map(({ hasContrast }) => hasContrast)).toEqual([false]);
  });

  it('looks at a crowd again: mirrored, and at each half with the weights that fit it', async () => {
    const { asked, found } = await find(people(6));
    expect(found.looks).toBe(4);
    expect(found.ms).toEqual({ prepare: 4, infer: 40, post: 8 });
    expect(found.humans).toHaveLength(6);
    expect(asked.map(({ modelPath }) => modelPath)).toEqual(
      ['wide', 'wide', 'square', 'square'].map((name) => `/models/${name}`),
    );
    expect(asked.map(({ isMirrored }) => isMirrored === true)).toEqual([false, true, false, false]);
    expect(asked.map(({ part }) => part?.x1)).toEqual([undefined, undefined, 0, 544]);
  });

  it('looks at a crowd once where it must be quick', async () => {
    expect((await find(people(6), { mayLookAgain: false })).found.looks).toBe(1);
  });

  it('raises the contrast of a dull picture and trusts its finds less', async () => {
    const { asked, found } = await find(people(2, 0.4), { picture: pictureOf([100, 180]) });
    expect(asked.map(({ hasContrast }) => hasContrast)).toEqual([true]);
    for (const { score } of found.humans) expect(score).toBeCloseTo(0.3, 9);
  });

  it('fails where there are no weights', async () => {
    const { detector } = createDetectorFake([]);
    const request = { picture: clear, profile: 'quick', mayLookAgain: true } as const;
    await expect(createFinder({ detector, models: [] }).find(request)).rejects.toThrow(
      /no weights/,
    );
  });
});
