/** Collects single items into batches: while one batch is being taken, the next one gathers. */
export interface Intake<T> {
  /** Resolves when the batch that holds the item was taken; rejects when the item could not be. */
  add(item: T): Promise<void>;
  /** Resolves when nothing is waiting any more. */
  idle(): Promise<void>;
}

interface Waiting<T> {
  item: T;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * A group commit: one transaction serves everybody who waited for the one before. `take` is called with at
 * most `largest` items, never twice at once. When a batch fails, each of its items is tried alone, so that one
 * bad item does not hold up the others.
 */
export function createIntake<T>(
  take: (items: readonly T[]) => Promise<void>,
  largest = 1000,
): Intake<T> {
  const waiting: Waiting<T>[] = [];
  let running: Promise<void> | undefined;

  async function takeAlone(entry: Waiting<T>): Promise<void> {
    try {
      await take([entry.item]);
      entry.resolve();
    } catch (error) {
      entry.reject(error);
    }
  }

  async function takeBatch(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      await take(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const entry of batch) await takeAlone(entry);
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) await takeBatch(waiting.splice(0, largest));
    running = undefined;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= Promise.resolve().then(run);
      }),
    idle: async () => {
      while (running) await running;
    },
  };
}
