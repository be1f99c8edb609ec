import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../camera/picture.driver.ts';
import type { Size } from '../detector/boxes.ts';
import { letterboxOf } from '../detector/letterbox.ts';
import { fillTensor } from '../detector/resample.ts';
import { FOOTAGE, findWeights, MEDIA, missingMedia } from '../testing/weights.ts';
import { listModelFiles, quantiseModel, resizeModel, verifyModels } from './index.ts';
import { withInputSize } from './input-size.ts';
import { onnxBytes, readOnnx } from './onnx-file.driver.ts';
import { integersOf, type OnnxModel, type OnnxNode } from './onnx-model.ts';
import { raiseOpset } from './opset.ts';
import { cameraPictures } from './pictures.driver.ts';
import { agreedShare } from './verdict.ts';

const weights = await findWeights();
const pathOf = (name: string): string | undefined =>
  weights.models.find((model) => model.name === name)?.path;
const square = pathOf('yolov8n.onnx') ?? '';
const wide = pathOf('yolov8n-384x640.onnx') ?? '';
const annotations = join(MEDIA, 'annotations_person.json');
const missing =
  weights.missing ??
  missingMedia(square || 'yolov8n.onnx') ??
  missingMedia(wide || 'yolov8n-384x640.onnx') ??
  missingMedia(annotations);
const WIDE: Size = { width: 640, height: 384 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-models-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a model says of a photograph, number by number. */
async function outputOf(model: string | Uint8Array, input: Size): Promise<Float32Array> {
  const bytes = typeof model === 'string' ? readFileSync(model) : model;
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const picture = await decodePicture(join(MEDIA, 'images', 'misc', 'bus.jpg'));
  const values = new Float32Array(3 * input.width * input.height);
  fillTensor(
    picture,
    letterboxOf(picture.size, input, 'centre'),
    { order: 'rgb', white: 1 },
    values,
  );
  const shown = new Tensor('float32', values, [1, 3, input.height, input.width]);
  const { output0 } = await session.run({ images: shown });
  await session.release();
  return output0?.data as Float32Array;
}

const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);

/** The model as an exporter of opset 11 writes it: sizes of a Split are an attribute. */
function inOpset11(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const lowered = (node: OnnxNode): OnnxNode => {
    const sizes = graph.initializer.find(({ name }) => name === node.input[1]);
    if (node.opType !== 'Split' || !sizes) return node;
    const split = { name: 'split', type: 7, ints: integersOf(sizes).map(BigInt) };
    return { ...node, input: node.input.slice(0, 1), attribute: [...node.attribute, split] };
  };
  return {
    ...model,
    opsetImport: [{ domain: '', version: 11n }],
    graph: { ...graph, node: graph.node.map(lowered) },
  };
}

