import { LiveNotice } from '@vigie/contracts/evacuation';
import { decodeFrame, type FrameHeader } from '@vigie/contracts/vision';
import { ApiError } from '../../platform/api.ts';

/** A picture and the boxes that belong to it. Whoever receives it closes `picture`. */
export interface Shot {
  header: FrameHeader;
  picture: ImageBitmap;
}

/**
 * Why there are no pictures: `down`, the line is tried again; `withheld`, somebody watches in clear and the
 * protected view waits; an error, the server refuses.
 */
export type Trouble = 'down' | 'withheld' | ApiError;

interface CameraLiveDeps {
  url: string;
  onShot: (shot: Shot) => void;
  /** `undefined`: over. */
  onTrouble: (trouble: Trouble | undefined) => void;
  /** A browser is not told why a line was refused; this asks. Resolves with nothing when there is no refusal. */
  askWhy: () => Promise<ApiError | undefined>;
}

/** The pictures of one camera. When the machine is slow, pictures in between are left out, never queued. */
export function createCameraLive({ url, onShot, onTrouble, askWhy }: CameraLiveDeps) {
  let socket: WebSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isStopped = true;
  let waitMs = 1000;
  let newest: ArrayBuffer | undefined;
  let isDecoding = false;

  async function decode(): Promise<void> {
    if (isDecoding) return;
    isDecoding = true;
    while (newest && !isStopped) {
      const message = newest;
      newest = undefined;
      const shot = await shotFrom(message).catch((error: unknown) => {
        console.error('A picture could not be read and was left out.', error);
        return undefined;
      });
      if (shot && !isStopped) onShot(shot);
      else shot?.picture.close();
    }
    isDecoding = false;
  }
  async function ended(wasOpen: boolean): Promise<void> {
    if (isStopped) return;
    retry = setTimeout(open, waitMs);
    waitMs = Math.min(waitMs * 2, 8000);
    const why = wasOpen ? undefined : await askWhy();
    if (!isStopped) onTrouble(why ?? 'down');
  }
  function open(): void {
    let wasOpen = false;
    socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      wasOpen = true;
    };
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      waitMs = 1000;
      if (typeof data === 'string') return onTrouble(isWithheld(data) ? 'withheld' : undefined);
      newest = data;
      void decode();
    };
    socket.onclose = () => void ended(wasOpen);
  }
  return {
    start(): void {
      isStopped = false;
      open();
    },
    stop(): void {
      isStopped = true;
      clearTimeout(retry);
      newest = undefined;
      socket?.close();
      socket = undefined;
    },
  };
}

async function shotFrom(message: ArrayBuffer): Promise<Shot> {
  const { header, jpeg } = decodeFrame(new Uint8Array(message));
  const picture = await createImageBitmap(
    new Blob([jpeg as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }),
  );
  return { header, picture };
}

/** `true` for a notice that pictures are held back; a text we do not know says nothing. */
export function isWithheld(text: string): boolean {
  try {
    return LiveNotice.parse(JSON.parse(text)).withheld;
  } catch {
    return false;
  }
}

/** The refusal an error stands for; that the address is no page for ordinary requests is none. */
export const refusalIn = (error: unknown): ApiError | undefined =>
  error instanceof ApiError &&
  error.status >= 400 &&
  error.status < 500 &&
  error.code !== 'platform/route-unknown'
    ? error
    : undefined;
