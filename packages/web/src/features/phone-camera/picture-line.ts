/** Why filming ended for good: no new try helps. */
export type LineEnd = 'refused' | 'taken';

interface LineDeps {
  /** Address of the WebSocket, the token within. */
  url: string;
  /** A picture of now as JPEG; waits for a new frame. */
  capture: () => Promise<Blob>;
  onConnection: (isUp: boolean) => void;
  onEnd: (end: LineEnd) => void;
  /** Whether the server refuses the link, asked over HTTP: a WebSocket does not say why it failed. */
  isRefused: () => Promise<boolean>;
}

const retryMs = 2000;
/** Codes with which the server ends a feed. */
const ends: Readonly<Record<number, LineEnd>> = { 4001: 'refused', 4002: 'taken' };

/** Sends a picture each time the server asks for one, and connects again for ever. */
export function createPictureLine({ url, capture, onConnection, onEnd, isRefused }: LineDeps) {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  async function answer(to: WebSocket): Promise<void> {
    const picture = await capture();
    if (to.readyState === WebSocket.OPEN) to.send(picture);
  }

  async function lose(code: number): Promise<void> {
    if (isStopped) return;
    onConnection(false);
    const end = ends[code] ?? ((await isRefused()) ? 'refused' : undefined);
    if (isStopped) return;
    if (end) onEnd(end);
    else timer = setTimeout(connect, retryMs);
  }

  function connect(): void {
    const opened = new WebSocket(url);
    socket = opened;
    opened.onmessage = () => {
      onConnection(true);
      answer(opened).catch((error: unknown) => console.error('A picture was left out.', error));
    };
    opened.onclose = ({ code }) => void lose(code);
  }

  return {
    start: connect,
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
