import type { Size } from '../detector/boxes.ts';
import type { Session } from '../detector/session.driver.ts';
import type { Activations } from './activations.driver.ts';
import { compareModels, type Sample } from './compare.service.ts';
import { withInputSize } from './input-size.ts';
import { type OnnxModel, withPlainConstants } from './onnx-model.ts';
import { raiseOpset } from './opset.ts';
import { planOf, quantise } from './quantise.ts';
import { rangeOf } from './ranges.ts';
import { type Comparison, objections } from './verdict.ts';

/** A folder for the time of the work. */
export interface Workshop {
  /** Writes a model there; gives its path. */
  put(name: string, model: OnnxModel): Promise<string>;
  /** Brings a file of it to where it shall stay, whole or not at all. */
  install(path: string, out: string): Promise<void>;
  /** Removes the folder. */
  close(): Promise<void>;
}

export interface QuantiseDeps {
  readonly readModel: (path: string) => Promise<OnnxModel>;
  readonly openActivations: (model: OnnxModel, names: readonly string[]) => Promise<Activations>;
  readonly openSession: (path: string) => Promise<Session>;
  readonly openWorkshop: () => Promise<Workshop>;
}

/** Pictures for the two steps of the work; each is taken once. */
export interface Pictures {
  /** to find the ranges of the values */
  calibrating(): AsyncIterable<Sample>;
  /** to compare the models at */
  comparing(): AsyncIterable<Sample>;
}

export type Step = 'calibrating' | 'comparing';

export interface QuantiseRequest {
  readonly path: string;
  /** another input size; `undefined`: that of the model */
  readonly size: Size | undefined;
  readonly out: string;
  /** points of average precision that any subset may lose */
  readonly limit: number;
  readonly pictures: Pictures;
  readonly onProgress: (step: Step, done: number) => void;
}

/** What came of it. `objections`: why the 8-bit form was not installed; empty when it was. */
export interface Quantised {
  readonly comparison: Comparison;
  readonly objections: readonly string[];
}

/** The model in a form that can be changed. @throws NotConvertible */
function prepared(model: OnnxModel, size: Size | undefined): OnnxModel {
  const plain = { ...model, graph: withPlainConstants(model.graph) };
  return size ? withInputSize(plain, size) : plain;
}

async function calibrated(
  model: OnnxModel,
  deps: QuantiseDeps,
  { pictures, onProgress }: QuantiseRequest,
): Promise<OnnxModel> {
  const raised = raiseOpset(model);
  const plan = planOf(raised);
  const activations = await deps.openActivations(raised, plan.measured);
  let done = 0;
  try {
    for await (const { picture } of pictures.calibrating()) {
      await activations.look(picture);
      onProgress('calibrating', ++done);
    }
    if (done === 0) throw new Error('there are no pictures to calibrate with');
    const ranges = [...activations.spreads()].map(
      ([name, spread]) => [name, rangeOf(spread)] as const,
    );
    return quantise(raised, plan, new Map(ranges));
  } finally {
    await activations.close();
  }
}

/**
 * Makes an 8-bit form of a float detector, compares it with the float form, and installs it unless it lost too much.
 * @throws NotConvertible, ModelUnusable
 */
export async function quantiseModel(
  deps: QuantiseDeps,
  request: QuantiseRequest,
): Promise<Quantised> {
  const model = prepared(await deps.readModel(request.path), request.size);
  const workshop = await deps.openWorkshop();
  try {
    const floatPath = await workshop.put('float.onnx', model);
    const path = await workshop.put('int8.onnx', await calibrated(model, deps, request));
    const pair = {
      float: await deps.openSession(floatPath),
      small: await deps.openSession(path),
    };
    const { comparing } = request.pictures;
    const comparison = await compareModels(pair, comparing(), (done) =>
      request.onProgress('comparing', done),
    );
    const against = objections(comparison, request.limit);
    if (against.length === 0) await workshop.install(path, request.out);
    return { comparison, objections: against };
  } finally {
    await workshop.close();
  }
}

/**
 * Installs a detector for pictures of another size, its weights as they are.
 * @throws NotConvertible, ModelUnusable
 */
export async function resizeModel(
  deps: QuantiseDeps,
  { path, size, out }: { readonly path: string; readonly size: Size; readonly out: string },
): Promise<void> {
  const model = prepared(await deps.readModel(path), size);
  const workshop = await deps.openWorkshop();
  try {
    const resized = await workshop.put('resized.onnx', model);
    await deps.openSession(resized);
    await workshop.install(resized, out);
  } finally {
    await workshop.close();
  }
}
