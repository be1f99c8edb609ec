/**
 * Keeps the screen on while the page is in sight; calls `onSight` whenever it comes into sight or goes. Returns what ends
 * it. A browser that refuses, on a low battery or without https, lets the screen go dark.
 */
export function keepAwake(onSight: () => void = () => undefined): () => void {
  let lock: WakeLockSentinel | undefined;
  const ask = async (): Promise<void> => {
    onSight();
    if (!document.hidden) lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', ask);
  void ask();
  return () => {
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
