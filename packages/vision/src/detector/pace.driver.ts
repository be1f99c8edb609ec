import { FREE_LONG_SIDE, type ModelFile, paced, samplesOf } from './choose-model.ts';
import { wantedProvider } from './provider.driver.ts';
import { openSession } from './session.driver.ts';

const TIMES = 3;

/**
 * Finds out how quickly this processor looks with float and with 8-bit weights. Blocks the thread for some tenths of
 * a second. Weights that cannot be loaded leave their kind unmeasured; they are named once a camera needs them.
 */
export async function withPace<Model extends ModelFile>(
  models: readonly Model[],
): Promise<Model[]> {
  const measured: { model: ModelFile; ms: number }[] = [];
  for (const model of samplesOf(models)) {
    const ms = await lookMs(model).catch(() => undefined);
    if (ms !== undefined) measured.push({ model, ms });
  }
  return paced(models, measured);
}

/** Least processor time of one look, milliseconds. */
async function lookMs({ path, input }: ModelFile): Promise<number> {
  const session = await openSession(path);
  const size = input ?? { width: FREE_LONG_SIDE, height: FREE_LONG_SIDE };
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TIMES; i++) {
    const picture = { rgb: new Uint8Array(size.width * size.height * 3), size };
    const began = threadMs();
    await session.look({ picture, kind: 'humans', conf: 1, iou: 1 });
    least = Math.min(least, threadMs() - began);
  }
  return least;
}

/**
 * Time this thread has had on the processor: other work on the machine does not slow it. Elapsed time where Node lacks
 * it, and where something else computes.
 */
function threadMs(): number {
  if (!('threadCpuUsage' in process) || wantedProvider() !== 'cpu') return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
