import { collectGarbage } from '../../packages/cli/src/testing/garbage.ts';

/** What the process holds after its garbage was collected. */
export interface Holding {
  inputs: number;
  heapMb: number;
  /** timers, sockets and other things that the loop waits for */
  handles: number;
}

/** Looks at what is held; `inputs`: how many were taken so far. */
export function lookAtHolding(inputs: number): Holding {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return {
    inputs,
    heapMb: (heapUsed + external) / 2 ** 20,
    handles: process.getActiveResourcesInfo().length,
  };
}

/** Least squares: how much `of` grows with 100,000 inputs, over the second half of what was seen: before that it is warming up. */
export function slopePer100k(seen: readonly Holding[], of: 'heapMb' | 'handles'): number {
  const warm = seen.slice(Math.floor(seen.length / 2));
  if (warm.length < 2) return 0;
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const x = mean(warm.map(({ inputs }) => inputs));
  const y = mean(warm.map((one) => one[of]));
  const over = warm.reduce((sum, one) => sum + (one.inputs - x) * (one[of] - y), 0);
  const under = warm.reduce((sum, { inputs }) => sum + (inputs - x) ** 2, 0);
  return under === 0 ? 0 : (over / under) * 100_000;
}
