import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRepeated } from './repeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that gives or throws what it is told, one after the other, then is done. */
function createWork(turns: (number | Error)[]) {
  const times: number[] = [];
  const failures: unknown[] = [];
  const start = Date.now();
  const repeated = createRepeated(
    async () => {
      times.push(Date.now() - start);
      const turn = turns.shift();
      if (turn instanceof Error) throw turn;
      return turn ?? null;
    },
    { firstMs: 5, retryMs: 100, failed: (error) => failures.push(error) },
  );
  return { repeated, times, failures };
}

describe('repeated work', () => {
  it('waits as long as each turn says, and ends when it is done', async () => {
    const { repeated, times } = createWork([10, 20]);
    repeated.start();
    await vi.advanceTimersByTimeAsync(1000);
    expect(times).toEqual([5, 15, 35]);
  });

  it('goes on after a failure, which is told', async () => {
    const away = new Error('away');
    const { repeated, times, failures } = createWork([away, 10]);
    repeated.start();
    await vi.advanceTimersByTimeAsync(1000);
    expect(times).toEqual([5, 105, 115]);
    expect(failures).toEqual([away]);
  });

  it('stops after the turn that is running', async () => {
    let finish = (): void => undefined;
    let turns = 0;
    const work = () => {
      turns++;
      return new Promise<number>((resolve) => {
        finish = () => resolve(1);
      });
    };
    const repeated = createRepeated(work, { firstMs: 0, retryMs: 1, failed: () => undefined });
    repeated.start();
    await vi.advanceTimersByTimeAsync(1);
    const stopped = repeated.stop();
    finish();
    await stopped;
    await vi.advanceTimersByTimeAsync(1000);
    expect(turns).toBe(1);
  });
});