describe.skipIf(missing)(`a detector's file${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('says the same after it was read and written', { timeout: 60_000 }, async () => {
    const again = onnxBytes(await readOnnx(wide));
    expect(farthest(await outputOf(again, WIDE), await outputOf(wide, WIDE))).toBe(0);
  });

  it('says the same after it was raised from opset 11', { timeout: 60_000 }, async () => {
    const old = inOpset11(await readOnnx(wide));
    const raised = raiseOpset(old);
    expect(raised.graph.node.every(({ opType, input }) => opType !== 'Split' || input[1])).toBe(
      true,
    );
    expect(farthest(await outputOf(onnxBytes(raised), WIDE), await outputOf(wide, WIDE))).toBe(0);
  });

  it('for another input size is what an export with that size gives', {
    timeout: 60_000,
  }, async () => {
    const out = join(folder, 'resized.onnx');
    expect(await resizeModel({ model: square, size: WIDE, out })).toBe(out);
    const [ours, theirs] = [await outputOf(out, WIDE), await outputOf(wide, WIDE)];
    expect(ours).toHaveLength(theirs.length);
    expect(farthest(ours, theirs)).toBeLessThan(1e-3);
    const { metadataProps } = await readOnnx(out);
    expect(metadataProps.find(({ key }) => key === 'imgsz')?.value).toBe('[384, 640]');
  });

  it('goes back to the size it came from', async () => {
    const model = await readOnnx(square);
    const there = withInputSize(model, { width: 1280, height: 736 });
    const back = withInputSize(there, { width: 640, height: 640 });
    expect(Buffer.compare(onnxBytes(back), onnxBytes(model))).toBe(0);
  });

  it('takes no size that cannot be parted into cells', async () => {
    await expect(
      resizeModel({
        model: square,
        size: { width: 640, height: 360 },
        out: join(folder, 'no.onnx'),
      }),
    ).rejects.toThrow('360×640 cannot be parted into cells; give multiples of 32');
    expect(existsSync(join(folder, 'no.onnx'))).toBe(false);
  });

  it('never takes the place of the model it was made from', async () => {
    await expect(resizeModel({ model: square, size: WIDE, out: square })).rejects.toThrow('--out');
  });
});

describe.skipIf(missing)(`an 8-bit form${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const onProgress = (): void => undefined;

  it('runs, agrees with its model and is installed', { timeout: 300_000 }, async () => {
    const all = JSON.parse(readFileSync(annotations, 'utf8'));
    const images = all.images
      .filter((image: { person_count: number }) => image.person_count > 1)
      .slice(0, 6);
    const out = join(folder, 'yolov8n-int8-384x640.onnx');
    const { comparison, objections } = await quantiseModel({
      model: square,
      size: WIDE,
      out,
      limit: 15,
      source: { folder: MEDIA, truth: { ...all, images } },
      onProgress,
    });
    expect(objections).toEqual([]);
    expect(comparison.agreement.finds).toBeGreaterThan(10);
    expect(agreedShare(comparison.agreement)).toBeGreaterThan(0.8);
    const { models } = await verifyModels([out]);
    expect(models).toMatchObject([
      {
        fault: undefined,
        model: { head: 'yolov8', quantised: true, input: WIDE, standing: { is: 'other' } },
      },
    ]);
    expect(models[0]?.model.bytes).toBeLessThan(5e6);
  });

  it('is not installed where nobody could be compared', { timeout: 120_000 }, async () => {
    const blank = { create: { width: 320, height: 180, channels: 3 as const, background: '#777' } };
    await sharp(blank).toFile(join(folder, 'blank.png'));
    const out = join(folder, 'blank-int8.onnx');
    const source = { folder, truth: undefined };
    const { objections } = await quantiseModel({
      model: wide,
      size: undefined,
      out,
      limit: 1,
      source,
      onProgress,
    });
    expect(objections).toHaveLength(1);
    expect(objections[0]).toMatch(/no human was found/);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    { name: 'an 8-bit model', model: 'yolov8n-int8-384x640.onnx', said: /8-bit already/ },
    { name: 'a folder without pictures', model: 'yolov8n.onnx', said: /no pictures in/ },
  ])('is not made of $name', async ({ model, said }) => {
    const empty = await mkdtemp(join(folder, 'empty-'));
    const source = { folder: model === 'yolov8n.onnx' ? empty : MEDIA, truth: undefined };
    const out = join(folder, 'never.onnx');
    await expect(
      quantiseModel({ model, size: undefined, out, limit: 1, source, onProgress }),
    ).rejects.toThrow(said);
    expect(existsSync(out)).toBe(false);
  });
});

describe('damaged files', () => {
  it.each([
    { name: 'a page instead of weights', bytes: new TextEncoder().encode('<html>gone</html>') },
    { name: 'an empty file', bytes: new Uint8Array(0) },
    { name: 'noise', bytes: Uint8Array.from({ length: 500 }, (_, i) => (i * 151) % 256) },
  ])('are refused by their name: $name', async ({ bytes }) => {
    const path = join(folder, 'damaged.bin');
    await writeFile(path, bytes);
    await expect(readOnnx(path)).rejects.toThrow(/damaged\.bin is damaged or no ONNX file/);
  });

  it.skipIf(missing)('half a model is refused, and said by the list of models', async () => {
    const path = join(folder, 'half.onnx');
    const bytes = readFileSync(wide);
    await writeFile(path, bytes.subarray(0, bytes.length / 2));
    await expect(readOnnx(path)).rejects.toThrow(/half\.onnx is damaged/);
    await expect(verifyModels([path])).rejects.toThrow(/half\.onnx is damaged/);
    await rm(path);
  });

  it.skipIf(missing)('whole ones are listed with their hash', async () => {
    const { models } = await listModelFiles();
    const found = models.find(({ path }) => path === wide);
    expect(found).toMatchObject({ head: 'yolov8', quantised: false, input: WIDE });
    expect(found?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('pictures of a camera', () => {
  it('come one after the other, as long as they are asked for', { timeout: 60_000 }, async () => {
    const url = pathToFileURL(join(FOOTAGE, 'archive.mp4')).href;
    const sizes: Size[] = [];
    for await (const { picture } of cameraPictures({
      camera: url,
      intervalMs: 10,
      allowed: [],
    }).calibrating()) {
      sizes.push(picture.size);
      if (sizes.length === 3) break;
    }
    expect(sizes).toHaveLength(3);
  });

  it('end with a camera that is lost, without its password', { timeout: 60_000 }, async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const url = `http://town:secret@127.0.0.1:${port}/video`;
    const taken = cameraPictures({ camera: url, intervalMs: 10, allowed: [] })
      .comparing()
      [Symbol.asyncIterator]()
      .next();
    await expect(taken).rejects.toThrow(
      /^(?!.*secret).*camera http:\/\/127\.0\.0\.1:\d+\/video was lost/,
    );
    await new Promise((done) => server.close(done));
  });
});
