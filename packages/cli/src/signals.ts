const parentLookMs = 500;

/**
 * Resolves when this process is asked to stop: SIGINT, SIGTERM, SIGHUP, or the end of whoever started it. A second signal
 * ends it at once. A supervisor that was killed cannot say goodbye, so a broken channel to it counts; and npm puts a
 * shell between itself and us that dies of a signal without passing it on.
 */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    const ask = () => {
      if (isAsked) process.exit(130);
      isAsked = true;
      // Whoever listens keeps the channel open, and with it this process.
      process.off('disconnect', resolve);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
    process.once('disconnect', resolve);
    if (process.env.npm_lifecycle_event) onParentEnd(resolve);
  });
}

function onParentEnd(act: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, parentLookMs);
  timer.unref();
}
