import { type RefObject, useEffect, useState } from 'react';
import { type Lens, openLens } from './lens.ts';
import { createPictureLine, type LineEnd } from './picture-line.ts';

/** Why nothing is filmed any more. */
export type FilmingEnd = LineEnd | 'stopped' | 'denied' | 'missing' | 'insecure';

export type Filming =
  | { kind: 'starting' | 'connecting' | 'filming' | 'paused' }
  | { kind: 'ended'; end: FilmingEnd };

interface FilmingDeps {
  /** Address of the WebSocket, the token within. */
  url: string;
  isRefused: () => Promise<boolean>;
  video: RefObject<HTMLVideoElement | null>;
}

/** Films from its first use on, until it leaves the page. `deps` must stay the same object. */
export function useFilming(deps: FilmingDeps): Filming {
  const [filming, setFilming] = useState<Filming>({ kind: 'starting' });
  useEffect(() => film(deps, setFilming), [deps]);
  return filming;
}

/** Gives what ends it. */
function film({ url, isRefused, video }: FilmingDeps, tell: (now: Filming) => void): () => void {
  const stops: (() => void)[] = [];
  let isOver = false;
  let isUp = false;
  const stop = (): void => {
    isOver = true;
    for (const one of stops.splice(0)) one();
  };
  const end = (why: FilmingEnd): void => {
    if (isOver) return;
    stop();
    tell({ kind: 'ended', end: why });
  };
  const show = (): void => {
    if (isOver) return;
    tell({ kind: document.hidden ? 'paused' : isUp ? 'filming' : 'connecting' });
  };

  async function begin(lens: Lens): Promise<void> {
    stops.push(lens.close);
    if (isOver || !video.current) return stop();
    const shown = video.current;
    shown.srcObject = lens.stream;
    await shown.play();
    for (const track of lens.stream.getTracks()) track.onended = () => end('missing');
    const line = createPictureLine({
      url,
      capture: () => lens.capture(shown),
      isRefused,
      onEnd: end,
      onConnection(now) {
        isUp = now;
        show();
      },
    });
    stops.push(line.stop, keepAwake(show));
    line.start();
    show();
  }

  if (!navigator.mediaDevices) queueMicrotask(() => end('insecure'));
  else openLens().then(begin, (error: unknown) => end(whyNoLens(error)));
  return stop;
}

const whyNoLens = (error: unknown): FilmingEnd =>
  error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing';

/** Keeps the screen on while the page is in sight: a dark telephone films nothing. */
function keepAwake(onSight: () => void): () => void {
  let lock: WakeLockSentinel | undefined;
  const ask = async (): Promise<void> => {
    onSight();
    // Refused on a low battery; then it films for as long as the screen stays on.
    if (!document.hidden) lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', ask);
  void ask();
  return () => {
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
