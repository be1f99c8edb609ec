import { DisplayView } from '@vigie/contracts/parking';
import type { Watched } from '../../platform/clock.ts';
import type { Connection } from '../../platform/live.ts';
import type { Seen } from './face.ts';

/** The server sends the view every 15 s: a silence of this many ms is no contact, whatever the browser thinks. */
const silenceMs = 40_000;
const retryMs = 5000;

/** What the screen knows; times in milliseconds of the page's own clock. `isRefused`: the token opens nothing. */
export interface Sight extends Connection {
  seen: Seen | undefined;
  isRefused: boolean;
}

interface LineDeps {
  /** Address of the stream, the token within. */
  url: string;
  /** Asks the server once, to learn why it refuses: `true` when the token is wrong. */
  askRefused: () => Promise<boolean>;
}

/** The line of one small screen to the server. It tries again for ever. */
export interface DisplayLine extends Watched<Sight> {
  start(): void;
  stop(): void;
}

export function createDisplayLine({ url, askRefused }: LineDeps): DisplayLine {
  const listeners = new Set<() => void>();
  let sight: Sight = { seen: undefined, isRefused: false, downSinceMs: performance.now() };
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(change: Partial<Sight>): void {
    sight = { ...sight, ...change };
    for (const listener of listeners) listener();
  }

  function take({ data }: MessageEvent<string>): void {
    const view = viewIn(data);
    if (!view) {
      console.error('A display has another shape and was left out.');
      return;
    }
    become({
      seen: { view, takenAtMs: performance.now() },
      isRefused: false,
      downSinceMs: null,
    });
    openIn(silenceMs);
  }

  function lose(): void {
    become({ downSinceMs: sight.downSinceMs ?? performance.now() });
  }

  async function fail(): Promise<void> {
    lose();
    if (source?.readyState !== EventSource.CLOSED) return;
    openIn(retryMs);
    if (await askRefused()) become({ isRefused: true, seen: undefined });
  }

  function openIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(open, ms);
  }

  function open(): void {
    lose();
    source?.close();
    source = new EventSource(url);
    source.addEventListener('display', take);
    source.onerror = () => void fail();
    openIn(silenceMs);
  }

  return {
    read: () => sight,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: open,
    stop() {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    },
  };
}

function viewIn(text: string): DisplayView | undefined {
  try {
    return DisplayView.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
