import { type LiveEvent, type LiveEventName, liveEvents } from '@vigie/contracts/live';
import type { Watched } from './clock.ts';

/** Milliseconds without a connection after which everything on the screen counts as late. */
const LATE_AFTER_MS = 3000;

/** Events are handed on in handfuls, so that a thousand bollards at once redraw the page once. */
const HANDFUL_MS = 60;

/** Since when the stream is down, in the browser's epoch milliseconds; `null` while it stands. */
export interface Connection {
  downSinceMs: number | null;
}

/** `true` when what the screen shows may no longer be believed. */
export const isLate = ({ downSinceMs }: Connection, nowMs: number): boolean =>
  downSinceMs !== null && nowMs - downSinceMs > LATE_AFTER_MS;

/** A message of the stream, checked; `undefined` when it is not what the contract says. */
export function readLiveEvent(name: LiveEventName, text: string): LiveEvent | undefined {
  try {
    const parsed = liveEvents[name].safeParse(JSON.parse(text));
    return parsed.success ? ({ name, data: parsed.data } as LiveEvent) : undefined;
  } catch {
    return undefined;
  }
}

interface LiveDeps {
  url: string;
  onEvents: (events: LiveEvent[]) => void;
  /** The stream stands again after a break: what happened meanwhile must be fetched. */
  onReturn: () => void;
  /** The server refused the stream: perhaps the session ended. */
  onRefused: () => void;
  /** What the screen first shows is of that moment, epoch milliseconds; `undefined`: it is fetched. */
  shownSinceMs?: number | undefined;
}

/** The stream of live events. It comes back by itself, also after an answer that ends an `EventSource`. */
export interface Live extends Watched<Connection> {
  start(): void;
  stop(): void;
}

export function createLive(deps: LiveDeps): Live {
  const { url, onEvents, onReturn, onRefused } = deps;
  const listeners = new Set<() => void>();
  let shownSinceMs = deps.shownSinceMs;
  let connection: Connection = { downSinceMs: shownSinceMs ?? Date.now() };
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let handful: LiveEvent[] = [];
  let handing: ReturnType<typeof setTimeout> | undefined;
  let waitMs = 1000;
  let wasOpen = false;

  const become = (next: Connection) => {
    connection = next;
    for (const listener of listeners) listener();
  };
  const hand = () => {
    const events = handful;
    handful = [];
    handing = undefined;
    onEvents(events);
  };
  const take = (name: LiveEventName) => (message: MessageEvent<string>) => {
    const event = readLiveEvent(name, message.data);
    if (!event) return console.error(`A live event "${name}" has another shape and was left out.`);
    handful.push(event);
    handing ??= setTimeout(hand, HANDFUL_MS);
  };
  const opened = () => {
    waitMs = 1000;
    shownSinceMs = undefined;
    become({ downSinceMs: null });
    if (wasOpen) onReturn();
    wasOpen = true;
  };
  const broken = () => {
    if (connection.downSinceMs === null) become({ downSinceMs: Date.now() });
    if (source?.readyState !== EventSource.CLOSED) return;
    onRefused();
    clearTimeout(retry);
    retry = setTimeout(open, waitMs);
    waitMs = Math.min(waitMs * 2, 10_000);
  };
  function open() {
    source?.close();
    source = new EventSource(url);
    source.onopen = opened;
    source.onerror = broken;
    for (const name of Object.keys(liveEvents) as LiveEventName[]) {
      source.addEventListener(name, take(name));
    }
  }
  return {
    read: () => connection,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      become({ downSinceMs: shownSinceMs ?? Date.now() });
      open();
    },
    stop() {
      clearTimeout(retry);
      clearTimeout(handing);
      handing = undefined;
      handful = [];
      source?.close();
      source = undefined;
      wasOpen = false;
    },
  };
}
