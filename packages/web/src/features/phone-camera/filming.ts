import { type RefObject, useEffect, useState } from 'react';
import { keepAwake } from '../../platform/keep-awake.ts';
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
    stops.push(line.stop, keepAwake({ onSight: show }));
    line.start();
    show();
  }

  if (!navigator.mediaDevices) queueMicrotask(() => end('insecure'));
  else openLens().then(begin, (error: unknown) => end(whyNoLens(error)));
  return stop;
}

const whyNoLens = (error: unknown): FilmingEnd =>
  error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing';
