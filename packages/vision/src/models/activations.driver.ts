import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Size } from '../detector/boxes.ts';
import type { Picture } from '../detector/detector.ts';
import { type Head, headInputs, headOf } from '../detector/heads.ts';
import { letterboxOf } from '../detector/letterbox.ts';
import { ModelUnusable } from '../detector/models.driver.ts';
import { silenceTelemetry } from '../detector/provider.driver.ts';
import { fillTensor } from '../detector/resample.ts';
import { onnxBytes } from './onnx-file.driver.ts';
import { type OnnxModel, pictureInputOf, shapeOf } from './onnx-model.ts';
import { joinSpreads, type Spread, spreadOf } from './ranges.ts';

/** Tensors fetched in one run: all of them together would fill gigabytes at large inputs. */
const AT_ONCE = 32;

/** A float model that tells the values within it. */
export interface Activations {
  /** Shows it a picture; only the spread of the values is kept. */
  look(picture: Picture): Promise<void>;
  /** Spread of each tensor over all pictures so far, by its name. */
  spreads(): ReadonlyMap<string, Spread>;
  close(): Promise<void>;
}

/** The same model with these tensors among its outputs. */
function exposing({ graph, ...model }: OnnxModel, names: readonly string[]): OnnxModel {
  const own = new Set(graph.output.map(({ name }) => name));
  const exposed = names.filter((name) => !own.has(name)).map((name) => ({ name }));
  return { ...model, graph: { ...graph, output: [...graph.output, ...exposed] } };
}

function headFor(outputShape: readonly number[], input: Size): Head {
  const head = headOf(outputShape, input);
  if (head && head !== 'end-to-end') return head;
  throw new ModelUnusable(
    `the model gives [${outputShape.join(', ')}]; only YOLOv8, YOLO11 and YOLOX heads with a fixed input can become 8-bit`,
  );
}

/** Loads a model of fixed input size so that the named tensors can be watched. Blocks its thread. @throws ModelUnusable */
export async function openActivations(
  model: OnnxModel,
  names: readonly string[],
): Promise<Activations> {
  const [, , height = 0, width = 0] = shapeOf(pictureInputOf(model.graph));
  const input = { width, height };
  const [output] = model.graph.output;
  const head = headFor(output ? shapeOf(output) : [], input);
  const { placement, format } = headInputs[head];
  silenceTelemetry();
  const session = await InferenceSession.create(onnxBytes(exposing(model, names)), {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'basic',
    logSeverityLevel: 3,
  });
  const values = new Float32Array(3 * height * width);
  const spreads = new Map<string, Spread>();
  return {
    async look(picture) {
      fillTensor(picture, letterboxOf(picture.size, input, placement), format, values);
      const shown = new Tensor('float32', values, [1, 3, height, width]);
      for (let at = 0; at < names.length; at += AT_ONCE) {
        const some = names.slice(at, at + AT_ONCE);
        const results = await session.run({ [session.inputNames[0] as string]: shown }, some);
        for (const name of some) {
          const spread = spreadOf(results[name]?.data as Float32Array);
          const before = spreads.get(name);
          spreads.set(name, before ? joinSpreads(before, spread) : spread);
        }
      }
    },
    spreads: () => spreads,
    close: () => session.release(),
  };
}
