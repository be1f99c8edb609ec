import type { Picture } from '../detector/detector.ts';
import type { View } from './view.ts';

/** One look at a camera. */
export interface Shot {
  readonly picture: Picture;
  /** when the frame was taken, milliseconds of the clock that nobody sets */
  readonly at: number;
  /** the same moment for people, milliseconds since 1970 */
  readonly wallAt: number;
  readonly view: View;
  /** how long every frame has been bit for bit the same, or its time stamp has stood still; milliseconds */
  readonly unchangedMs: number;
}

/** What a camera sends. */
export interface StreamKind {
  /** as FFmpeg calls it: h264, hevc, mjpeg, … */
  readonly codec: string;
  /** a picture that is asked for again at every look */
  readonly isStill: boolean;
}

/** What a camera tells. It never throws: a dead camera is news, not an error. */
export interface CameraEvents {
  /** The stream is open; its first picture is still to come. */
  onOpened?(kind: StreamKind): void;
  /** At most one, then the next only after `next()`. */
  onShot(shot: Shot): void;
  /** The stream broke or never began; the reason holds no password. It is tried again by itself. */
  onLost(reason: string): void;
}

/** An open camera on a thread of its own. */
export interface CameraSource {
  /** The last shot was dealt with: the next frame that is due may come. */
  next(): void;
  /** Looks come at most this often; milliseconds. */
  setInterval(intervalMs: number): void;
  stop(): Promise<void>;
}

/** Opens a camera by its address; the first shot comes without asking. */
export type OpenCamera = (url: string, intervalMs: number, events: CameraEvents) => CameraSource;
