import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Detection, Size } from './boxes.ts';
import { FREE_LONG_SIDE } from './choose-model.ts';
import { raiseContrast } from './contrast.ts';
import type { DetectRequest } from './detector.ts';
import { fromInput, sizeOf, wholeOf } from './framing.ts';
import {
  findsIn,
  type Head,
  headInputs,
  headOf,
  type Kind,
  type Output,
  tellsApart,
} from './heads.ts';
import { inputSizeFor, letterboxOf } from './letterbox.ts';
import { inspectModel, ModelUnusable } from './models.driver.ts';
import { suppressOverlaps } from './nms.ts';
import { sessionOptions, silenceTelemetry, wantedProvider } from './provider.driver.ts';
import { fillTensor, mirrorTensor } from './resample.ts';

const STRIDE = 32;

/** Loaded weights; blocks the thread that calls it. */
export interface Session {
  look(
    request: Omit<DetectRequest, 'modelPath'> & { readonly kind: Kind },
  ): Promise<{ found: Detection[]; ms: { prepare: number; infer: number; post: number } }>;
}

async function loadWeights(path: string): Promise<InferenceSession> {
  const provider = wantedProvider();
  silenceTelemetry();
  try {
    return await InferenceSession.create(path, sessionOptions(provider));
  } catch (cause) {
    const remedy =
      provider === 'cpu'
        ? 'copy it again'
        : `copy it again, or set VIGIE_INFERENCE to cpu: ${provider} may be missing here`;
    throw new ModelUnusable(`model ${path} cannot be loaded by ONNX Runtime; ${remedy}`, { cause });
  }
}

type Run = (values: Float32Array, input: Size) => Promise<Output>;

/** Runs weights. Where the output always has the same size its memory is used again: read it before the next run. */
function createRun(session: InferenceSession): Run {
  const [from, to] = [session.inputNames[0] as string, session.outputNames[0] as string];
  const [shape] = session.outputMetadata.map((of) => (of.isTensor ? of.shape : []));
  const isFixed = shape?.every((side) => typeof side === 'number') ?? false;
  let kept: Tensor | undefined;
  return async (values, input) => {
    const feeds = { [from]: new Tensor('float32', values, [1, 3, input.height, input.width]) };
    const results = await session.run(feeds, kept ? { [to]: kept } : [to]);
    const output = kept ?? (results[to] as Tensor);
    if (isFixed) kept = output;
    return { data: output.data as Float32Array, shape: output.dims };
  };
}

/** The family of a model shows in its output only: one run on an empty picture, which also warms it up. */
async function headFor(path: string, run: Run, input: Size): Promise<Head> {
  const blank = new Float32Array(3 * input.height * input.width);
  const { shape, data } = await run(blank, input);
  const head = data instanceof Float32Array ? headOf(shape, input) : undefined;
  if (head) return head;
  throw new ModelUnusable(
    `model ${path} gives [${shape.join(', ')}]; known are [1, 4+classes, n], [1, n, 6] and [1, n, 5+classes], 32-bit`,
  );
}

const unable = (path: string, kind: Kind): string =>
  `model ${path} does not know ${kind}; use YOLOv8, YOLO11 or YOLOX weights with the 80 classes of COCO`;

/** Loads weights into this thread. @throws ModelUnusable */
export async function openSession(path: string): Promise<Session> {
  const { input: fixed } = await inspectModel(path);
  const run = createRun(await loadWeights(path));
  const square = { width: FREE_LONG_SIDE, height: FREE_LONG_SIDE };
  const head = await headFor(path, run, fixed ?? square);
  const { placement, format, overlaps } = headInputs[head];
  let values = new Float32Array(0);
  return {
    async look({ picture, kind, conf, iou, ...framing }) {
      const started = performance.now();
      const part = framing.part ?? wholeOf(picture.size);
      const input = fixed ?? inputSizeFor(sizeOf(part), FREE_LONG_SIDE, STRIDE);
      const length = 3 * input.width * input.height;
      if (values.length !== length) values = new Float32Array(length);
      const letterbox = letterboxOf(sizeOf(part), input, placement);
      fillTensor({ ...picture, part }, letterbox, format, values);
      if (framing.hasContrast) raiseContrast({ values, format }, letterbox);
      if (framing.isMirrored) mirrorTensor(values, input.width);
      const prepared = performance.now();
      const output = await run(values, input);
      const inferred = performance.now();
      if (!tellsApart(kind, head, output.shape)) throw new ModelUnusable(unable(path, kind));
      const finds = findsIn(head, output, input, { kind, conf });
      const found = (overlaps ? suppressOverlaps(finds, iou) : finds).map((find) =>
        fromInput(find, letterbox, { part, isMirrored: framing.isMirrored === true }),
      );
      const done = performance.now();
      const ms = { prepare: prepared - started, infer: inferred - prepared, post: done - inferred };
      return { found, ms };
    },
  };
}
