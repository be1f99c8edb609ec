/** Work that is done again and again. */
export interface Repeated {
  start(): void;
  /** Resolves when what was running is done. */
  stop(): Promise<void>;
}

/** How work is repeated. Real time. */
export interface Repetition {
  /** Wait before the first time; 0: at once. */
  firstMs: number;
  /** Wait after a failure. */
  retryMs: number;
  /** Told of each failure, none of which ends the repetition. */
  failed: (error: unknown) => void;
}

/** `work` gives how long to wait until its next time, ms, `null` when it is done for good. It never runs twice at once. */
export function createRepeated(
  work: () => Promise<number | null>,
  { firstMs, retryMs, failed }: Repetition,
): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isStopped = true;

  async function run(): Promise<void> {
    let waitMs: number | null = retryMs;
    try {
      waitMs = await work();
    } catch (error) {
      failed(error);
    }
    if (waitMs !== null) schedule(waitMs);
  }

  function schedule(waitMs: number): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = run();
    }, waitMs);
  }

  return {
    start: () => {
      isStopped = false;
      schedule(firstMs);
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
