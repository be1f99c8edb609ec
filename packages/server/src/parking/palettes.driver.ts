import { Worker } from 'node:worker_threads';
import { type HexString, isAtHand, keep } from '@vigie/palette';

/** Palettes that are not shipped take seconds to search; nobody's alarm may wait for them. */
export interface Palettes {
  /** Resolves when `paletteFor` has the palette at hand; a search runs in a thread of its own. */
  prepare(allowedDays: number): Promise<void>;
}

export function createPalettes(): Palettes {
  /** by allowed days */
  const searching = new Map<number, Promise<void>>();

  function search(allowedDays: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const program = new URL('./palette-search.driver.ts', import.meta.url);
      const thread = new Worker(program, { workerData: allowedDays });
      thread.once('message', (days: HexString[]) => {
        keep(days);
        resolve();
      });
      thread.once('error', reject);
      thread.once('exit', () =>
        reject(new Error(`the search for ${allowedDays} days ended early`)),
      );
    });
  }

  return {
    prepare: async (allowedDays) => {
      if (isAtHand(allowedDays)) return;
      const running = searching.get(allowedDays) ?? search(allowedDays);
      searching.set(allowedDays, running);
      await running.finally(() => searching.delete(allowedDays));
    },
  };
}
