interface KeepAwakeOptions {
  /** Whenever the page comes into sight or goes. */
  onSight?: () => void;
  /** Whether the browser keeps the screen on. */
  onHeld?: (isHeld: boolean) => void;
}

/**
 * Keeps the screen on while the page is in sight. Returns what ends it. A browser that refuses, on a low battery or without
 * https, lets the screen go dark.
 */
export function keepAwake({ onSight, onHeld }: KeepAwakeOptions = {}): () => void {
  let lock: WakeLockSentinel | undefined;
  const ask = async (): Promise<void> => {
    onSight?.();
    if (document.hidden) return;
    lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    onHeld?.(lock !== undefined);
  };
  document.addEventListener('visibilitychange', ask);
  void ask();
  return () => {
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
