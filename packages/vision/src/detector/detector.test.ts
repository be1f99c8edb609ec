import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../camera/picture.driver.ts';
import { DETECT_DEFAULTS } from '../index.ts';
import { onnxBytes, readOnnx } from '../models/onnx-file.driver.ts';
import { endToEndOf } from '../testing/end-to-end.ts';
import { findWeights, MEDIA, missingMedia } from '../testing/weights.ts';
import { chooseModel } from './choose-model.ts';
import { createDetector } from './detector.driver.ts';
import type { Look } from './detector.ts';
import { findModel, inspectModel } from './models.driver.ts';

const weights = await findWeights();
const missing = weights.missing ?? missingMedia(join(MEDIA, 'images'));

describe.skipIf(missing)(`the detector${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let detector: ReturnType<typeof createDetector>;
  beforeAll(() => {
    detector = createDetector({ threads: 2 });
  });
  afterAll(() => detector.stop());

  async function lookAt(file: string): Promise<Look> {
    const picture = await decodePicture(join(MEDIA, 'images', file));
    const model = chooseModel(weights.models, 'standard', picture.size);
    if (!model) throw new Error('no weights');
    return detector.detect({ picture, modelPath: model.path, ...DETECT_DEFAULTS });
  }

  it.each([
    { file: 'misc/bus.jpg', people: 4 },
    { file: 'misc/zidane.jpg', people: 2 },
    { file: 'empty_rooms/room_0.jpg', people: 0 },
    { file: 'empty_rooms/room_2.jpg', people: 0 },
    { file: 'empty_rooms/room_4.jpg', people: 0 },
    { file: 'empty_rooms/room_6.jpg', people: 0 },
  ])('finds $people humans in $file', async ({ file, people }) => {
    expect((await lookAt(file)).humans).toHaveLength(people);
  });

  it('gives boxes in pixels of the original, within it, and the picture back', async () => {
    const { humans, picture } = await lookAt('misc/zidane.jpg');
    expect(picture.size).toEqual({ width: 1280, height: 720 });
    expect(picture.rgb).toHaveLength(1280 * 720 * 3);
    for (const { x1, y1, x2, y2 } of humans) {
      expect(0 <= x1 && x1 < x2 && x2 <= 1280 && 0 <= y1 && y1 < y2 && y2 <= 720).toBe(true);
    }
    // The man on the right: his face is at about (940, 250).
    expect(humans.some(({ x1, y1, x2, y2 }) => x1 < 940 && 940 < x2 && y1 < 250 && 250 < y2)).toBe(
      true,
    );
  });

  const whole = [
    { x1: 50, y1: 400, x2: 245, y2: 905 },
    { x1: 222, y1: 407, x2: 345, y2: 857 },
  ];

  async function expectPeopleAtBus(modelPath: string): Promise<void> {
    const picture = await decodePicture(join(MEDIA, 'images', 'misc', 'bus.jpg'));
    const { humans } = await detector.detect({ picture, modelPath, ...DETECT_DEFAULTS });
    for (const one of whole) {
      const near = humans.some(
        ({ x1, x2 }) => Math.abs(x1 - one.x1) < 40 && Math.abs(x2 - one.x2) < 40,
      );
      expect(near).toBe(true);
    }
  }

  it.for([
    { head: 'yolov8', name: 'yolov8n.onnx' },
    { head: 'yolov8', name: 'yolov8n-384x640.onnx' },
    { head: 'yolov8', name: 'yolov8n-int8-736x1280.onnx' },
    { head: 'yolox', name: 'yolox_nano.onnx' },
  ])(
    'finds the people at the bus with the $head weights $name',
    async ({ head, name }, context) => {
      const model = weights.models.find((one) => one.name === name);
      if (!model) return context.skip(`no weights: ${name}`);
      expect((await inspectModel(model.path)).head).toBe(head);
      await expectPeopleAtBus(model.path);
    },
  );

  it('finds them with the same weights as an end-to-end model', async (context) => {
    const model = weights.models.find(({ name }) => name === 'yolov8n-384x640.onnx');
    if (!model) return context.skip('no weights: yolov8n-384x640.onnx');
    const folder = await mkdtemp(join(tmpdir(), 'vigie-end-to-end-'));
    try {
      const path = join(folder, 'end-to-end.onnx');
      await writeFile(path, onnxBytes(endToEndOf(await readOnnx(model.path))));
      expect(await inspectModel(path)).toMatchObject({ head: 'end-to-end', knowsVehicles: false });
      await expectPeopleAtBus(path);
      const picture = await decodePicture(join(MEDIA, 'images', 'misc', 'bus.jpg'));
      const cars = detector.detectVehicles({ picture, modelPath: path, ...DETECT_DEFAULTS });
      await expect(cars).rejects.toThrow(/does not know vehicles/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('refuses weights that are no model, names the file and goes on with others', async () => {
    const picture = await decodePicture(join(MEDIA, 'images', 'misc', 'bus.jpg'));
    const bad = detector.detect({ picture, modelPath: import.meta.filename, conf: 0.2, iou: 0.5 });
    await expect(bad).rejects.toThrow(/detector\.test\.ts is damaged or no ONNX file/);
    expect((await lookAt('misc/bus.jpg')).humans).toHaveLength(4);
  });

  it('says no to pictures after it was stopped', async () => {
    const stopped = createDetector({ threads: 1 });
    await stopped.stop();
    const picture = { rgb: new Uint8Array(12), size: { width: 2, height: 2 } };
    await expect(stopped.detect({ picture, modelPath: 'x', conf: 0.2, iou: 0.5 })).rejects.toThrow(
      /stopped/,
    );
  });
});

it('names the folders when the wanted weights are nowhere', async () => {
  await expect(findModel('no-such-model', ['/models-a', '/models-b'])).rejects.toThrow(
    /no-such-model.*\/models-a, \/models-b.*VIGIE_MODELS/,
  );
});
